// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "panj/sim/outcome.h"

namespace panj::sim {

/// Counts values in bins whose width grows with the value (128 to each doubling), so that any
/// quantile of any number of values comes from little memory: 512 bytes for each doubling that
/// occurs, for each sign.
///
/// A quantile is within 0.4 % of the value at that rank; whole numbers below 256 are exact, zero
/// and the extremes always. The quantile is the value at rank ⌈p n⌉, without interpolation.
class LogHistogram {
 public:
  /// Not NaN; ±∞ count.
  void add(double value);

  std::uint64_t count() const { return count_; }
  double lowest() const { return lowest_; }
  double highest() const { return highest_; }

  /// 0 ≤ p ≤ 1; NaN without values.
  double quantile(double p, Measure measure = Measure::amount) const;
  /// The share of values at or above the threshold, as exact as quantiles are.
  double share_at_least(double threshold) const;

 private:
  /// Consecutive bins of one sign, from `first` on.
  struct Bins {
    std::int64_t first = 0;
    std::vector<std::uint32_t> counts;
    void add(std::int64_t bin);
  };

  Bins negative_;  ///< by magnitude
  Bins positive_;
  std::uint64_t zeros_ = 0;
  std::uint64_t count_ = 0;
  double lowest_ = 0;
  double highest_ = 0;
};

}  // namespace panj::sim
