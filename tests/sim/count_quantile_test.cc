// SPDX-License-Identifier: Apache-2.0
#include "panj/sim/count_quantile.h"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "panj/core/random.h"
#include "sim/vectors.h"

namespace panj::sim {
namespace {

const auto kPoisson = []<class Pack>(Pack u, Pack mean)
                          PANJ_KERNEL { return poisson_quantile(u, mean); };
const auto kBinomial = []<class Pack>(Pack u, Pack n, Pack p)
                           PANJ_KERNEL { return binomial_quantile(u, n, p); };

/// Uniforms of which every third is drawn near 0 and every third near 1.
std::vector<double> uniforms_with_tails(std::size_t count) {
  std::mt19937_64 random(2);
  std::vector<double> u(count);
  for (std::size_t i = 0; i < count; ++i) {
    const double x = (static_cast<double>(random() >> 12) + 0.5) * 0x1p-52;
    const double tail = std::max(0x1p-53, x * x * x * x * x * x);
    u[i] = i % 3 == 0 ? x : i % 3 == 1 ? tail : 1 - tail;
  }
  return u;
}

std::vector<double> log_spread(std::size_t count, double low, double high) {
  std::mt19937_64 random(3);
  std::uniform_real_distribution<double> logs(std::log(low), std::log(high));
  std::vector<double> values(count);
  for (double& value : values) value = std::exp(logs(random));
  return values;
}

constexpr std::size_t kDraws = 30000;

TEST(PoissonPack, IsTheExactQuantile) {
  const auto u = uniforms_with_tails(kDraws);
  for (const auto& mean :
       {log_spread(kDraws, 1e-6, 1), log_spread(kDraws, 1, 60), log_spread(kDraws, 60, 1e6)}) {
    const auto counts = by_packs(kPoisson, u, mean);
    for (std::size_t i = 0; i < kDraws; ++i) {
      ASSERT_EQ(counts[i], static_cast<double>(panj::poisson_quantile(u[i], mean[i])))
          << u[i] << " " << mean[i];
    }
  }
}

TEST(BinomialPack, IsTheExactQuantile) {
  const auto u = uniforms_with_tails(kDraws);
  auto trials = log_spread(kDraws, 1, 1e5);
  for (double& n : trials) n = std::floor(n);
  std::mt19937_64 random(4);
  std::uniform_real_distribution<double> share(0, 1);
  std::vector<double> p(kDraws);
  for (std::size_t i = 0; i < kDraws; ++i)
    p[i] = i % 2 == 0 ? share(random) : std::exp(-12 * share(random));
  const auto counts = by_packs(kBinomial, u, trials, p);
  for (std::size_t i = 0; i < kDraws; ++i) {
    const auto n = static_cast<std::int64_t>(trials[i]);
    ASSERT_EQ(counts[i], static_cast<double>(panj::binomial_quantile(u[i], n, p[i])))
        << u[i] << " " << n << " " << p[i];
  }
}

TEST(BinomialPack, IsExactWhereThereIsNothingToDraw) {
  const std::vector<double> u(6, 0.7);
  EXPECT_THAT(by_packs(kBinomial, u, std::vector<double>{0, 5, 5, 0, 1, 1e12},
                       std::vector<double>{0.5, 0, 1, 1, 1, 0}),
              testing::ElementsAre(0, 0, 5, 0, 1, 0));
  EXPECT_THAT(by_packs(kPoisson, u, std::vector<double>(6, 0.0)), testing::Each(0));
}

TEST(CountPacks, PassOnWhatIsNotANumber) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  const std::vector<double> u{0.5, 0.5, 0.999999999999, 0.5};
  for (const double count : by_packs(kPoisson, u, std::vector<double>{nan, infinity, nan, nan}))
    EXPECT_TRUE(std::isnan(count));
  for (const double count : by_packs(kBinomial, u, std::vector<double>{nan, infinity, 5, nan},
                                     std::vector<double>{0.5, 0.5, nan, nan}))
    EXPECT_TRUE(std::isnan(count));
}

TEST(CountPacks, RiseWithTheRate) {
  std::vector<double> means;
  for (int i = 1; i <= 4000; ++i) means.push_back(0.01 * i);  // across the change of method at 9
  for (const double u : {0.003, 0.2, 0.5, 0.77, 0.9999}) {
    const std::vector<double> same(means.size(), u);
    const auto poisson = by_packs(kPoisson, same, means);
    EXPECT_TRUE(std::is_sorted(poisson.begin(), poisson.end())) << u;
    std::vector<double> p;
    for (int i = 0; i <= 4000; ++i) p.push_back(i / 4000.0);
    const std::vector<double> also_same(p.size(), u);
    const auto binomial = by_packs(kBinomial, also_same, std::vector<double>(p.size(), 80), p);
    EXPECT_TRUE(std::is_sorted(binomial.begin(), binomial.end())) << u;
    EXPECT_EQ(binomial.back(), 80);
  }
}

/// The bound on the expansion's error holds where it is used: next to every step of the exact
/// distribution function, on either side, the quantile is exact.
TEST(CountPacks, AreExactBesideEveryStep) {
  std::vector<double> u;
  std::vector<double> mean;
  for (const double m : {9.0, 9.7, 12.3, 16.0, 25.5, 50.0, 120.0, 400.0}) {
    double mass = std::exp(-m);
    double below = mass;
    for (int k = 0; below < 1 - 1e-7; below += mass *= m / ++k) {
      for (const double beside : {1 - 1e-4, 1 - 1e-6, 1 - 1e-9, 1 + 1e-9, 1 + 1e-6, 1 + 1e-4}) {
        if (below * beside <= 0 || below * beside >= 1) continue;
        u.push_back(below * beside);
        mean.push_back(m);
      }
    }
  }
  const auto counts = by_packs(kPoisson, u, mean);
  for (std::size_t i = 0; i < u.size(); ++i) {
    ASSERT_EQ(counts[i], static_cast<double>(panj::poisson_quantile(u[i], mean[i])))
        << u[i] << " " << mean[i];
  }
}

TEST(CountPacks, GiveTheSameOnAnyVectorUnits) {
  const auto u = uniforms_with_tails(4000);
  const auto mean = log_spread(4000, 1e-3, 1e3);
  const std::vector<double> p(4000, 0.037);
  auto trials = mean;
  for (double& n : trials) n = std::floor(10 * n);
  const auto poisson = by_packs(kPoisson, u, mean);
  const auto binomial = by_packs(kBinomial, u, trials, p);
  for_each_vector_units([&](VectorUnits units) {
    EXPECT_EQ(by_packs(kPoisson, u, mean), poisson) << to_string(units);
    EXPECT_EQ(by_packs(kBinomial, u, trials, p), binomial) << to_string(units);
  });
}

}  // namespace
}  // namespace panj::sim
