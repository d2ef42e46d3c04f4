// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "panj/sim/elementary.h"

namespace panj::spillover::detail {

// Counts of one replicate from one uniform, by the inverse distribution function as in
// sim/count_quantile.h: for the few lanes in which something happens.

inline constexpr int kMostTerms = 400;

/// Binomial, few trials.
inline double few_of(double u, double trials, double probability) {
  if (trials <= 0 || probability <= 0) return 0;
  if (probability >= 1) return trials;
  double mass = 1;
  for (int k = 0; k < trials; ++k) mass *= 1 - probability;
  const double odds = probability / (1 - probability);
  double below = mass;
  double count = 0;
  while (below < u && count < trials) {
    mass *= (trials - count) / (count + 1) * odds;
    below += mass;
    ++count;
  }
  return count;
}

/// Poisson, a small mean.
inline double few_events(double u, double mean) {
  double mass = sim::exp(-mean);
  double below = mass;
  double count = 0;
  while (below < u && count < kMostTerms) {
    ++count;
    mass *= mean / count;
    below += mass;
  }
  return count;
}

}  // namespace panj::spillover::detail
