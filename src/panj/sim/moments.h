// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>

namespace panj::sim {

/// Mean, variance and the Monte-Carlo error of the mean, from sums about the first value: values
/// are added in order, so the result does not depend on how they came in batches.
class Moments {
 public:
  void add(double value) {
    if (count_ == 0) about_ = value;
    const double off = value - about_;
    ++count_;
    sum_ += off;
    squares_ += off * off;
  }

  std::uint64_t count() const { return count_; }
  /// NaN without values.
  double mean() const { return count_ == 0 ? kNone : about_ + sum_ / n(); }
  /// Of the population the values are drawn from (n − 1); 0 for a single value.
  double variance() const {
    if (count_ == 0) return kNone;
    if (count_ == 1) return 0;
    return std::fmax(0.0, (squares_ - sum_ / n() * sum_) / (n() - 1));
  }
  double standard_deviation() const { return std::sqrt(variance()); }
  /// Standard error of the mean; NaN from fewer than two values, which do not tell it.
  double error() const { return count_ < 2 ? kNone : std::sqrt(variance() / n()); }

 private:
  static constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  double n() const { return static_cast<double>(count_); }

  std::uint64_t count_ = 0;
  double about_ = 0;
  double sum_ = 0;
  double squares_ = 0;
};

}  // namespace panj::sim
