// SPDX-License-Identifier: Apache-2.0
// Reference instances; how their values were proven or found is told in the files.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "panj/core/file.h"
#include "panj/plan/placement_evaluate.h"
#include "panj/plan/placement_instance.h"
#include "paths.h"

namespace panj::plan {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::IsEmpty;
namespace fs = std::filesystem;

const fs::path kInstances = test::source_path("../shared/data/plan");

class GoldenPlacement : public testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(kInstances)) GTEST_SKIP() << "the shared planning instances are absent";
  }

  static json read(const std::string& name) {
    return json::parse(read_file(kInstances / (name + ".json")));
  }
  static PlacementInstance instance(const json& root) {
    return read_placement(parse_instance(root.dump(), "golden.json")).instance;
  }
  static void expect_optimum(const std::string& name) {
    const json root = read(name);
    const PlacementInstance border = instance(root);
    const PlacementResult result = solve_placement(border, {.effort = 0.2});
    const auto expected = root["optimum"]["value"].get<double>();
    EXPECT_NEAR(result.value, expected, 1e-6 * expected);
    EXPECT_NEAR(result.bound, expected, 1e-6 * expected);
    EXPECT_TRUE(result.proven);
    EXPECT_THAT(evaluate(border, result.plan, result.best_losses).violations, IsEmpty());
  }
  /// A plan between the best known bound and the best known value, with a bound no worse.
  static void expect_best_known(const std::string& name, double bound_gap) {
    const json root = read(name);
    const PlacementInstance border = instance(root);
    const PlacementResult result = solve_placement(border, {});
    EXPECT_LE(result.value, root["tolerance"]["value_must_not_exceed"].get<double>());
    EXPECT_GE(result.value, root["tolerance"]["value_must_not_be_below"].get<double>());
    EXPECT_LE(result.bound, result.value);
    EXPECT_GE(result.bound, (1 - bound_gap) * root["optimum"]["value"].get<double>());
    EXPECT_THAT(evaluate(border, result.plan).violations, IsEmpty());
  }
};

TEST_F(GoldenPlacement, ExpectedLossIsProven) {
  expect_optimum("p1_tiny_expected");
}
TEST_F(GoldenPlacement, TailLossIsProven) {
  expect_optimum("p1_tiny_cvar");
}
TEST_F(GoldenPlacement, RegretIsProven) {
  expect_optimum("p1_tiny_regret");
}
TEST_F(GoldenPlacement, NestedIsProven) {
  expect_optimum("p1_tiny_nested");
}

TEST_F(GoldenPlacement, EightStretchesReachTheProvenValue) {
  const json root = read("p1_medium_expected");
  const PlacementResult result = solve_placement(instance(root), {.effort = 0.5});
  const auto expected = root["optimum"]["value"].get<double>();
  EXPECT_NEAR(result.value, expected, 1e-6 * expected);
  EXPECT_LE(result.bound, result.value);
  EXPECT_GE(result.bound, 0.98 * expected);
}

TEST_F(GoldenPlacement, TwentyFourStretchesReachTheBestKnown) {
  expect_best_known("p1_large_expected", 0.005);
}

TEST_F(GoldenPlacement, TwentyFourStretchesWithTailAndDisplacementReachTheBestKnown) {
  expect_best_known("p1_large_cvar_displacement", 0.006);
}

TEST_F(GoldenPlacement, ReEvaluatesTheGoldenPlansToTheirValues) {
  for (const std::string name : {"p1_tiny_expected", "p1_tiny_cvar", "p1_medium_expected",
                                 "p1_large_expected", "p1_large_cvar_displacement"}) {
    SCOPED_TRACE(name);
    const json root = read(name);
    const PlacementInstance border = instance(root);
    Purchases plan(border);
    const json& table = root["optimum"]["purchases_by_stretch_kind_year"];
    for (std::size_t i = 0; i < plan.stretches(); ++i) {
      for (std::size_t k = 0; k < plan.kinds(); ++k) {
        for (std::size_t t = 0; t < plan.years(); ++t) plan.at(i, k, t) = table[i][k][t];
      }
    }
    const PlacementEvaluation evaluation = evaluate(border, {plan});
    EXPECT_NEAR(evaluation.value, root["optimum"]["value"].get<double>(), 1e-8 * evaluation.value);
    EXPECT_THAT(evaluation.violations, IsEmpty());
  }
}

TEST_F(GoldenPlacement, NamesTheSmallestRepair) {
  json root = read("p1_tiny_expected");
  root["min_posts"] = {1, 1, 1};
  const PlacementResult result = solve_placement(instance(root), {});
  ASSERT_TRUE(result.repair.has_value());
  EXPECT_THAT(result.repair->extra_budget_per_year, ElementsAre(16.0, 0.0, 0.0));
}

}  // namespace
}  // namespace panj::plan
