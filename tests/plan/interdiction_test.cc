// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/interdiction.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "panj/core/random.h"
#include "panj/plan/interdiction_instance.h"

namespace panj::plan {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

enum class Costs { equal, unequal };

InterdictionProblem random_problem(std::uint32_t world, std::size_t checkpoints,
                                   std::size_t evaders, Costs costs) {
  RandomStream random(23, {.replicate = world});
  InterdictionProblem p;
  for (std::size_t k = 0; k < checkpoints; ++k) {
    p.cost.push_back(costs == Costs::equal ? 1 : std::round(8 * random.uniform()) / 2);
  }
  p.budget = costs == Costs::equal ? std::floor(5 * random.uniform()) : 9 * random.uniform();
  p.routes.resize(evaders);
  for (std::size_t w = 0; w < evaders; ++w) {
    p.probability.push_back(1.0 / static_cast<double>(evaders));
    for (std::size_t k = 0; k < checkpoints; ++k) {
      if (random.uniform() < 0.4) continue;
      const double pass = std::round(20 * random.uniform()) / 20;  // with ties
      p.routes[w].push_back({k, pass, pass * 0.4 * random.uniform()});
    }
  }
  return p;
}

double best_of_all(const InterdictionProblem& p) {
  const std::size_t n = p.cost.size();
  double best = 1;
  for (std::size_t set = 0; set < (std::size_t{1} << n); ++set) {
    std::vector<bool> equipped(n);
    double cost = 0;
    for (std::size_t k = 0; k < n; ++k) {
      equipped[k] = (set >> k & 1) != 0;
      cost += equipped[k] ? p.cost[k] : 0;
    }
    if (cost <= p.budget + 1e-9) best = std::min(best, pass_probability(p, equipped));
  }
  return best;
}

double cost_of(const InterdictionProblem& p, const InterdictionPlan& plan) {
  double cost = 0;
  for (const std::size_t k : plan.equip) cost += p.cost[k];
  return cost;
}

class InterdictionOf : public testing::TestWithParam<Costs> {};

TEST_P(InterdictionOf, NoOtherSetLetsFewerPass) {
  for (std::uint32_t world = 0; world < 120; ++world) {
    const InterdictionProblem p = random_problem(world, 3 + world % 8, 12, GetParam());
    const InterdictionPlan plan = solve_interdiction(p);
    EXPECT_NEAR(plan.value, best_of_all(p), 1e-9) << world;
    EXPECT_EQ(plan.bound, plan.value) << world;
    EXPECT_LE(cost_of(p, plan), p.budget + 1e-9);
  }
}

TEST_P(InterdictionOf, MoreBudgetNeverHurts) {
  for (std::uint32_t world = 0; world < 30; ++world) {
    InterdictionProblem p = random_problem(world, 9, 15, GetParam());
    double before = 1;
    for (p.budget = 0; p.budget < 6; p.budget += 1) {
      const double value = solve_interdiction(p).value;
      EXPECT_LE(value, before + 1e-12);
      before = value;
    }
  }
}

TEST_P(InterdictionOf, BoundsHoldWhenTheSearchIsCutShort) {
  for (std::uint32_t world = 0; world < 30; ++world) {
    const InterdictionProblem p = random_problem(world, 10, 40, GetParam());
    const InterdictionPlan plan = solve_interdiction(p, {.most_work = 1});
    const double best = best_of_all(p);
    EXPECT_LE(plan.bound, best + 1e-9) << world;
    EXPECT_GE(plan.value, best - 1e-9);
  }
}

TEST_P(InterdictionOf, OrderOfCheckpointsDoesNotMatter) {
  for (std::uint32_t world = 0; world < 20; ++world) {
    InterdictionProblem p = random_problem(world, 8, 12, GetParam());
    const double value = solve_interdiction(p).value;
    std::ranges::reverse(p.cost);
    for (auto& routes : p.routes) {
      for (EvaderRoute& route : routes) route.checkpoint = p.cost.size() - 1 - route.checkpoint;
    }
    EXPECT_NEAR(solve_interdiction(p).value, value, 1e-9);
  }
}

INSTANTIATE_TEST_SUITE_P(Problems, InterdictionOf, testing::Values(Costs::equal, Costs::unequal),
                         [](const auto& costs) {
                           return costs.param == Costs::equal ? "EqualCosts" : "UnequalCosts";
                         });

TEST(Interdiction, EquipsBothWaysWhenOneIsOfNoUse) {
  // One evader with ways 0.9 and 0.8; the third checkpoint stops another one at 0.3.
  const InterdictionProblem p{
      {1, 1, 1}, 2, {0.5, 0.5}, {{{0, 0.9, 0.1}, {1, 0.8, 0.1}}, {{2, 0.5, 0.2}}}};
  const InterdictionPlan plan = solve_interdiction(p);
  EXPECT_THAT(plan.equip, ElementsAre(0, 1));
  EXPECT_NEAR(plan.value, 0.5 * 0.1 + 0.5 * 0.5, 1e-12);
}

TEST(Interdiction, EquipsNoCheckpointThatPreventsNothing) {
  // Once the first is equipped the evader takes the second, which equipment does not help.
  InterdictionProblem p{{1, 1, 1}, 3, {1}, {{{0, 0.9, 0.1}, {1, 0.5, 0.5}, {2, 0.3, 0.1}}}};
  const InterdictionPlan plan = solve_interdiction(p);
  EXPECT_THAT(plan.equip, ElementsAre(0));
  EXPECT_EQ(plan.value, 0.5);
  EXPECT_EQ(plan.bound, plan.value);
  p.routes = {{{0, 0.5, 0.5}, {1, 0.5, 0.4}, {2, 0.3, 0.1}}};
  EXPECT_THAT(solve_interdiction(p).equip, testing::IsEmpty());
}

TEST_P(InterdictionOf, EachCheckpointOfThePlanIsNeeded) {
  for (std::uint32_t world = 0; world < 60; ++world) {
    const InterdictionProblem p = random_problem(world, 3 + world % 8, 12, GetParam());
    const InterdictionPlan plan = solve_interdiction(p);
    std::vector<bool> equipped(p.cost.size(), false);
    for (const std::size_t k : plan.equip) equipped[k] = true;
    for (const std::size_t k : plan.equip) {
      equipped[k] = false;
      EXPECT_GT(pass_probability(p, equipped), plan.value) << world << " " << k;
      equipped[k] = true;
    }
  }
}

TEST(InterdictionInstance, NamesNoNextCheckpointThatPreventsNothing) {
  const InstanceFile file = parse_instance(
      R"({"problem": "interdict_smuggling", "checkpoints": ["a", "b"], "evaders": ["x"],
          "evader_probability": [1], "equip_cost": [1, 1], "budget": 2,
          "routes": [[0, 0, 0.9, 0.1], [0, 1, 0.5, 0.5]]})",
      "i.json");
  const Solution solution = solve_interdiction_instance(file, {});
  EXPECT_EQ(solution.details["equip"], nlohmann::ordered_json::array({0}));
  EXPECT_EQ(solution.details["next_checkpoint"], nullptr);
}

TEST(InterdictionInstance, TellsEveryEvadersWayBeforeAndAfter) {
  const InstanceFile file = parse_instance(
      R"({"problem": "interdict_smuggling", "checkpoints": ["a", "b"], "evaders": ["x", "y"],
          "evader_probability": [0.5, 0.5], "equip_cost": [1, 1], "budget": 1,
          "routes": [[0, 0, 0.9, 0.1], [0, 1, 0.5, 0.2]]})",
      "i.json");
  const Solution solution = solve_interdiction_instance(file, {});
  EXPECT_NEAR(solution.value, 0.25, 1e-12);
  EXPECT_EQ(solution.details["evaders"][0]["before"], "a");
  EXPECT_EQ(solution.details["evaders"][0]["after"], "b");
  EXPECT_EQ(solution.details["next_checkpoint"]["checkpoint"], "b");
  EXPECT_NEAR(solution.details["further_units"][0]["prevents_more"].get<double>(), 0.15, 1e-12);
  ASSERT_EQ(solution.warnings.size(), 1U);
  EXPECT_THAT(solution.warnings[0], HasSubstr("y has no route"));
}

TEST(InterdictionInstance, RefusesASecondWayThroughACheckpoint) {
  try {
    (void)read_interdiction(parse_instance(
        R"({"problem": "interdict_smuggling", "checkpoints": ["a", "b"], "evaders": ["x"],
            "evader_probability": [1], "equip_cost": [1, 1], "budget": 1,
            "routes": [[0, 0, 0.5, 0.4], [0, 1, 0.5, 0.4], [0, 0, 0.3, 0.2]]})",
        "i.json"));
    FAIL() << "expected InvalidInput";
  } catch (const InvalidInput& error) {
    EXPECT_THAT(error.what(), HasSubstr("routes[2]: is a second way of x through a"));
  }
}

TEST(InterdictionInstance, NamesEveryFault) {
  try {
    (void)read_interdiction(parse_instance(
        R"({"problem": "interdict_smuggling", "checkpoints": ["a"], "evaders": ["x"],
            "evader_probability": [1], "equip_cost": [1], "budget": -1,
            "routes": [[0, 1, 0.5, 0.4], [0, 0, 1.5, 0], [0, 0, 0.2, 0.3], [0]]})",
        "i.json"));
    FAIL() << "expected InvalidInput";
  } catch (const InvalidInput& error) {
    for (const char* field :
         {"budget: ", "routes[0][1]: ", "routes[1][2]: ", "routes[2]: ", "routes[3]: "}) {
      EXPECT_THAT(error.what(), HasSubstr(field));
    }
    EXPECT_EQ(error.problems().size(), 6U) << "routes[2] is a second way, too";
  }
}

}  // namespace
}  // namespace panj::plan
