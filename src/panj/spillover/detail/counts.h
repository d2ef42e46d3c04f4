// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

#include "panj/sim/elementary.h"

namespace panj::spillover::detail {

// Counts of one replicate from one uniform, by the inverse distribution function as in
// sim/count_quantile.h: for the few lanes in which something happens.

inline constexpr int kMostTerms = 400;

/// A count, and a new number on (0, 1): where u lay between the steps of the distribution.
/// Independent of the count.
struct CountAndRest {
  double count;
  double rest;
};

/// Binomial, few trials.
inline CountAndRest few_of_and_rest(double u, double trials, double probability) {
  if (trials <= 0 || probability <= 0) return {0, u};
  if (probability >= 1) return {trials, u};
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
  constexpr double kLeast = 0x1p-33;
  return {count, std::clamp(1 - (below - u) / mass, kLeast, 1 - kLeast)};
}
inline double few_of(double u, double trials, double probability) {
  return few_of_and_rest(u, trials, probability).count;
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
