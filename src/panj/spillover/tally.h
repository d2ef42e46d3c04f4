// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>

#include "panj/sim/log_histogram.h"
#include "panj/sim/moments.h"

namespace panj::spillover {

/// A quantity over an ensemble.
struct Distribution {
  double mean = 0.0;
  double mc_error = 0.0;  ///< standard error of the mean; NaN from fewer than two replicates
  double q05 = 0.0;
  double q25 = 0.0;
  double q50 = 0.0;
  double q75 = 0.0;
  double q95 = 0.0;
};

/// Takes one number from each replicate, in order, in memory that does not grow with their number.
/// Quantiles of whole numbers are whole.
class Tally {
 public:
  void add(double value) {
    moments_.add(value);
    histogram_.add(value);
    whole_ = whole_ && value == std::floor(value);
  }
  double mean() const { return moments_.mean(); }
  Distribution distribution() const;

 private:
  sim::Moments moments_;
  sim::LogHistogram histogram_;
  bool whole_ = true;
};

}  // namespace panj::spillover
