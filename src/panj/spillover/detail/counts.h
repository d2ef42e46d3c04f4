// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "panj/sim/elementary.h"
#include "panj/sim/pack.h"
#include "panj/sim/vector_units.h"

namespace panj::spillover::detail {

// Counts from one uniform by the inverse distribution function, so that a count rises with its rate
// for the same luck. Below a variance of 9: exact cumulative sums. From there: the Cornish–Fisher
// expansion to the third order, whose error is far below the noise of an ensemble.

inline constexpr double kSmallVariance = 9.0;
inline constexpr int kMostTerms = 400;

/// Smallest k with P(X ≤ k) ≥ u, adding up from zero; all lanes walk together. `next(mass, k)` is
/// the probability of k + 1.
template <class Next>
PANJ_INLINE sim::Pack sum_from_zero(sim::Pack u, sim::Pack mass, Next next) {
  sim::Pack count{};
  sim::Pack below = mass;
  for (int k = 0; k < kMostTerms; ++k) {
    const sim::PackMask short_of = below < u;
    if (!sim::any(short_of)) break;
    count += sim::select(short_of, sim::Pack{} + 1.0, sim::Pack{});
    mass = next(mass, static_cast<double>(k));
    below += mass;
  }
  return count;
}

/// Quantile of a count with these moments.
PANJ_INLINE sim::Pack cornish_fisher(sim::Pack u, sim::Pack mean, sim::Pack variance,
                                     sim::Pack skewness, sim::Pack excess) {
  const sim::Pack z = sim::normal_quantile(u);
  const sim::Pack square = z * z;
  const sim::Pack bend = skewness * (square - 1.0) * (1.0 / 6) +
                         excess * z * (square - 3.0) * (1.0 / 24) -
                         skewness * skewness * z * (2.0 * square - 5.0) * (1.0 / 36);
  return sim::max(sim::floor(mean + sim::sqrt(variance) * (z + bend) + 0.5), 0.0);
}

PANJ_INLINE sim::Pack poisson_count(sim::Pack u, sim::Pack mean) {
  const sim::PackMask large = mean >= kSmallVariance;
  sim::Pack count{};
  if (sim::any(~large)) {
    const sim::Pack small = sim::select(large, sim::Pack{}, mean);
    count = sum_from_zero(u, sim::exp(-small), [&](sim::Pack mass, double k) PANJ_KERNEL {
      return mass * small * (1.0 / (k + 1.0));
    });
  }
  if (!sim::any(large)) return count;
  const sim::Pack safe = sim::max(mean, kSmallVariance);
  const sim::Pack inverse = 1.0 / safe;
  return sim::select(large, cornish_fisher(u, safe, safe, sim::sqrt(inverse), inverse), count);
}

/// trials ≥ 0, 0 ≤ probability ≤ 1.
PANJ_INLINE sim::Pack binomial_count(sim::Pack u, sim::Pack trials, sim::Pack probability) {
  const sim::PackMask mirrored = probability > 0.5;
  const sim::Pack p = sim::select(mirrored, 1.0 - probability, probability);
  const sim::Pack v = sim::select(mirrored, 1.0 - u, u);
  const sim::Pack q = 1.0 - p;
  const sim::Pack variance = trials * p * q;
  const sim::PackMask large = variance >= kSmallVariance;
  sim::Pack count{};
  if (sim::any(~large)) {
    const sim::Pack n = sim::select(large, sim::Pack{}, trials);
    const sim::Pack odds = p / q;
    const sim::Pack none = sim::exp(n * sim::log(q));
    count = sum_from_zero(v, none, [&](sim::Pack mass, double k) PANJ_KERNEL {
      return mass * sim::max((n - k) * odds * (1.0 / (k + 1.0)), 0.0);
    });
    count = sim::min(count, n);
  }
  if (sim::any(large)) {
    const sim::Pack safe = sim::max(variance, kSmallVariance);
    const sim::Pack inverse = 1.0 / safe;
    const sim::Pack skewness = (1.0 - 2.0 * p) * sim::sqrt(inverse);
    const sim::Pack excess = inverse - 6.0 / sim::max(trials, 1.0);
    const sim::Pack many = cornish_fisher(v, trials * p, safe, skewness, excess);
    count = sim::select(large, sim::min(many, trials), count);
  }
  return sim::select(mirrored, trials - count, count);
}

// The same for one replicate and few trials.

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
