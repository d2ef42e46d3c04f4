// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <cstring>

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
inline constexpr double kFarTail = 1e-9;       ///< nearer to 1, sums from zero lose their digits
inline constexpr double kFarDeviations = 6.0;  ///< from there on, seven digits of w are not enough
inline constexpr int kMostTerms = 64;          ///< sums from zero end before, outside the far tail

inline constexpr auto kReciprocals = [] {
  std::array<double, kMostTerms + 5> values{};
  for (std::size_t k = 1; k < values.size(); ++k) values[k] = 1.0 / static_cast<double>(k);
  return values;
}();

// The exact quantile of the lanes in which `wanted` is set.
void exact_poisson(std::size_t lanes, const double* u, const double* mean,
                   const std::int64_t* wanted, double* count);
void exact_binomial(std::size_t lanes, const double* u, const double* trials,
                    const double* probability, const std::int64_t* wanted, double* count);

/// A pack as an array, to hand its lanes to a real function.
template <class Element, class P>
struct LanesOf {
  alignas(sizeof(P)) Element lane[sizeof(P) / sizeof(Element)];
  PANJ_INLINE explicit LanesOf(P pack) { std::memcpy(lane, &pack, sizeof pack); }
  PANJ_INLINE P pack() const {
    P all;
    std::memcpy(&all, lane, sizeof all);
    return all;
  }
};

template <class Pack>
PANJ_INLINE Pack exact_poisson_lanes(Pack u, Pack mean, MaskOf<Pack> wanted, Pack count) {
  LanesOf<double, Pack> counts(count);
  exact_poisson(kLanesIn<Pack>, LanesOf<double, Pack>(u).lane, LanesOf<double, Pack>(mean).lane,
                LanesOf<std::int64_t, MaskOf<Pack>>(wanted).lane, counts.lane);
  return counts.pack();
}
template <class Pack>
PANJ_INLINE Pack exact_binomial_lanes(Pack u, Pack trials, Pack probability, MaskOf<Pack> wanted,
                                      Pack count) {
  LanesOf<double, Pack> counts(count);
  exact_binomial(kLanesIn<Pack>, LanesOf<double, Pack>(u).lane, LanesOf<double, Pack>(trials).lane,
                 LanesOf<double, Pack>(probability).lane,
                 LanesOf<std::int64_t, MaskOf<Pack>>(wanted).lane, counts.lane);
  return counts.pack();
}

/// Counts how many cumulative probabilities stay below `u`, four terms at a time. `mass` is that of
/// 0, and `ratio(k)` that of k + 1 to that of k.
template <class Pack, class Ratio>
PANJ_INLINE Pack sum_from_zero(Pack u, Pack mass, Ratio ratio) {
  Pack below = mass;
  MaskOf<Pack> active = less(below, u);
  MaskOf<Pack> count{};
  for (int k = 0; k < kMostTerms && any(active); k += 4) {
    for (int i = 0; i < 4; ++i) {
      count -= less(below, u);  // −1 where set
      mass *= ratio(k + i);
      below += mass;
    }
    active = less(below, u);
  }
  return from_bits(reinterpret_cast<const BitsOf<Pack>&>(count) | 0x4330000000000000ULL) - 0x1p52;
}

/// Rounds up the expansion's value; sets `doubtful` where its error bound reaches a whole number.
template <class Pack>
PANJ_INLINE Pack certain_ceiling(Pack value, Pack error, MaskOf<Pack>& doubtful) {
  const Pack near = nearest(value);
  doubtful = doubtful | ~less(error, abs(value - near));
  return select(less(near, value), near + 1.0, near);
}

}  // namespace detail

/// Poisson quantile; 0 < u < 1, 0 ≤ mean ≤ 1e12.
template <class Pack>
PANJ_INLINE Pack poisson_quantile(Pack u, Pack mean) {
  const MaskOf<Pack> positive = less(1.0 - mean, u);
  const Pack invalid = mean * 0.0;  // NaN for a mean that is not finite
  if (!any(positive)) return invalid;
  const MaskOf<Pack> large = ~less(mean, detail::kExpansionVariance);
  Pack count{};
  MaskOf<Pack> exact = less(1.0 - detail::kFarTail, u);
  if (any(positive & ~large)) {
    const Pack small = select(large | exact, Pack{}, mean);
    count = detail::sum_from_zero(u, decay(small), [&](int k) PANJ_KERNEL {
      return small * detail::kReciprocals[static_cast<std::size_t>(k) + 1];
    });
  }
  if (any(large)) {
    const Pack safe = select(large, mean, broadcast<Pack>(detail::kExpansionVariance));
    const Pack deviation = sqrt(safe);
    const Pack e = 1.0 / deviation;
    const Pack w = detail::normal_seven_digits(u);
    exact = exact | (large & less(min(1.1 * deviation, detail::kFarDeviations), abs(w)));
    const Pack value = safe - 0.5 + deviation * detail::poisson_expansion(w, e);
    MaskOf<Pack> doubtful{};
    const Pack up =
        detail::certain_ceiling(value, detail::expansion_error(w, e, deviation), doubtful);
    count = select(large, up, count);
    exact = exact | (large & doubtful);
  }
  if (any(exact)) count = detail::exact_poisson_lanes(u, mean, exact, count);
  return count + invalid;
}

/// A chance, and what counts with that chance need of it: worked out once, it serves many counts.
/// The rarer outcome is counted.
template <class Number>
struct Chance {
  Number share{};     ///< of the rarer outcome
  Number log_rest{};  ///< log(1 − share)
  Number odds{};      ///< share / (1 − share)
  detail::BinomialCoefficients<Number> expansion{};
  bool mirrored = false;  ///< the rarer outcome is that nothing happens; the same in all lanes
};

/// For one chance in all lanes, 0 ≤ probability ≤ 1.
inline Chance<double> chance_of(double probability) {
  Chance<double> chance;
  chance.mirrored = probability > 0.5;
  chance.share = chance.mirrored ? 1.0 - probability : probability;
  chance.log_rest = log1p(-chance.share);
  chance.odds = chance.share / (1.0 - chance.share);
  chance.expansion = detail::binomial_coefficients(1.0 - 2.0 * chance.share);
  return chance;
}

/// 1 − e^{−hazard}, 0 ≤ hazard: no logarithm is needed. Counts of lanes with a chance above ½ are
/// exact too, but slow.
template <class Pack>
PANJ_INLINE Chance<Pack> chance_of_hazard(Pack hazard) {
  const Pack rest = decay(hazard);
  const Pack share = 1.0 - rest;
  return {.share = share,
          .log_rest = -hazard,
          .odds = share / rest,
          .expansion = detail::binomial_coefficients(1.0 - 2.0 * share)};
}

namespace detail {

template <class Pack>
struct RestOfChance {
  Pack log_rest;
  Pack odds;
};

/// The quantile of the rarer outcome; `rest(lanes left out)` gives log(1 − p) and the odds.
template <class Pack, class Expansion, class Rest>
PANJ_INLINE Pack rarer_quantile(Pack u, Pack trials, Pack p, MaskOf<Pack>& exact,
                                Expansion expansion, Rest rest) {
  const Pack mean = trials * p;
  const MaskOf<Pack> positive = less(1.0 - mean, u);
  exact = positive & (less(1.0 - kFarTail, u) | less(0.5, p));
  if (!any(positive)) return Pack{};
  Pack count{};
  const Pack variance = mean * (1.0 - p);
  const MaskOf<Pack> large = ~less(variance, kExpansionVariance);
  if (any(positive & ~large)) {
    const RestOfChance<Pack> of = rest(large | exact);
    count = sum_from_zero(u, decay(-trials * of.log_rest), [&](int k) PANJ_KERNEL {
      const Pack left = max(trials - static_cast<double>(k), 0.0);
      return left * of.odds * kReciprocals[static_cast<std::size_t>(k) + 1];
    });
  }
  if (any(large)) {
    const Pack safe = select(large, variance, broadcast<Pack>(kExpansionVariance));
    const Pack deviation = sqrt(safe);
    const Pack e = 1.0 / deviation;
    const Pack w = normal_seven_digits(u);
    exact = exact | (large & less(min(1.1 * deviation, kFarDeviations), abs(w)));
    const Pack value = mean - 0.5 + deviation * expansion(w, e);
    MaskOf<Pack> doubtful{};
    const Pack up = certain_ceiling(value, expansion_error(w, e, deviation), doubtful);
    count = select(large, up, count);
    exact = exact | (large & doubtful);
  }
  return count;
}

}  // namespace detail

/// Binomial quantile; 0 < u < 1, a whole number of trials from 0 to 1e12, 0 ≤ probability ≤ 1.
template <class Pack>
PANJ_INLINE Pack binomial_quantile(Pack u, Pack trials, Pack probability) {
  const MaskOf<Pack> mirrored = less(0.5, probability);
  const Pack p = select(mirrored, 1.0 - probability, probability);
  const Pack v = select(mirrored, 1.0 - u, u);
  const Pack invalid = trials * p * 0.0;
  MaskOf<Pack> exact{};
  Pack count = detail::rarer_quantile(
      v, trials, p, exact,
      [&](Pack w, Pack e) PANJ_KERNEL {
        return detail::binomial_expansion(w, detail::binomial_coefficients(1.0 - 2.0 * p), e);
      },
      [&](MaskOf<Pack> left_out) PANJ_KERNEL {
        const Pack small = select(left_out, Pack{}, p);
        return detail::RestOfChance<Pack>{log1p(-small), small / (1.0 - small)};
      });
  count = select(mirrored, trials - count, count);
  if (any(exact)) count = detail::exact_binomial_lanes(u, trials, probability, exact, count);
  return count + invalid;
}

/// The same for a chance that was worked out before.
template <class Pack, class Number>
PANJ_INLINE Pack binomial_quantile(Pack u, Pack trials, const Chance<Number>& chance) {
  const Pack p = Pack{} + chance.share;
  const Pack v = chance.mirrored ? 1.0 - u : u;
  const Pack invalid = trials * p * 0.0;
  MaskOf<Pack> exact{};
  Pack count = detail::rarer_quantile(
      v, trials, p, exact,
      [&](Pack w, Pack e)
          PANJ_KERNEL { return detail::binomial_expansion(w, chance.expansion, e); },
      [&](MaskOf<Pack> left_out) PANJ_KERNEL {
        return detail::RestOfChance<Pack>{select(left_out, Pack{}, Pack{} + chance.log_rest),
                                          Pack{} + chance.odds};
      });
  if (chance.mirrored) count = trials - count;
  if (any(exact)) {
    const Pack probability = chance.mirrored ? 1.0 - p : p;
    count = detail::exact_binomial_lanes(u, trials, probability, exact, count);
  }
  return count + invalid;
}

}  // namespace panj::sim
