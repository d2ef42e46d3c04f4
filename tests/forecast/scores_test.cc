// SPDX-License-Identifier: Apache-2.0
#include "panj/forecast/scores.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "panj/core/random.h"

namespace panj::forecast {
namespace {

using Values = std::vector<double>;

/// The definition, in quadratic time.
double crps_by_definition(const Values& sample, double outcome) {
  const auto n = static_cast<double>(sample.size());
  double distance = 0;
  double spread = 0;
  for (const double x : sample) {
    distance += std::abs(x - outcome);
    for (const double other : sample) spread += std::abs(x - other);
  }
  return distance / n - spread / (2 * n * n);
}

Values random_sample(std::size_t size, std::uint32_t entity) {
  RandomStream random(7, {.entity = entity});
  Values values(size);
  std::ranges::generate(values,
                        [&] { return static_cast<double>(draw_poisson(random, 3.0 * entity)); });
  std::ranges::sort(values);
  return values;
}

TEST(Crps, EqualsItsDefinition) {
  for (const std::uint32_t entity : {1U, 5U, 40U}) {
    for (const std::size_t size : {1U, 2U, 12U, 301U}) {
      const Values sample = random_sample(size, entity);
      for (const double outcome : {0.0, 3.0, 200.0}) {
        EXPECT_NEAR(crps(sample, outcome), crps_by_definition(sample, outcome), 1e-10);
      }
    }
  }
}

TEST(Crps, OfOneDrawIsItsDistance) {
  EXPECT_EQ(crps(Values{4}, 1), 3);
  EXPECT_EQ(crps(Values{0, 0, 0}, 17), 17);
}

TEST(Crps, OfNormalQuantilesApproachesTheClosedForm) {
  // Gneiting & Raftery 2007, eq. 21: CRPS(N(0, 1), 0.5) = z (2Φ(z) − 1) + 2φ(z) − 1/√π.
  constexpr std::size_t kSize = 20000;
  Values sample;
  for (std::size_t i = 0; i < kSize; ++i) {
    sample.push_back(normal_quantile((static_cast<double>(i) + 0.5) / kSize));
  }
  const double z = 0.5;
  const double cdf = 0.5 * std::erfc(-z / std::numbers::sqrt2);
  const double density = std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
  EXPECT_NEAR(crps(sample, z), z * (2 * cdf - 1) + 2 * density - std::numbers::inv_sqrtpi, 1e-4);
}

TEST(Crps, OfPoissonDrawsApproachesTheClosedForm) {
  // Jordan, Krüger & Lerch 2019, appendix A:
  // (y − λ)(2 F(y) − 1) + 2 λ f(y) − λ exp(−2 λ)(I₀(2 λ) + I₁(2 λ)).
  constexpr double kMean = 3;
  const Values sample = random_sample(20000, 1);  // its mean is 3
  double probability = std::exp(-kMean);
  double cumulative = probability;
  for (int y = 0; y <= 9; ++y) {
    if (y > 0) cumulative += probability *= kMean / y;
    const double closed = (y - kMean) * (2 * cumulative - 1) + 2 * kMean * probability -
                          kMean * std::exp(-2 * kMean) *
                              (std::cyl_bessel_i(0, 2 * kMean) + std::cyl_bessel_i(1, 2 * kMean));
    // Four standard deviations of the mean distance: √(λ / 20,000) each.
    EXPECT_NEAR(crps(sample, y), closed, 4 * std::sqrt(kMean / 20000)) << y;
  }
}

/// Values published with scoringRules (Jordan, Krüger & Lerch 2019, github.com/FK83/scoringRules,
/// tests/testthat/test-crps_{norm,lnorm,exp,nbinom}.R), met by samples at even levels.
class CrpsOfScoringRules : public testing::Test {
 protected:
  static constexpr std::size_t kSize = 100000;

  template <class Quantile>
  static Values sample_of(Quantile quantile) {
    Values sample(kSize);
    for (std::size_t i = 0; i < kSize; ++i) {
      sample[i] = quantile((static_cast<double>(i) + 0.5) / kSize);
    }
    return sample;
  }

  /// Failures before `size` successes of chance `p`.
  static Values negative_binomial(double size, double p) {
    double failures = 0;
    double probability = std::pow(p, size);
    double cumulative = probability;
    return sample_of([&](double level) {
      while (cumulative < level) {
        probability *= (failures + size) / (failures + 1) * (1 - p);
        cumulative += probability;
        ++failures;
      }
      return failures;
    });
  }
};

TEST_F(CrpsOfScoringRules, IsMetByContinuousDistributions) {
  const auto normal = sample_of([](double u) { return normal_quantile(u); });
  EXPECT_NEAR(crps(normal, -3), 2.43657473, 1e-6);
  const auto lognormal =
      sample_of([](double u) { return std::exp(0.1 + 0.9 * normal_quantile(u)); });
  EXPECT_NEAR(crps(lognormal, 3), 1.13552645, 1e-6);
  const auto exponential = sample_of([](double u) { return -std::log1p(-u) / 0.7; });
  EXPECT_NEAR(crps(exponential, 3), 1.20701837, 1e-6);
}

TEST_F(CrpsOfScoringRules, IsMetByCounts) {
  // A sample gives a chance to within 1/100,000; the counts differ by some tens.
  EXPECT_NEAR(crps(negative_binomial(100, 0.95), 5), 0.53215257681, 2e-5);
  EXPECT_NEAR(crps(negative_binomial(200.1, 0.82), 44), 1.70859687251, 2e-5);
  EXPECT_NEAR(crps(negative_binomial(200.1, 0.83), 41), 1.63833674721, 2e-5);
}

TEST(IntervalScore, IsThatOfScoringRules) {
  // The same package's test-scores_quantiles.R: intervals from −1 to 1, outcomes 1 and 2.
  Values eleven;
  for (int i = -5; i <= 5; ++i) eleven.push_back(0.25 * i);  // 10 % and 90 %: −1 and 1
  EXPECT_NEAR(interval_score(eleven, 1, 0.8), 2, 1e-12);
  EXPECT_NEAR(interval_score(eleven, 2, 0.8), 12, 1e-12);
  EXPECT_NEAR(interval_score(Values{-2, -1, 0, 1, 2}, 2, 0.5), 6, 1e-12);
}

TEST(CrpsLog1p, IsCrpsOfTheLogarithms) {
  const Values sample = {0, 1, 9};
  EXPECT_NEAR(crps_log1p(sample, 4),
              crps_by_definition({0, std::log(2.0), std::log(10.0)}, std::log(5.0)), 1e-14);
}

TEST(Ignorance, CountsTheDrawsInTheOutcomesBin) {
  Values sample(600, 0.0);
  sample.insert(sample.end(), 300, 1.0);
  sample.insert(sample.end(), 100, 2000.0);
  EXPECT_NEAR(ignorance(sample, 0), -std::log2(601.0 / 1011), 1e-12);
  EXPECT_NEAR(ignorance(sample, 2), -std::log2(301.0 / 1011), 1e-12);
  EXPECT_NEAR(ignorance(sample, 3), -std::log2(1.0 / 1011), 1e-12);
  EXPECT_NEAR(ignorance(sample, 1001), -std::log2(101.0 / 1011), 1e-12);
}

TEST(Ignorance, BinsOpenAtTheirStart) {
  const Values sample = {0.5};
  EXPECT_NEAR(ignorance(sample, 0.4), -std::log2(1.0 / 1011), 1e-12);
  EXPECT_NEAR(ignorance(sample, 0.5), -std::log2(1001.0 / 1011), 1e-12);
  EXPECT_NEAR(ignorance(sample, 2.5), -std::log2(1.0 / 1011), 1e-12);
}

TEST(Ignorance, TreatsFewDrawsAsTheirThousandfold) {
  const Values twelve = {0, 0, 0, 1, 1, 1, 1, 1, 1, 7, 7, 7};
  Values thousands;
  for (const double x : twelve) thousands.insert(thousands.end(), 250, x);
  EXPECT_NEAR(ignorance(twelve, 1), ignorance(thousands, 1), 1e-12);
  EXPECT_NEAR(ignorance(twelve, 1), -std::log2(501.0 / 1011), 1e-12);
}

TEST(IntervalScore, IsTheWidthPlusTwentyTimesTheMiss) {
  Values sample;
  for (int x = 0; x <= 100; ++x) sample.push_back(x);  // 5 % and 95 % quantiles: 5 and 95
  EXPECT_EQ(central_interval(sample, 0.9).low, 5);
  EXPECT_EQ(central_interval(sample, 0.9).high, 95);
  EXPECT_NEAR(interval_score(sample, 50, 0.9), 90, 1e-9);
  EXPECT_NEAR(interval_score(sample, 98, 0.9), 90 + 20 * 3, 1e-9);
  EXPECT_NEAR(interval_score(sample, 1, 0.9), 90 + 20 * 4, 1e-9);
}

TEST(IntervalScore, InterpolatesBetweenDraws) {
  // Type 7 of Hyndman & Fan: position 0.95 · 11 = 10.45 among 0, …, 11.
  const Values sample = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
  EXPECT_NEAR(central_interval(sample, 0.9).high, 10.45, 1e-12);
  EXPECT_NEAR(central_interval(sample, 0.5).low, 2.75, 1e-12);
}

TEST(Brier, IsTheSquaredErrorOfTheProbability) {
  const Values sample = {0, 0, 1, 30};
  EXPECT_NEAR(brier(sample, 1, 1), 0.25, 1e-15);
  EXPECT_NEAR(brier(sample, 0, 1), 0.25, 1e-15);
  EXPECT_NEAR(brier(sample, 25, 25), 0.5625, 1e-15);
  EXPECT_NEAR(brier(sample, 24, 25), 0.0625, 1e-15);
}

TEST(Coverage, IncludesTheEnds) {
  const Values sample = {0, 1, 2, 3, 4};
  EXPECT_EQ(coverage(sample, 1, 0.5), 1);
  EXPECT_EQ(coverage(sample, 3, 0.5), 1);
  EXPECT_EQ(coverage(sample, 4, 0.5), 0);
}

}  // namespace
}  // namespace panj::forecast
