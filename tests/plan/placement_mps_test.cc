// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/placement_mps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <CbcModel.hpp>
#include <OsiClpSolverInterface.hpp>

#include "panj/core/file.h"
#include "plan/placement_world.h"

namespace panj::plan {
namespace {

using testing::StartsWith;

/// The optimum that CBC finds in the exported text.
double optimum(const std::string& mps) {
  const TemporaryFolder folder(std::filesystem::temp_directory_path());
  const auto path = folder.path() / "placement.mps";
  write_file(path, mps);
  OsiClpSolverInterface solver;
  solver.messageHandler()->setLogLevel(0);
  EXPECT_EQ(solver.readMps(path.c_str(), ""), 0);
  CbcModel cbc(solver);
  cbc.setLogLevel(0);
  cbc.setAllowableGap(0);
  cbc.setAllowableFractionGap(0);
  cbc.branchAndBound();
  return cbc.getObjValue();
}

class EveryGoal : public testing::TestWithParam<PlacementGoal> {};

TEST_P(EveryGoal, CbcFindsTheSameOptimumInTheExport) {
  for (const unsigned seed : {1U, 2U}) {
    const PlacementInstance instance = random_border(seed, GetParam());
    const PlacementResult result = solve_placement(instance, {.effort = 0.05});
    ASSERT_TRUE(result.proven);
    const std::string mps = placement_mps(instance, result);
    EXPECT_THAT(mps, StartsWith("* tangents at every reachable point: exact\n"));
    EXPECT_NEAR(optimum(mps), result.value, 1e-5 * result.value);
  }
}

INSTANTIATE_TEST_SUITE_P(PlacementMps, EveryGoal,
                         testing::Values(PlacementGoal::expected, PlacementGoal::cvar,
                                         PlacementGoal::regret, PlacementGoal::nested));

TEST(PlacementMps, IsALowerBoundWithMoreCombinations) {
  PlacementInstance instance = small_border({9, 5}, {60, 40});
  for (EquipmentKind& kind : instance.kinds) kind.max_per_stretch = 9;
  const PlacementResult result = solve_placement(instance, {.effort = 0.05});
  EXPECT_LE(optimum(placement_mps(instance, result)), result.value + 1e-6);
}

}  // namespace
}  // namespace panj::plan
