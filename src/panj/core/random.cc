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
  return static_cast<std::int64_t>(std::clamp(x, 0.0, 0x1p53));
}

/// The smallest k in [0, last] with P(X ≤ k) ≥ u, by doubling steps away from `start` and then by
/// halving. Above the median the upper tail is compared, which keeps its digits near 1.
/// `cdf(k)` is P(X ≤ k) and `tail(k)` is P(X > k).
template <class Cdf, class Tail>
std::int64_t search(double u, std::int64_t start, std::int64_t last, Cdf cdf, Tail tail) {
  const auto reached = [&](std::int64_t k) {
    if (k >= last) return true;
    return u <= 0.5 ? cdf(k) >= u : tail(k) <= 1 - u;
  };
  std::int64_t high = std::clamp<std::int64_t>(start, 0, last);
  std::int64_t low = -1;  // not reached there
  if (reached(high)) {
    for (std::int64_t step = 1; high - step > low; step *= 2) {
      if (!reached(high - step)) {
        low = high - step;
        break;
      }
      high -= step;
    }
  } else {
    low = high;
    for (std::int64_t step = 1;; step *= 2) {
      high = std::min(low + step, last);
      if (reached(high)) break;
      low = high;
    }
  }
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    (reached(middle) ? high : low) = middle;
  }
  return high;
}

/// Up to this mean the plain sum from zero is both exact and fastest, but for the far upper tail,
/// where its rounding errors weigh.
constexpr double kSumFromZero = 12.0;
constexpr double kFarTail = 1e-9;
bool sums_from_zero(double u, double mean) {
  return mean <= kSumFromZero && 1 - u > kFarTail;
}

constexpr std::int64_t kUnbounded = std::int64_t{1} << 53;

template <class Ratio>
std::int64_t sum_from_zero(double u, double mass, std::int64_t last, Ratio up) {
  std::int64_t k = 0;
  double below = mass;
  while (below < u && k < last) {
    mass *= up(k);
    ++k;
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
  if (mean == 0) return 0;
  if (sums_from_zero(u, mean)) {
    const auto up = [mean](std::int64_t k) { return mean / static_cast<double>(k + 1); };
    return sum_from_zero(u, std::exp(-mean), kUnbounded, up);
  }
  const auto cdf = [mean](std::int64_t k) {
    return boost::math::gamma_q(static_cast<double>(k) + 1, mean);
  };
  const auto tail = [mean](std::int64_t k) {
    return boost::math::gamma_p(static_cast<double>(k) + 1, mean);
  };
  return search(u, guess(u, mean, mean, 1 / std::sqrt(mean)), kUnbounded, cdf, tail);
}

std::int64_t binomial_quantile(double u, std::int64_t trials, double probability) {
  PANJ_EXPECT(u > 0 && u < 1 && trials >= 0 && probability >= 0 && probability <= 1);
  if (trials == 0 || probability == 0) return 0;
  if (probability == 1) return trials;
  const auto n = static_cast<double>(trials);
  const double mean = n * probability;
  if (sums_from_zero(u, mean)) {
    const auto up = [n, odds = probability / (1 - probability)](std::int64_t k) {
      const auto x = static_cast<double>(k);
      return (n - x) / (x + 1) * odds;
    };
    return sum_from_zero(u, std::exp(n * std::log1p(-probability)), trials, up);
  }
  const auto cdf = [n, probability](std::int64_t k) {
    const auto x = static_cast<double>(k);
    return boost::math::ibetac(x + 1, n - x, probability);
  };
  const auto tail = [n, probability](std::int64_t k) {
    const auto x = static_cast<double>(k);
    return boost::math::ibeta(x + 1, n - x, probability);
  };
  const double variance = mean * (1 - probability);
  const double skewness = (1 - 2 * probability) / std::sqrt(variance);
  return search(u, guess(u, mean, variance, skewness), trials, cdf, tail);
}

std::int64_t negative_binomial_quantile(double u, double mean, double size) {
  PANJ_EXPECT(u > 0 && u < 1 && mean >= 0 && std::isfinite(mean) && size > 0);
  if (mean == 0) return 0;
  const double success = size / (size + mean);
  const double failure = mean / (size + mean);
  if (sums_from_zero(u, mean)) {
    const auto up = [size, failure](std::int64_t k) {
      const auto x = static_cast<double>(k);
      return (x + size) / (x + 1) * failure;
    };
    return sum_from_zero(u, std::exp(size * std::log(success)), kUnbounded, up);
  }
  const auto cdf = [size, success](std::int64_t k) {
    return boost::math::ibeta(size, static_cast<double>(k) + 1, success);
  };
  const auto tail = [size, success](std::int64_t k) {
    return boost::math::ibetac(size, static_cast<double>(k) + 1, success);
  };
  const double variance = mean + mean * mean / size;
  const double skewness = (1 + failure) / std::sqrt(size * failure);
  return search(u, guess(u, mean, variance, skewness), kUnbounded, cdf, tail);
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
