// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/placement_sampling.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "plan/placement_world.h"

namespace panj::plan {
namespace {

using testing::HasSubstr;

/// Futures of two stretches and two years: as many attempts as a uniform number says, times 10.
std::vector<AttemptScenario> futures(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<AttemptScenario> scenarios;
  for (std::size_t s = 0; s < count; ++s) {
    AttemptScenario& scenario = scenarios.emplace_back();
    scenario.probability = 1.0 / static_cast<double>(count);
    for (int c = 0; c < 4; ++c) {
      scenario.attempts.push_back(static_cast<double>(random() % 10000) / 1000);
    }
  }
  return scenarios;
}

TEST(SamplingGap, HoldsTheTrueBestValue) {
  PlacementInstance instance = small_border({1, 1}, {7, 5});
  instance.scenarios = futures(10, 1);
  const PlacementResult result = solve_placement(instance, {.effort = 0.05});
  const SamplingGap gap = sampling_gap(instance, result, futures(2000, 2), {.effort = 0.05});
  // Stretches are alike: five attempts on each in each year, so any best plan is best for all.
  PlacementInstance all = instance;
  all.scenarios = {{1, {5, 5, 5, 5}}};
  const double best = solve_placement(all, {.effort = 0.05}).value;
  ASSERT_TRUE(gap.lower.has_value());
  EXPECT_EQ(gap.batches, 10U);
  EXPECT_TRUE(gap.warnings.empty());
  EXPECT_LE(gap.lower->value - gap.lower->error, best);
  EXPECT_GE(gap.out_of_sample.value + gap.out_of_sample.error, best);
  EXPECT_GE(gap.gap_high, gap.gap);
}

TEST(SamplingGap, TellsOnlyTheOutOfSampleValueOfFewFutures) {
  PlacementInstance instance = small_border({1, 1}, {7, 5});
  instance.scenarios = futures(10, 1);
  const PlacementResult result = solve_placement(instance, {.effort = 0.05});
  const SamplingGap gap = sampling_gap(instance, result, futures(50, 2), {.effort = 0.05});
  EXPECT_FALSE(gap.lower.has_value());
  EXPECT_GT(gap.out_of_sample.error, 0);
  EXPECT_EQ(gap.judged, 50U);
  ASSERT_EQ(gap.warnings.size(), 2U);
  EXPECT_THAT(gap.warnings[0], HasSubstr("the sampling gap is left out: 50 fresh futures"));
  EXPECT_THAT(gap.warnings[1], HasSubstr("fewer than 20 for each of the 10"));
}

TEST(SamplingGap, JudgesThePlanOnNoFutureOfTheBatches) {
  PlacementInstance instance = small_border({1, 1}, {7, 5});
  instance.scenarios = futures(10, 1);
  const PlacementResult result = solve_placement(instance, {.effort = 0.05});
  for (const std::size_t left : {10U, 15U, 200U}) {
    std::vector<AttemptScenario> fresh = futures(100, 2);
    const std::vector<AttemptScenario> rest = futures(left, 3);
    fresh.insert(fresh.end(), rest.begin(), rest.end());
    const SamplingGap gap = sampling_gap(instance, result, fresh, {.effort = 0.05});
    const SamplingGap alone = sampling_gap(instance, result, rest, {.effort = 0.05}, 0);
    ASSERT_TRUE(gap.lower.has_value());
    EXPECT_EQ(gap.judged, left);
    EXPECT_EQ(gap.out_of_sample.value, alone.out_of_sample.value);
    EXPECT_EQ(gap.warnings.empty(), left == 200);
    EXPECT_FALSE(alone.lower.has_value());
  }
}

}  // namespace
}  // namespace panj::plan
