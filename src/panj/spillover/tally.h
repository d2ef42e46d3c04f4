// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace panj::spillover {

/// A quantity over an ensemble.
struct Distribution {
  double mean = 0.0;
  double mc_error = 0.0;  ///< standard error of the mean
  double q05 = 0.0;
  double q50 = 0.0;
  double q95 = 0.0;
};

/// Takes one number from each replicate, in order, in memory that does not grow with their number:
/// mean and variance by Welford's sums, quantiles from counts in bins of 0.1 % (whole numbers below
/// 2,048 have a bin each). Numbers must be ≥ 0.
class Tally {
 public:
  void add(double value);
  std::uint64_t count() const { return count_; }
  double mean() const { return mean_; }
  double mc_error() const;
  /// The smallest value that at least this share of the replicates does not exceed.
  double quantile(double share) const;
  Distribution distribution() const;

 private:
  std::uint64_t count_ = 0;
  double mean_ = 0.0;
  double squares_ = 0.0;
  std::uint64_t zeros_ = 0;
  std::int64_t first_bin_ = 0;
  std::vector<std::uint32_t> bins_;
};

/// Mean and error alone, of numbers of either sign.
class Average {
 public:
  void add(double value);
  double mean() const { return mean_; }
  double mc_error() const;

 private:
  std::uint64_t count_ = 0;
  double mean_ = 0.0;
  double squares_ = 0.0;
};

}  // namespace panj::spillover
