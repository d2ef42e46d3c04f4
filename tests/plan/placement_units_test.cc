// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/placement_units.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "panj/plan/placement_report.h"
#include "plan/placement_world.h"

namespace panj::plan {
namespace {

using testing::IsEmpty;

constexpr PlacementOptions kBrief{.effort = 0.05};

PlacementInstance with_money_times(PlacementInstance instance, double factor) {
  for (EquipmentKind& kind : instance.kinds) {
    kind.price *= factor;
    kind.upkeep_per_year *= factor;
  }
  for (double& amount : instance.budget_per_year) amount *= factor;
  for (auto& level : instance.budget_levels) {
    for (double& amount : level) amount *= factor;
  }
  return instance;
}

PlacementInstance with_losses_times(PlacementInstance instance, double factor) {
  for (double& loss : instance.loss) loss *= factor;
  return instance;
}

class OwnUnits : public testing::TestWithParam<PlacementGoal> {};

TEST_P(OwnUnits, ChangeNoPlanAndNoProof) {
  for (unsigned seed = 1; seed <= 4; ++seed) {
    const PlacementInstance usual = random_border(seed, GetParam());
    const PlacementResult expected = solve_placement(usual, kBrief);
    for (const double money : {1e-9, 1.0, 1e9}) {
      for (const double losses : {1e-15, 1.0, 1e20}) {
        SCOPED_TRACE(testing::Message() << seed << ": " << money << ", " << losses);
        const PlacementInstance other = with_losses_times(with_money_times(usual, money), losses);
        const PlacementResult result = solve_placement_in_its_units(other, kBrief);
        EXPECT_EQ(result.proven, expected.proven);
        const double nothing = value_of_nothing(usual, expected);
        EXPECT_NEAR(result.value / losses, expected.value, 1e-9 * nothing);
        EXPECT_NEAR(result.bound / losses, expected.bound, 1e-9 * nothing);
        const PlacementEvaluation judged = evaluate(other, result.plan, result.best_losses);
        EXPECT_NEAR(judged.value, result.value, 1e-12 * nothing * losses);
        EXPECT_THAT(judged.violations, IsEmpty());
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Goals, OwnUnits,
                         testing::Values(PlacementGoal::expected, PlacementGoal::cvar,
                                         PlacementGoal::regret, PlacementGoal::nested));

TEST(PlacementUnits, PricesAreInTheInstancesUnits) {
  const PlacementInstance usual = small_border({10, 20, 5});
  const PlacementInstance other = with_losses_times(with_money_times(usual, 0x1p-40), 0x1p-50);
  const std::vector<double> prices = solve_placement(usual, kBrief).budget_prices[0];
  const std::vector<double> scaled = solve_placement_in_its_units(other, kBrief).budget_prices[0];
  ASSERT_GT(prices[0] + prices[1], 0);
  for (std::size_t t = 0; t < prices.size(); ++t) {
    EXPECT_NEAR(scaled[t] * 0x1p10, prices[t], 1e-9 * prices[t]);
  }
}

TEST(PlacementUnits, RepairIsInTheInstancesUnits) {
  PlacementInstance usual = small_border({10, 20, 5}, {14, 0});
  usual.min_posts = {1, 1, 0};
  const PlacementResult expected = solve_placement(usual, kBrief);
  ASSERT_TRUE(expected.repair.has_value());
  for (const double money : {1e-9, 1e9}) {
    const PlacementResult result =
        solve_placement_in_its_units(with_money_times(usual, money), kBrief);
    ASSERT_TRUE(result.repair.has_value());
    for (std::size_t t = 0; t < 2; ++t) {
      const double extra = expected.repair->extra_budget_per_year[t];
      EXPECT_NEAR(result.repair->extra_budget_per_year[t] / money, extra, 1e-9 * extra);
    }
  }
}

TEST(PlacementUnits, AnOverspendIsJudgedBesideTheMoneyThereIs) {
  const PlacementInstance usual = small_border({10, 20, 5}, {2.99, 8});
  Purchases plan(usual);
  plan.at(0, 1, 0) = 1;  // a drone costs 3, and 0.8 in its first year
  for (const double money : {1e-9, 1.0, 1e9}) {
    EXPECT_THAT(evaluate(with_money_times(usual, money), {plan}).violations,
                testing::ElementsAre(testing::HasSubstr("2029 spends")));
    PlacementInstance exact = usual;
    exact.budget_per_year[0] = 3.8 * (1 - 1e-12);
    EXPECT_THAT(evaluate(with_money_times(exact, money), {plan}).violations, IsEmpty());
  }
}

TEST(PlacementUnits, WhatNobodyCanPayTakesNothingFromTheRest) {
  for (unsigned seed = 1; seed <= 4; ++seed) {
    PlacementInstance instance = random_border(seed, PlacementGoal::cvar);
    instance.kinds[0].price = 1e18;
    const PlacementResult result = solve_placement_in_its_units(instance, kBrief);
    EXPECT_THAT(evaluate(instance, result.plan).violations, IsEmpty());
    EXPECT_TRUE(result.proven);
  }
}

}  // namespace
}  // namespace panj::plan
