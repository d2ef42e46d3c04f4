// SPDX-License-Identifier: Apache-2.0
#include "panj/core/random.h"

#include <Random123/philox.h>

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <numbers>
#include <numeric>

#include "panj/core/contract.h"

namespace panj {
namespace {

/// (0, 1): the midpoints of 2⁵² equal cells.
double to_uniform(std::uint32_t high, std::uint32_t low) {
  const std::uint64_t bits = (std::uint64_t{high} << 20) | (low >> 12);
  return (static_cast<double>(bits) + 0.5) * 0x1p-52;
}

/// Where the search for a quantile starts: Cornish–Fisher expansion to the second order.
std::int64_t guess(double u, double mean, double variance, double skewness) {
  const double z = normal_quantile(u);
  const double x = mean + std::sqrt(variance) * (z + skewness * (z * z - 1) / 6);
  return std::max<std::int64_t>(0, static_cast<std::int64_t>(std::floor(x)));
}

/// The smallest k in [0, last] with cdf(k) ≥ u, by steps from `start`.
/// `up(k)` is pmf(k + 1) / pmf(k).
template <class Pmf, class Cdf, class Ratio>
std::int64_t search(double u, std::int64_t start, std::int64_t last, Pmf pmf, Cdf cdf, Ratio up) {
  std::int64_t k = std::clamp<std::int64_t>(start, 0, last);
  double below = cdf(k);
  double mass = pmf(k);
  while (below < u && k < last) {
    mass *= up(k);
    ++k;
    if (mass <= 0) break;
    below += mass;
  }
  while (k > 0 && below - mass >= u) {
    below -= mass;
    --k;
    mass /= up(k);
  }
  return k;
}

/// Below this mean the plain sum from zero is both exact and fastest.
constexpr double kSumFromZero = 12.0;
constexpr std::int64_t kUnbounded = std::int64_t{1} << 53;

template <class Ratio>
std::int64_t sum_from_zero(double u, double mass, std::int64_t last, Ratio up) {
  std::int64_t k = 0;
  double below = mass;
  while (below < u && k < last) {
    mass *= up(k);
    ++k;
    if (mass < 1e-300) break;
    below += mass;
  }
  return k;
}

}  // namespace

double RandomStream::uniform() {
  const std::uint64_t ordinal = draws_++;
  if (ordinal % 2 == 1) return block_[1];
  PANJ_EXPECT((ordinal >> 33) == 0);
  const r123::Philox4x32::ctr_type counter = {
      {key_.replicate, (std::uint32_t{key_.step} << 16) | key_.kind, key_.entity,
       static_cast<std::uint32_t>(ordinal / 2)}};
  const r123::Philox4x32::key_type key = {
      {static_cast<std::uint32_t>(seed_), static_cast<std::uint32_t>(seed_ >> 32)}};
  const auto bits = r123::Philox4x32{}(counter, key);
  block_ = {to_uniform(bits[0], bits[1]), to_uniform(bits[2], bits[3])};
  return block_[0];
}

double normal_quantile(double u) {
  PANJ_EXPECT(u > 0 && u < 1);
  return -std::numbers::sqrt2 * boost::math::erfc_inv(2 * u);
}

std::int64_t poisson_quantile(double u, double mean) {
  PANJ_EXPECT(u > 0 && u < 1 && mean >= 0 && std::isfinite(mean));
  const auto up = [mean](std::int64_t k) { return mean / static_cast<double>(k + 1); };
  if (mean <= kSumFromZero) return sum_from_zero(u, std::exp(-mean), kUnbounded, up);
  const auto pmf = [mean](std::int64_t k) {
    const auto x = static_cast<double>(k);
    return boost::math::gamma_p_derivative(x + 1, mean);
  };
  const auto cdf = [mean](std::int64_t k) {
    return boost::math::gamma_q(static_cast<double>(k) + 1, mean);
  };
  return search(u, guess(u, mean, mean, 1 / std::sqrt(mean)), kUnbounded, pmf, cdf, up);
}

std::int64_t binomial_quantile(double u, std::int64_t trials, double probability) {
  PANJ_EXPECT(u > 0 && u < 1 && trials >= 0 && probability >= 0 && probability <= 1);
  if (trials == 0 || probability == 0) return 0;
  if (probability == 1) return trials;
  const auto n = static_cast<double>(trials);
  const double odds = probability / (1 - probability);
  const auto up = [n, odds](std::int64_t k) {
    const auto x = static_cast<double>(k);
    return (n - x) / (x + 1) * odds;
  };
  const double mean = n * probability;
  if (mean <= kSumFromZero) {
    return sum_from_zero(u, std::exp(n * std::log1p(-probability)), trials, up);
  }
  const auto pmf = [n, probability](std::int64_t k) {
    const auto x = static_cast<double>(k);
    return boost::math::ibeta_derivative(x + 1, n - x + 1, probability) / (n + 1);
  };
  const auto cdf = [n, probability, trials](std::int64_t k) {
    const auto x = static_cast<double>(k);
    return k >= trials ? 1.0 : boost::math::ibetac(x + 1, n - x, probability);
  };
  const double variance = mean * (1 - probability);
  const double skewness = (1 - 2 * probability) / std::sqrt(variance);
  return search(u, guess(u, mean, variance, skewness), trials, pmf, cdf, up);
}

std::int64_t negative_binomial_quantile(double u, double mean, double size) {
  PANJ_EXPECT(u > 0 && u < 1 && mean >= 0 && std::isfinite(mean) && size > 0);
  if (mean == 0) return 0;
  const double success = size / (size + mean);
  const double failure = mean / (size + mean);
  const auto up = [size, failure](std::int64_t k) {
    const auto x = static_cast<double>(k);
    return (x + size) / (x + 1) * failure;
  };
  if (mean <= kSumFromZero) {
    return sum_from_zero(u, std::exp(size * std::log(success)), kUnbounded, up);
  }
  const auto pmf = [size, success](std::int64_t k) {
    const auto x = static_cast<double>(k);
    return boost::math::ibeta_derivative(size, x + 1, success) * success / (x + size);
  };
  const auto cdf = [size, success](std::int64_t k) {
    return boost::math::ibeta(size, static_cast<double>(k) + 1, success);
  };
  const double variance = mean + mean * mean / size;
  const double skewness = (1 + failure) / std::sqrt(size * failure);
  return search(u, guess(u, mean, variance, skewness), kUnbounded, pmf, cdf, up);
}

double draw_normal(RandomStream& random, double mean, double standard_deviation) {
  return mean + standard_deviation * normal_quantile(random.uniform());
}

std::int64_t draw_poisson(RandomStream& random, double mean) {
  return poisson_quantile(random.uniform(), mean);
}

std::int64_t draw_binomial(RandomStream& random, std::int64_t trials, double probability) {
  return binomial_quantile(random.uniform(), trials, probability);
}

std::int64_t draw_negative_binomial(RandomStream& random, double mean, double size) {
  return negative_binomial_quantile(random.uniform(), mean, size);
}

std::vector<std::int64_t> draw_multinomial(RandomStream& random, std::int64_t trials,
                                           std::span<const double> weights) {
  PANJ_EXPECT(std::ranges::all_of(weights, [](double w) { return w >= 0; }));
  double weight_left = std::accumulate(weights.begin(), weights.end(), 0.0);
  PANJ_EXPECT(weight_left > 0);
  std::vector<std::int64_t> counts(weights.size(), 0);
  std::int64_t left = trials;
  for (std::size_t i = 0; i + 1 < weights.size(); ++i) {
    const double share = weight_left > 0 ? std::min(1.0, weights[i] / weight_left) : 0.0;
    counts[i] = draw_binomial(random, left, share);
    left -= counts[i];
    weight_left -= weights[i];
  }
  counts.back() += left;
  return counts;
}

}  // namespace panj
