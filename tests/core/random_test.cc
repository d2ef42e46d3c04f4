// SPDX-License-Identifier: Apache-2.0
#include "panj/core/random.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/negative_binomial.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <cmath>
#include <functional>
#include <numeric>
#include <vector>

#include "panj/core/contract.h"

namespace panj {
namespace {

using testing::Each;
using testing::Ge;

using Words = std::array<std::uint32_t, 4>;

/// Philox4x32-10 as Salmon et al. 2011 give it, written a second time.
Words philox(Words counter, std::array<std::uint32_t, 2> key) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t a = std::uint64_t{0xD2511F53} * counter[0];
    const std::uint64_t b = std::uint64_t{0xCD9E8D57} * counter[2];
    counter = {
        static_cast<std::uint32_t>(b >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(b),
        static_cast<std::uint32_t>(a >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(a)};
    key[0] += 0x9E3779B9;
    key[1] += 0xBB67AE85;
  }
  return counter;
}

double uniform_of(std::uint32_t high, std::uint32_t low) {
  const double cell = std::floor((high * 0x1p32 + low) / 4096);
  return (cell + 0.5) * 0x1p-52;
}

TEST(Philox, MeetsTheKnownAnswers) {
  // Random123's kat_vectors, philox4x32 with 10 rounds.
  EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}), (Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(RandomStream, IsPhiloxOfItsSeedAndEvent) {
  RandomStream zero(0, {});
  EXPECT_EQ(zero.uniform(), uniform_of(0x6627e8d5, 0xe169c58d));
  EXPECT_EQ(zero.uniform(), uniform_of(0xbc57ac4c, 0x9b00dbd8));

  RandomStream random(0x1122334455667788,
                      {.replicate = 5, .step = 0xAB, .kind = 0xCD, .entity = 0xFFFFFFFF});
  for (std::uint32_t block = 0; block < 3; ++block) {
    const Words words = philox({5, 0x00AB00CD, 0xFFFFFFFF, block}, {0x55667788, 0x11223344});
    EXPECT_EQ(random.uniform(), uniform_of(words[0], words[1]));
    EXPECT_EQ(random.uniform(), uniform_of(words[2], words[3]));
  }
}

TEST(RandomStream, DiffersInEveryPartOfTheKey) {
  const double base = RandomStream(1, {}).uniform();
  EXPECT_NE(RandomStream(2, {}).uniform(), base);
  EXPECT_NE(RandomStream(1, {.replicate = 1}).uniform(), base);
  EXPECT_NE(RandomStream(1, {.step = 1}).uniform(), base);
  EXPECT_NE(RandomStream(1, {.kind = 1}).uniform(), base);
  EXPECT_NE(RandomStream(1, {.entity = 1}).uniform(), base);
}

TEST(Draws, TakeOneUniformEach) {
  RandomStream random(1, {});
  draw_normal(random);
  EXPECT_EQ(random.draws(), 1U);
  draw_poisson(random, 500);
  EXPECT_EQ(random.draws(), 2U);
  draw_binomial(random, 10, 0.3);
  EXPECT_EQ(random.draws(), 3U);
  draw_negative_binomial(random, 5, 0.5);
  EXPECT_EQ(random.draws(), 4U);
  draw_multinomial(random, 100, std::array{1.0, 2.0, 3.0, 4.0});
  EXPECT_EQ(random.draws(), 7U);
}

/// Both ends of the unit interval as far as `uniform` goes, and places between.
const std::vector<double> kLevels = {0x1p-53, 1e-12, 1e-6,     0.01,     0.3,       0.5,
                                     0.9,     0.999, 1 - 1e-6, 1 - 1e-9, 1 - 1e-12, 1 - 0x1p-53};

/// P(X ≤ k − 1) < u ≤ P(X ≤ k), told by the tail that keeps its digits.
template <class Distribution>
void expect_quantile(const Distribution& distribution, double u, std::int64_t k) {
  using boost::math::cdf;
  using boost::math::complement;
  constexpr double kRounding = 1e-9;
  const auto x = static_cast<double>(k);
  const bool is_first = k == 0;
  if (u <= 0.5) {
    EXPECT_GE(cdf(distribution, x), u * (1 - kRounding)) << u << ", " << k;
    EXPECT_TRUE(is_first || cdf(distribution, x - 1) < u * (1 + kRounding)) << u << ", " << k;
  } else {
    const double above = 1 - u;
    EXPECT_LE(cdf(complement(distribution, x)), above * (1 + kRounding)) << u << ", " << k;
    EXPECT_TRUE(is_first || cdf(complement(distribution, x - 1)) > above * (1 - kRounding))
        << u << ", " << k;
  }
}

TEST(PoissonQuantile, IsExactFromTinyToHugeMeans) {
  for (const double mean : {1e-12, 0.1, 1.0, 12.0, 12.5, 100.0, 1e4, 1e6, 1e9}) {
    const boost::math::poisson exact(mean);
    for (const double u : kLevels) expect_quantile(exact, u, poisson_quantile(u, mean));
  }
}

TEST(NegativeBinomialQuantile, IsExactAlsoForHeavyTails) {
  for (const double mean : {0.1, 5.0, 12.0, 50.0, 1e3, 1e6}) {
    for (const double size : {0.01, 0.1, 1.0, 10.0, 1e4}) {
      const boost::math::negative_binomial exact(size, size / (size + mean));
      for (const double u : kLevels) {
        SCOPED_TRACE(testing::Message() << "mean " << mean << ", size " << size);
        expect_quantile(exact, u, negative_binomial_quantile(u, mean, size));
      }
    }
  }
}

TEST(BinomialQuantile, IsExactAlsoForExtremeProbabilities) {
  for (const std::int64_t trials : {1, 10, 1000, 1000000}) {
    for (const double probability : {1e-12, 1e-3, 0.3, 0.5, 0.999, 1 - 1e-12}) {
      const boost::math::binomial exact(static_cast<double>(trials), probability);
      for (const double u : kLevels) {
        SCOPED_TRACE(testing::Message() << trials << " trials of " << probability);
        expect_quantile(exact, u, binomial_quantile(u, trials, probability));
      }
    }
  }
}

TEST(Quantiles, RiseWithTheirRate) {
  for (const double u : kLevels) {
    std::int64_t poisson = 0;
    std::int64_t binomial = 0;
    std::int64_t negative_binomial = 0;
    for (double rate = 0.5; rate < 40; rate += 0.5) {  // crosses the change of method at 12
      EXPECT_GE(poisson_quantile(u, rate), poisson);
      EXPECT_GE(binomial_quantile(u, 50, rate / 50), binomial);
      EXPECT_GE(negative_binomial_quantile(u, rate, 2), negative_binomial);
      poisson = poisson_quantile(u, rate);
      binomial = binomial_quantile(u, 50, rate / 50);
      negative_binomial = negative_binomial_quantile(u, rate, 2);
    }
  }
}

TEST(Quantiles, KnowTheCertainAndRefuseNonsense) {
  EXPECT_EQ(poisson_quantile(1 - 0x1p-53, 0), 0);
  EXPECT_EQ(negative_binomial_quantile(1 - 0x1p-53, 0, 1), 0);
  EXPECT_EQ(binomial_quantile(0.5, 0, 0.5), 0);
  EXPECT_EQ(binomial_quantile(0x1p-53, 9, 1), 9);
  EXPECT_EQ(binomial_quantile(1 - 0x1p-53, 9, 0), 0);
  EXPECT_THROW((void)poisson_quantile(0, 1), ContractError);
  EXPECT_THROW((void)poisson_quantile(0.5, -1), ContractError);
  EXPECT_THROW((void)binomial_quantile(0.5, 1, 1.5), ContractError);
  EXPECT_THROW((void)negative_binomial_quantile(0.5, 1, 0), ContractError);
}

TEST(NormalQuantile, MeetsTabledValues) {
  EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-14);
  EXPECT_NEAR(normal_quantile(0x1p-53), -8.209536151601387, 1e-12);
  EXPECT_EQ(normal_quantile(0.25), -normal_quantile(0.75));
}

TEST(Multinomial, SplitsAllTrialsInProportion) {
  std::vector<double> sums(4, 0.0);
  constexpr std::uint32_t kRepeats = 2000;
  for (std::uint32_t i = 0; i < kRepeats; ++i) {
    RandomStream random(3, {.replicate = i});
    const auto counts = draw_multinomial(random, 20, std::array{1.0, 0.0, 2.0, 5.0});
    EXPECT_THAT(counts, Each(Ge(0)));
    EXPECT_EQ(std::accumulate(counts.begin(), counts.end(), std::int64_t{0}), 20);
    for (std::size_t c = 0; c < 4; ++c) sums[c] += static_cast<double>(counts[c]);
  }
  const std::array expected = {2.5, 0.0, 5.0, 12.5};
  for (std::size_t c = 0; c < 4; ++c) {
    const double deviation = std::sqrt(expected[c] * (1 - expected[c] / 20) / kRepeats);
    EXPECT_NEAR(sums[c] / kRepeats, expected[c], 4 * deviation) << c;
  }
}

}  // namespace
}  // namespace panj
