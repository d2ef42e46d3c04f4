// SPDX-License-Identifier: Apache-2.0
#include "panj/sim/smc.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "panj/core/contract.h"
#include "panj/core/random.h"
#include "panj/sim/moments.h"

namespace panj::sim {
namespace {

constexpr int kObserved = 7;
constexpr std::size_t kRuns = 16;

/// A Poisson count of mean 20 u₀; the other assumptions do nothing.
std::vector<double> poisson_distances(std::span<const double> place, std::uint32_t run) {
  RandomStream random(5, {.replicate = run});
  std::vector<double> distances;
  for (std::size_t r = 0; r < kRuns; ++r) {
    const auto count = draw_poisson(random, 20 * place[0]);
    distances.push_back(std::abs(static_cast<double>(count) - kObserved));
  }
  return distances;
}

/// The posterior given exactly what was observed: Gamma(8, 1/20) cut at 1, by
/// summing.
Moments exact_posterior() {
  double sum = 0;
  double mean = 0;
  double square = 0;
  for (int i = 0; i < 100000; ++i) {
    const double u = (i + 0.5) / 100000;
    const double likelihood = std::exp(kObserved * std::log(20 * u) - 20 * u);
    sum += likelihood;
    mean += likelihood * u;
    square += likelihood * u * u;
  }
  mean /= sum;
  const double deviation = std::sqrt(square / sum - mean * mean);
  Moments moments;  // two values with this mean and variance
  moments.add(mean - deviation / std::sqrt(2.0));
  moments.add(mean + deviation / std::sqrt(2.0));
  return moments;
}

TEST(Narrow, FindsThePosteriorOfAPoissonRate) {
  const auto result = narrow(3, poisson_distances, {.particles = 2000, .seed = 3, .moves = 4});
  EXPECT_TRUE(result.reached_target);
  EXPECT_EQ(result.stages.back().tolerance, 0);
  Moments posterior;
  for (const auto& place : result.places) posterior.add(place[0]);
  const Moments exact = exact_posterior();
  EXPECT_NEAR(posterior.mean(), exact.mean(), 6 * exact.standard_deviation() / std::sqrt(2000.0));
  EXPECT_NEAR(posterior.standard_deviation(), exact.standard_deviation(),
              0.1 * exact.standard_deviation());
}

TEST(Narrow, ShrinksTheToleranceStepByStep) {
  const auto result = narrow(3, poisson_distances, {.particles = 300, .seed = 3, .target = 1});
  ASSERT_GE(result.stages.size(), 2U);
  for (std::size_t s = 1; s < result.stages.size(); ++s)
    EXPECT_LT(result.stages[s].tolerance, result.stages[s - 1].tolerance);
  EXPECT_EQ(result.stages.back().tolerance, 1);
  for (const auto& distances : result.distances) EXPECT_LE(std::ranges::min(distances), 1);
  EXPECT_EQ(result.runs, 300 * (1 + 2 * result.stages.size()));
}

TEST(Narrow, StopsWhereNothingComesNearer) {
  const auto never = [](std::span<const double>, std::uint32_t) {
    return std::vector<double>(4, 9.0);
  };
  const auto result = narrow(2, never, {.particles = 50, .target = 1});
  EXPECT_FALSE(result.reached_target);
  EXPECT_EQ(result.stages.size(), 1U);  // 9 itself
}

TEST(Narrow, IsTheSameForAnyThreads) {
  const auto run = [](unsigned threads) {
    return narrow(3, poisson_distances, {.particles = 100, .seed = 2, .threads = threads}).places;
  };
  const auto one = run(1);
  EXPECT_EQ(run(2), one);
  EXPECT_EQ(run(3), one);
}

TEST(NarrowingOf, TellsWhatTheDataNarrowFromWhatTheyCannot) {
  const auto result = narrow(12, poisson_distances, {.particles = 400, .seed = 8, .moves = 3});
  const auto narrowing = narrowing_of(result.places);
  ASSERT_EQ(narrowing.size(), 12U);
  EXPECT_TRUE(narrowing[0].narrowed);
  EXPECT_LT(narrowing[0].width_ratio, 0.6);
  EXPECT_NEAR(narrowing[0].q50, exact_posterior().mean(), 0.05);
  for (std::size_t d = 1; d < 12; ++d) {
    EXPECT_FALSE(narrowing[d].narrowed) << d;
    EXPECT_NEAR(narrowing[d].width_ratio, 1, 4 * narrowing[d].width_error) << d;
  }
}

TEST(NarrowingOf, CountsSharedValuesOnce) {
  std::vector<std::vector<double>> places(100, std::vector<double>{0.3});
  for (std::size_t i = 0; i < 50; ++i) places[i][0] = 0.7;
  const auto narrowing = narrowing_of(places).front();
  EXPECT_NEAR(narrowing.effective_size, 2, 1e-9);
  EXPECT_FALSE(narrowing.narrowed);  // two values say nothing
}

}  // namespace
}  // namespace panj::sim
