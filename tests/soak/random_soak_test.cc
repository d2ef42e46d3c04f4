// SPDX-License-Identifier: Apache-2.0
// Millions of draws against the exact probabilities of Boost.Math, by Pearson's chi-square. The
// seed is fixed: a failure is a fault, not bad luck.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/negative_binomial.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <cstdint>
#include <functional>
#include <vector>

#include "panj/core/random.h"

namespace panj {
namespace {

constexpr std::uint32_t kDraws = 4'000'000;
constexpr std::uint64_t kSeed = 20241118;
constexpr std::size_t kCells = 64;  ///< along each side of the grid of pairs

/// One number of each of kDraws events that differ in one part of their key.
using KeyOf = std::function<EventKey(std::uint32_t)>;

const KeyOf kByReplicate = [](std::uint32_t i) { return EventKey{.replicate = i}; };
const KeyOf kByEntity = [](std::uint32_t i) { return EventKey{.replicate = 7, .entity = i}; };
const KeyOf kByStepAndKind = [](std::uint32_t i) {
  return EventKey{.step = static_cast<std::uint16_t>(i >> 12),
                  .kind = static_cast<std::uint16_t>(i & 0xFFF),
                  .entity = 3};
};

/// The chance of a chi-square at least as large as that of `observed` against `probability` (cells
/// in order; those that expect fewer than 20 are pooled with their neighbours).
double chi_square_p_value(const std::vector<std::int64_t>& observed,
                          const std::function<double(std::size_t)>& probability) {
  double statistic = 0;
  int cells = 0;
  double pooled_observed = 0;
  double pooled_expected = 0;
  double expected_left = kDraws;
  for (std::size_t k = 0; k < observed.size(); ++k) {
    pooled_observed += static_cast<double>(observed[k]);
    pooled_expected += kDraws * probability(k);
    const bool is_last = k + 1 == observed.size();
    if (is_last) pooled_expected = expected_left;
    if (!is_last && (pooled_expected < 20 || expected_left - pooled_expected < 20)) continue;
    statistic += std::pow(pooled_observed - pooled_expected, 2) / pooled_expected;
    expected_left -= pooled_expected;
    pooled_observed = pooled_expected = 0;
    ++cells;
  }
  return boost::math::gamma_q((cells - 1) / 2.0, statistic / 2);
}

std::vector<std::int64_t> histogram(const KeyOf& key_of,
                                    const std::function<std::int64_t(RandomStream&)>& draw) {
  std::vector<std::int64_t> counts;
  for (std::uint32_t i = 0; i < kDraws; ++i) {
    RandomStream random(kSeed, key_of(i));
    const auto value = static_cast<std::size_t>(draw(random));
    if (value >= counts.size()) counts.resize(value + 1);
    ++counts[value];
  }
  return counts;
}

template <class Distribution>
void expect_exact(const Distribution& distribution,
                  const std::function<std::int64_t(RandomStream&)>& draw) {
  for (const KeyOf& key_of : {kByReplicate, kByEntity, kByStepAndKind}) {
    const double p_value = chi_square_p_value(histogram(key_of, draw), [&](std::size_t k) {
      return boost::math::pdf(distribution, static_cast<double>(k));
    });
    EXPECT_GT(p_value, 1e-4);
    EXPECT_LT(p_value, 1 - 1e-4) << "too even to be random";
  }
}

TEST(RandomSoak, PoissonDrawsAreExact) {
  for (const double mean : {0.3, 11.9, 12.1, 400.0}) {
    SCOPED_TRACE(mean);
    expect_exact(boost::math::poisson(mean),
                 [mean](RandomStream& random) { return draw_poisson(random, mean); });
  }
}

TEST(RandomSoak, BinomialDrawsAreExact) {
  for (const double probability : {0.01, 0.3, 0.97}) {
    SCOPED_TRACE(probability);
    expect_exact(boost::math::binomial(90, probability), [probability](RandomStream& random) {
      return draw_binomial(random, 90, probability);
    });
  }
}

TEST(RandomSoak, NegativeBinomialDrawsAreExact) {
  for (const double mean : {0.5, 40.0}) {
    SCOPED_TRACE(mean);
    const double size = 0.8;
    expect_exact(boost::math::negative_binomial(size, size / (size + mean)),
                 [=](RandomStream& random) { return draw_negative_binomial(random, mean, size); });
  }
}

/// Neighbours in each part of the key must not know of each other: pairs fall evenly on a 64 × 64
/// grid.
TEST(RandomSoak, NeighbouringEventsAreIndependent) {
  for (const KeyOf& key_of : {kByReplicate, kByEntity, kByStepAndKind}) {
    std::vector<std::int64_t> counts(kCells * kCells);
    for (std::uint32_t i = 0; i < kDraws; ++i) {
      const double first = RandomStream(kSeed, key_of(i)).uniform();
      const double second = RandomStream(kSeed, key_of(i + 1)).uniform();
      ++counts[static_cast<std::size_t>(first * kCells) * kCells +
               static_cast<std::size_t>(second * kCells)];
    }
    const double p_value =
        chi_square_p_value(counts, [](std::size_t) { return 1.0 / (kCells * kCells); });
    EXPECT_GT(p_value, 1e-4);
    EXPECT_LT(p_value, 1 - 1e-4) << "too even to be random";
  }
}

}  // namespace
}  // namespace panj
