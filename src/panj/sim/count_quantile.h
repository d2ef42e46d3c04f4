// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

#include "panj/sim/detail/quantile_expansion.h"
#include "panj/sim/elementary.h"

namespace panj::sim {

// Inverse distribution functions of counts for packs: the smallest count whose cumulative
// probability reaches `u`, as panj::poisson_quantile and panj::binomial_quantile (core/random.h)
// give it but where u is within 1e-14 of a step. So counts rise with their rate for the same u.
//
// - Where u ≤ 1 − mean the count is 0, and if that holds for the whole pack nothing else is done.
// - Below a variance of 9 probabilities are summed from zero.
// - From there on a Cornish–Fisher expansion of the sixth order gives the quantile, and its error
//   bound says whether that is certain; the few lanes where it is not (less than 1 in 1,000) take
//   the exact quantile of core/random.h.
//
// Counts come as whole doubles. A mean, number of trials or probability that is not a number gives
// NaN. About 1 ns a lane when rare, 10 ns for a mean of 5, 9 ns for large ones (AVX2).

namespace detail {

inline constexpr double kExpansionVariance = 9.0;
inline constexpr double kFarTail = 1e-9;  ///< nearer to 1, sums from zero lose their digits
inline constexpr int kMostTerms = 64;     ///< sums from zero end before, outside the far tail

inline constexpr auto kReciprocals = [] {
  std::array<double, kMostTerms + 5> values{};
  for (std::size_t k = 1; k < values.size(); ++k) values[k] = 1.0 / static_cast<double>(k);
  return values;
}();

// The exact quantile of the lanes in which `wanted` is set.
void exact_poisson(const double* u, const double* mean, const std::int64_t* wanted, double* count);
void exact_binomial(const double* u, const double* trials, const double* probability,
                    const std::int64_t* wanted, double* count);

/// A pack as an array, to hand its lanes to a real function.
template <class Element, class P>
struct LanesOf {
  alignas(sizeof(P)) Element lane[kPackLanes];
  PANJ_INLINE explicit LanesOf(P pack) { std::memcpy(lane, &pack, sizeof pack); }
  PANJ_INLINE P pack() const {
    P all;
    std::memcpy(&all, lane, sizeof all);
    return all;
  }
};

PANJ_INLINE Pack exact_poisson_lanes(Pack u, Pack mean, PackMask wanted, Pack count) {
  LanesOf<double, Pack> counts(count);
  exact_poisson(LanesOf<double, Pack>(u).lane, LanesOf<double, Pack>(mean).lane,
                LanesOf<std::int64_t, PackMask>(wanted).lane, counts.lane);
  return counts.pack();
}
PANJ_INLINE Pack exact_binomial_lanes(Pack u, Pack trials, Pack probability, PackMask wanted,
                                      Pack count) {
  LanesOf<double, Pack> counts(count);
  exact_binomial(LanesOf<double, Pack>(u).lane, LanesOf<double, Pack>(trials).lane,
                 LanesOf<double, Pack>(probability).lane,
                 LanesOf<std::int64_t, PackMask>(wanted).lane, counts.lane);
  return counts.pack();
}

/// Counts how many cumulative probabilities stay below `u`, four terms at a time. `mass` is that of
/// 0, and `ratio(k)` that of k + 1 to that of k.
template <class Ratio>
PANJ_INLINE Pack sum_from_zero(Pack u, Pack mass, Ratio ratio) {
  Pack below = mass;
  PackMask active = below < u;
  PackMask count{};
  for (int k = 0; k < kMostTerms && any(active); k += 4) {
    for (int i = 0; i < 4; ++i) {
      count -= below < u;  // −1 where set
      mass *= ratio(k + i);
      below += mass;
    }
    active = below < u;
  }
  return from_bits(reinterpret_cast<const PackBits&>(count) | 0x4330000000000000ULL) - 0x1p52;
}

/// Rounds up the expansion's value; sets `doubtful` where its error bound reaches a whole number.
PANJ_INLINE Pack certain_ceiling(Pack value, Pack error, PackMask& doubtful) {
  const Pack near = nearest(value);
  doubtful = doubtful | (abs(value - near) <= error);
  return select(near < value, near + 1.0, near);
}

}  // namespace detail

/// Poisson quantile; 0 < u < 1, 0 ≤ mean ≤ 1e12.
PANJ_INLINE Pack poisson_quantile(Pack u, Pack mean) {
  const PackMask positive = ~(u <= 1.0 - mean);
  const Pack invalid = mean * 0.0;  // NaN for a mean that is not finite
  if (!any(positive)) return invalid;
  const PackMask large = mean >= detail::kExpansionVariance;
  Pack count{};
  PackMask exact = u > 1.0 - detail::kFarTail;
  if (any(positive & ~large)) {
    const Pack small = select(large | exact, Pack{}, mean);
    count = detail::sum_from_zero(u, exp(-small), [&](int k) PANJ_KERNEL {
      return small * detail::kReciprocals[static_cast<std::size_t>(k) + 1];
    });
  }
  if (any(large)) {
    const Pack safe = select(large, mean, broadcast(detail::kExpansionVariance));
    const Pack deviation = sqrt(safe);
    const Pack e = 1.0 / deviation;
    const Pack w = normal_quantile(u);
    exact = exact | (large & (abs(w) > 1.1 * deviation));
    const Pack value = safe - 0.5 + deviation * detail::poisson_expansion(w, e);
    PackMask doubtful{};
    const Pack up = detail::certain_ceiling(value, detail::expansion_error(w, e, safe), doubtful);
    count = select(large, up, count);
    exact = exact | (large & doubtful);
  }
  if (any(exact)) count = detail::exact_poisson_lanes(u, mean, exact, count);
  return count + invalid;
}

/// Binomial quantile; 0 < u < 1, a whole number of trials from 0 to 1e12, 0 ≤ probability ≤ 1.
PANJ_INLINE Pack binomial_quantile(Pack u, Pack trials, Pack probability) {
  // The rarer outcome is counted.
  const PackMask mirrored = probability > 0.5;
  const Pack p = select(mirrored, 1.0 - probability, probability);
  const Pack v = select(mirrored, 1.0 - u, u);
  const Pack mean = trials * p;
  const Pack invalid = mean * 0.0;
  const PackMask positive = ~(v <= 1.0 - mean);
  Pack count{};
  PackMask exact = positive & (v > 1.0 - detail::kFarTail);
  if (any(positive)) {
    const Pack variance = mean * (1.0 - p);
    const PackMask large = variance >= detail::kExpansionVariance;
    if (any(positive & ~large)) {
      const Pack small = select(large | exact, Pack{}, p);
      const Pack odds = small / (1.0 - small);
      count = detail::sum_from_zero(v, exp(trials * log1p(-small)), [&](int k) PANJ_KERNEL {
        const Pack left = max(trials - static_cast<double>(k), 0.0);
        return left * odds * detail::kReciprocals[static_cast<std::size_t>(k) + 1];
      });
    }
    if (any(large)) {
      const Pack safe = select(large, variance, broadcast(detail::kExpansionVariance));
      const Pack deviation = sqrt(safe);
      const Pack e = 1.0 / deviation;
      const Pack w = normal_quantile(v);
      exact = exact | (large & (abs(w) > 1.1 * deviation));
      const Pack value = mean - 0.5 + deviation * detail::binomial_expansion(w, 1.0 - 2.0 * p, e);
      PackMask doubtful{};
      const Pack up = detail::certain_ceiling(value, detail::expansion_error(w, e, mean), doubtful);
      count = select(large, up, count);
      exact = exact | (large & doubtful);
    }
  }
  count = select(mirrored, trials - count, count);
  if (any(exact)) count = detail::exact_binomial_lanes(u, trials, probability, exact, count);
  return count + invalid;
}

}  // namespace panj::sim
