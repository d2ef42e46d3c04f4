// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/placement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <map>

#include "panj/plan/detail/placement_model.h"
#include "panj/plan/placement_marginal.h"
#include "panj/plan/placement_report.h"
#include "plan/placement_world.h"

namespace panj::plan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr PlacementOptions kQuick{.effort = 0.05};

/// The least value over all plans, each judged by `evaluate` alone.
double best_of_all(const PlacementInstance& instance, const std::vector<double>& best_losses = {}) {
  double best = std::numeric_limits<double>::infinity();
  for_every_plan(instance, [&](const Purchases& plan) {
    const PlacementEvaluation evaluation = evaluate(instance, {plan}, best_losses);
    if (evaluation.violations.empty()) best = std::min(best, evaluation.value);
  });
  return best;
}

std::vector<double> best_losses_of_all(const PlacementInstance& instance) {
  std::vector<double> best;
  for (const AttemptScenario& scenario : instance.scenarios) {
    PlacementInstance alone = instance;
    alone.goal = PlacementGoal::expected;
    alone.scenarios = {{1, scenario.attempts}};
    best.push_back(best_of_all(alone));
  }
  return best;
}

void expect_proven(const PlacementInstance& instance, double expected) {
  const PlacementResult result = solve_placement(instance, kQuick);
  ASSERT_FALSE(result.repair.has_value());
  EXPECT_NEAR(result.value, expected, 1e-9 * expected);
  EXPECT_LE(result.bound, result.value);
  EXPECT_TRUE(result.proven);
  EXPECT_NEAR(evaluate(instance, result.plan, result.best_losses).value, result.value, 1e-12);
  EXPECT_THAT(evaluate(instance, result.plan, result.best_losses).violations, IsEmpty());
}

class EveryPlan : public testing::TestWithParam<unsigned> {};

TEST_P(EveryPlan, ConfirmsTheExpectedLoss) {
  const PlacementInstance instance = random_border(GetParam(), PlacementGoal::expected);
  expect_proven(instance, best_of_all(instance));
}

TEST_P(EveryPlan, ConfirmsTheTailLoss) {
  const PlacementInstance instance = random_border(GetParam(), PlacementGoal::cvar);
  expect_proven(instance, best_of_all(instance));
}

TEST_P(EveryPlan, ConfirmsTheRegret) {
  const PlacementInstance instance = random_border(GetParam(), PlacementGoal::regret);
  const std::vector<double> best = best_losses_of_all(instance);
  const PlacementResult result = solve_placement(instance, kQuick);
  for (std::size_t s = 0; s < best.size(); ++s) EXPECT_NEAR(result.best_losses[s], best[s], 1e-7);
  EXPECT_NEAR(result.value, best_of_all(instance, best), 1e-7);
  EXPECT_LE(result.bound, result.value);
}

TEST(Placement, ProvesThatThereIsNoRegretWhereOnePlanIsBestInEveryFuture) {
  PlacementInstance instance = small_border({12, 3});
  instance.goal = PlacementGoal::regret;
  AttemptScenario twice = instance.scenarios[0];
  for (double& attempts : twice.attempts) attempts *= 2;
  instance.scenarios.push_back(twice);
  for (AttemptScenario& scenario : instance.scenarios) scenario.probability = 0.5;
  const PlacementResult result = solve_placement(instance, kQuick);
  EXPECT_NEAR(result.value, 0, 1e-9);
  EXPECT_GE(result.value, 0);
  EXPECT_EQ(result.bound, result.value);
  EXPECT_GE(result.root_bound, 0);
  EXPECT_TRUE(result.proven);
}

INSTANTIATE_TEST_SUITE_P(Placement, EveryPlan, testing::Range(1U, 7U));

TEST(Placement, ConfirmsNestedPlansByEveryPair) {
  PlacementInstance instance = random_border(3, PlacementGoal::nested);
  for (EquipmentKind& kind : instance.kinds) kind.max_per_stretch = 1;
  std::vector<std::vector<std::pair<Purchases, double>>> plans(2);
  for (std::size_t h = 0; h < 2; ++h) {
    PlacementInstance alone = instance;
    alone.goal = PlacementGoal::expected;
    alone.budget_per_year = instance.budget_levels[h];
    for_every_plan(alone, [&](const Purchases& plan) {
      const PlacementEvaluation evaluation = evaluate(alone, {plan});
      if (evaluation.violations.empty()) plans[h].emplace_back(plan, evaluation.value);
    });
  }
  double best = std::numeric_limits<double>::infinity();
  for (const auto& [small, small_value] : plans[0]) {
    for (const auto& [large, large_value] : plans[1]) {
      const double value =
          instance.level_weights[0] * small_value + instance.level_weights[1] * large_value;
      if (value >= best) continue;
      if (evaluate(instance, {small, large}).violations.empty()) best = value;
    }
  }
  expect_proven(instance, best);
}

/// Whether `plan` buys at least what `least` buys, in every year.
bool includes(const Purchases& plan, const Purchases& least) {
  for (std::size_t i = 0; i < plan.stretches(); ++i) {
    for (std::size_t k = 0; k < plan.kinds(); ++k) {
      for (std::size_t t = 0; t < plan.years(); ++t) {
        if (plan.at(i, k, t) < least.at(i, k, t)) return false;
      }
    }
  }
  return true;
}

TEST(Placement, NestedPlansNest) {
  for (const unsigned seed : {4U, 5U, 6U}) {
    PlacementInstance instance = random_border(seed, PlacementGoal::nested);
    instance.budget_levels.push_back(instance.budget_levels.back());
    for (double& amount : instance.budget_levels.back()) amount += 3;
    instance.level_weights.push_back(0.5);
    const std::vector<Purchases> plan = solve_placement(instance, kQuick).plan;
    ASSERT_THAT(plan, SizeIs(3));
    EXPECT_TRUE(includes(plan[1], plan[0])) << seed;
    EXPECT_TRUE(includes(plan[2], plan[1])) << seed;
    EXPECT_THAT(evaluate(instance, plan).violations, IsEmpty()) << seed;
  }
}

TEST(Placement, MoreMoneyNeverHurts) {
  for (const unsigned seed : {11U, 12U, 13U}) {
    double before = std::numeric_limits<double>::infinity();
    PlacementInstance instance = random_border(seed, PlacementGoal::expected);
    for (std::size_t step = 0; step < 4; ++step) {
      const double value = solve_placement(instance, kQuick).value;
      EXPECT_LE(value, before + 1e-9);
      before = value;
      instance.budget_per_year[step % 2] += 2.5;
    }
  }
}

TEST(Placement, IsNearTheBoundOnManyStretches) {
  std::vector<double> attempts;
  attempts.reserve(150);
  for (int i = 0; i < 150; ++i) attempts.push_back(1 + (i * 37 % 101) / 10.0);
  const PlacementInstance instance = small_border(attempts, {300, 200});
  const PlacementResult result = solve_placement(instance, kQuick);
  EXPECT_THAT(evaluate(instance, result.plan).violations, IsEmpty());
  EXPECT_GE(result.value, 1618.5829);  // the relaxation over all paths
  EXPECT_LE(result.value, 1619.6);     // 1619.305 when its two split stretches are made whole
}

TEST(Placement, NeverBuysADominatedKind) {
  PlacementInstance instance = small_border({9, 5, 2}, {20, 10});
  instance.kinds.push_back({"old drone", 3.5, 0.9, 0, {0.08}, 2});
  instance.existing.assign(9, 0);
  for (EquipmentKind& kind : instance.kinds) kind.max_per_stretch = 8;
  const PlacementResult result = solve_placement(instance, kQuick);
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t t = 0; t < 2; ++t) EXPECT_EQ(result.plan[0].at(i, 2, t), 0);
  }
}

TEST(Placement, PermutingStretchesPermutesThePlan) {
  const PlacementInstance instance = small_border({9, 5, 2, 2});
  const PlacementInstance reversed = small_border({2, 2, 5, 9});
  const PlacementResult one = solve_placement(instance, kQuick);
  const PlacementResult other = solve_placement(reversed, kQuick);
  EXPECT_NEAR(one.value, other.value, 1e-9);
  for (std::size_t k = 0; k < 2; ++k) {
    EXPECT_EQ(one.plan[0].at(0, k, 0), other.plan[0].at(3, k, 0));
    EXPECT_EQ(one.plan[0].at(1, k, 0), other.plan[0].at(2, k, 0));
  }
}

TEST(Placement, OfEqualStretchesTheFirstAreServedFirst) {
  for (const double budget : {5.0, 12.0, 20.0, 31.0}) {
    const PlacementInstance instance = small_border({5, 2, 5, 5}, {budget, 4});
    const Purchases plan = solve_placement(instance, kQuick).plan[0];
    const auto bought = [&](std::size_t i) {  // by year, then kind
      std::vector<int> units;
      for (std::size_t t = 0; t < 2; ++t) {
        for (std::size_t k = 0; k < 2; ++k) units.push_back(plan.at(i, k, t));
      }
      return units;
    };
    EXPECT_GE(bought(0), bought(2)) << budget;
    EXPECT_GE(bought(2), bought(3)) << budget;
  }
}

/// A unit may stand on either of two stretches that attempts can move between.
TEST(Placement, OfEqualStretchesTheFirstGetsMoreWhereItDoesNotMatter) {
  PlacementInstance instance = small_border({3, 3}, {0, 0});
  instance.years = {2028, 2029, 2030};
  instance.budget_per_year = {3, 8, 10};
  instance.carry_over = false;
  instance.kinds = {{"sensor", 3, 0, 1, {0.35}, 2}};
  instance.existing.assign(2, 0);
  instance.displacement = {0.3, 9, 1.0};
  instance.scenarios = {{1, {3, 3, 12, 12, 7, 7}}};
  const PlacementResult result = solve_placement(instance, {});
  const Purchases& plan = result.plan.front();
  for (std::size_t t = 0; t < 2; ++t) EXPECT_GE(plan.at(0, 0, t), plan.at(1, 0, t)) << t;
  EXPECT_EQ(plan.at(0, 0, 1), 1);
  EXPECT_EQ(plan.at(1, 0, 1), 1);
}

TEST(Placement, OfEqualValuesTheCheapestPlanIsTaken) {
  PlacementInstance instance = small_border({9}, {5, 0});
  instance.kinds = {{"slow", 4, 0, 1, {0.3}, 1}, {"quick", 5, 0, 0, {0.3}, 1}};
  instance.scenarios[0].attempts = {0, 9};
  const Purchases plan = solve_placement(instance, kQuick).plan[0];
  EXPECT_EQ(plan.at(0, 0, 0), 1);  // although the other is paid a year later
  EXPECT_EQ(plan.at(0, 1, 0) + plan.at(0, 1, 1), 0);
}

TEST(Placement, OfEqualKindsTheFirstIsBought) {
  PlacementInstance instance = small_border({9, 5}, {9, 3});
  instance.kinds.push_back(instance.kinds[1]);
  instance.kinds[2].name = "the same drone";
  for (EquipmentKind& kind : instance.kinds) kind.max_per_stretch = 4;
  instance.existing.assign(6, 0);
  const Purchases plan = solve_placement(instance, kQuick).plan[0];
  for (std::size_t i = 0; i < 2; ++i) {
    for (std::size_t t = 0; t < 2; ++t) EXPECT_EQ(plan.at(i, 2, t), 0);
  }
}

TEST(Placement, GivesTheSameForAnyNumberOfThreads) {
  const PlacementInstance instance = random_border(5, PlacementGoal::cvar);
  const PlacementResult one = solve_placement(instance, {.effort = 0.05, .threads = 1});
  for (const unsigned threads : {2U, 3U}) {
    const PlacementResult many = solve_placement(instance, {.effort = 0.05, .threads = threads});
    EXPECT_EQ(many.plan, one.plan);
    EXPECT_EQ(many.value, one.value);
    EXPECT_EQ(many.bound, one.bound);
  }
}

TEST(Placement, BuysNothingWithoutMoney) {
  const PlacementInstance instance = small_border({9, 5}, {0, 0});
  const PlacementResult result = solve_placement(instance, kQuick);
  EXPECT_DOUBLE_EQ(result.value, 28);  // (9 + 5) attempts in each of two years
  EXPECT_EQ(result.plan[0], Purchases(instance));
  EXPECT_TRUE(result.proven);
}

TEST(Placement, BuysNothingAgainstNothing) {
  const PlacementInstance instance = small_border({0, 0});
  const PlacementResult result = solve_placement(instance, kQuick);
  EXPECT_EQ(result.value, 0);
  EXPECT_EQ(result.plan[0], Purchases(instance));
}

TEST(Placement, HandlesOneStretchAndOneYear) {
  PlacementInstance instance = small_border({10}, {7, 0});
  instance.years = {2030};
  instance.budget_per_year = {7};
  instance.scenarios[0].attempts = {10};
  const PlacementResult result = solve_placement(instance, kQuick);
  EXPECT_EQ(result.plan[0].at(0, 1, 0), 1);  // 2 × (3 + 0.8) is above 7; a post comes too late
  EXPECT_DOUBLE_EQ(result.value, 9);
}

TEST(Placement, TellsTheSmallestRepairWithoutCarryOver) {
  PlacementInstance instance = small_border({9, 5}, {12, 4});
  instance.carry_over = false;
  instance.min_posts = {1, 1};
  const PlacementResult result = solve_placement(instance, kQuick);
  ASSERT_TRUE(result.repair.has_value());
  EXPECT_THAT(result.repair->extra_budget_per_year, ElementsAre(8, 0));  // 20 − 12; upkeep 2 ≤ 4
}

TEST(Placement, SaysWhenNoMoneyDeliversThePosts) {
  PlacementInstance instance = small_border({9, 5}, {1000, 1000});
  instance.min_posts = {0, 1};
  instance.min_posts_from_year = 2029;  // a post ordered in 2029 comes in 2030
  const PlacementResult result = solve_placement(instance, kQuick);
  ASSERT_TRUE(result.repair.has_value());
  EXPECT_THAT(result.repair->undeliverable, SizeIs(1));
  EXPECT_THAT(result.repair->extra_budget_per_year, IsEmpty());
}

TEST(Placement, MeetsMinimumPostsEvenWhereNothingHappens) {
  PlacementInstance instance = small_border({9, 0}, {14, 8});
  instance.min_posts = {0, 1};
  const PlacementResult result = solve_placement(instance, kQuick);
  EXPECT_EQ(in_service(instance, result.plan[0], 1, 0, 1), 1);
  EXPECT_THAT(evaluate(instance, result.plan).violations, IsEmpty());
}

TEST(Placement, PricesTheNextMoneyByWhatItBuys) {
  const PlacementInstance instance = small_border({10, 1}, {0, 0});
  const PlacementResult result = solve_placement(instance, kQuick);
  const BudgetStep none = next_purchases(instance, result, 2);
  EXPECT_EQ(none.loss_avoided, 0);  // a drone costs 3 + 2 × 0.8
  const BudgetStep drone = next_purchases(instance, result, 4.6);
  ASSERT_THAT(drone.buys, SizeIs(1));
  EXPECT_EQ(drone.buys[0].stretch, 0U);
  EXPECT_EQ(drone.buys[0].kind, 1U);
  EXPECT_NEAR(drone.loss_avoided, 2, 1e-12);  // a tenth of 10 in each of two years
}

TEST(Placement, AddsWhatTheMoneyBuysBestTogether) {
  PlacementInstance instance = small_border({10, 10, 10}, {0, 0});
  instance.kinds = {{"tower", 5, 0, 0, {0.52}, 1}, {"drone", 3, 0, 0, {0.3}, 1}};
  const BudgetStep step = next_purchases(instance, solve_placement(instance, kQuick), 9);
  EXPECT_NEAR(step.loss_avoided, 18, 1e-9);  // three drones; a tower and a drone avoid 16.4
  EXPECT_THAT(step.buys, SizeIs(3));
  EXPECT_TRUE(step.proven);
}

class NextMoney : public testing::TestWithParam<PlacementGoal> {};

TEST_P(NextMoney, IsBoundedByEveryPlanWithSoMuchMore) {
  for (const unsigned seed : {1U, 2U, 4U, 9U}) {
    const PlacementInstance instance = random_border(seed, GetParam());
    const PlacementResult result = solve_placement(instance, kQuick);
    const BudgetStep step = next_purchases(instance, result, default_extra_budget(instance));
    PlacementInstance richer = instance;
    richer.budget_per_year[0] += step.extra_budget;
    double best = result.value;
    double best_added = result.value;
    for_every_plan(richer, [&](const Purchases& plan) {
      const PlacementEvaluation evaluation = evaluate(richer, {plan}, result.best_losses);
      if (!evaluation.violations.empty()) return;
      best = std::min(best, evaluation.value);
      if (includes(plan, result.plan[0])) best_added = std::min(best_added, evaluation.value);
    });
    EXPECT_LE(step.loss_avoided, result.value - best_added + 1e-9) << seed;
    if (step.proven) {
      EXPECT_NEAR(step.loss_avoided, result.value - best_added, 1e-9) << seed;
    }
    if (step.loss_avoided_at_most) {
      EXPECT_GE(*step.loss_avoided_at_most, result.value - best - 1e-9) << seed;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Placement, NextMoney,
                         testing::Values(PlacementGoal::expected, PlacementGoal::cvar,
                                         PlacementGoal::regret));

TEST(Placement, SplitsTheLastFutureOfATail) {
  const std::vector<double> quarter(4, 0.25);
  EXPECT_DOUBLE_EQ(cvar({1, 2, 3, 4}, quarter, 0), 2.5);
  EXPECT_DOUBLE_EQ(cvar({1, 2, 3, 4}, quarter, 0.5), 3.5);
  EXPECT_NEAR(cvar({1, 2, 3, 4}, quarter, 0.6), (0.25 * 4 + 0.15 * 3) / 0.4, 1e-12);
  EXPECT_DOUBLE_EQ(cvar({1, 2, 3, 4}, quarter, 0.9), 4);
}

TEST(Placement, TellsWhereDisplacedAttemptsGo) {
  PlacementInstance instance = small_border({10, 4}, {0, 0});
  instance.displacement = {0.5, 1, 0.9};
  instance.loss = {1, 2};
  const auto flow = displacement_flow(instance, Purchases(instance));
  ASSERT_THAT(flow, SizeIs(1));  // 0.9 × 2 > 1, but 0.9 × 1 < 2
  EXPECT_EQ(flow[0].from, 0U);
  EXPECT_EQ(flow[0].to, 1U);
  EXPECT_DOUBLE_EQ(flow[0].attempts, 10);  // half of ten in each of two years
}

TEST(Placement, TheWorstOfAllFuturesIsTheirMean) {
  for (unsigned seed = 1; seed <= 6; ++seed) {
    PlacementInstance tail = random_border(seed, PlacementGoal::cvar);
    tail.alpha = 0;
    PlacementInstance mean = tail;
    mean.goal = PlacementGoal::expected;
    const PlacementResult of_tail = solve_placement(tail, kQuick);
    const PlacementResult of_mean = solve_placement(mean, kQuick);
    EXPECT_EQ(of_tail.plan, of_mean.plan);
    EXPECT_NEAR(of_tail.value, of_mean.value, 1e-12 * of_mean.value);
    EXPECT_THAT(detail::PlacementModel(tail).attempts, SizeIs(1));
  }
}

}  // namespace
}  // namespace panj::plan
