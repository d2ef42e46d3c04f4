// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/line_game.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>

#include "panj/plan/roster_instance.h"

namespace panj::plan {
namespace {

TEST(LineGame, ProgrammeAndFormulaAgree) {
  for (int nodes = 1; nodes <= 7; ++nodes) {
    for (int duration = 1; duration <= 5; ++duration) {
      const LinePatrol patrol = solve_line_game({nodes, duration});
      ASSERT_EQ(patrol.method, "programme on windows");
      EXPECT_NEAR(patrol.value, line_game_formula({nodes, duration}), 1e-7)
          << nodes << " " << duration;
    }
  }
}

TEST(LineGame, TheStrategyIsAWalkThatVisitsEveryPostOftenEnough) {
  const LinePatrol patrol = solve_line_game({5, 3});
  std::map<int, double> visited;
  std::map<Window, double> flow;
  double all = 0;
  for (const WindowShare& window : patrol.windows) {
    all += window.share;
    for (int post = 0; post < 5; ++post) {
      if (std::ranges::count(window.posts, post) > 0) visited[post] += window.share;
    }
    flow[{window.posts.begin(), window.posts.end() - 1}] += window.share;
    flow[{window.posts.begin() + 1, window.posts.end()}] -= window.share;
  }
  EXPECT_NEAR(all, 1, 1e-9);
  for (const auto& [post, share] : visited) EXPECT_GE(share, 3.0 / 7 - 1e-7) << post;
  for (const auto& [overlap, excess] : flow) EXPECT_NEAR(excess, 0, 1e-7);
}

TEST(LineGame, ClaimsNoProofWhereTheFormulaIsNotChecked) {
  const LinePatrol patrol = solve_line_game({50, 8});
  EXPECT_EQ(patrol.method, "formula");
  EXPECT_NEAR(patrol.value, 8.0 / 57, 1e-12);
  EXPECT_NEAR(patrol.bound, 8.0 / 50, 1e-12);
  const LinePatrol checked = solve_line_game({8, 9}, 100);
  EXPECT_EQ(checked.method, "formula");
  EXPECT_EQ(checked.bound, checked.value);
}

TEST(LineGame, AttacksOfOneStepMeetAWalkThatIsEverywhereAsOften) {
  std::map<int, double> flow;
  for (const WindowShare& window : solve_line_game({4, 1}).windows) {
    ASSERT_EQ(window.posts.size(), 2U);
    EXPECT_LE(std::abs(window.posts[0] - window.posts[1]), 1);
    flow[window.posts[0]] += window.share;
    flow[10 + window.posts[1]] += window.share;
  }
  for (const auto& [post, share] : flow) EXPECT_NEAR(share, 0.25, 1e-12) << post;
}

TEST(LineInstance, WarnsOfAFormulaThatIsNotCheckedAndGivesEveryStrategy) {
  const Solution solution = solve_line_instance(
      parse_instance(R"({"problem": "line_patrol", "games": [{"nodes": 5, "attack_duration": 3},
                         {"nodes": 50, "attack_duration": 8}]})",
                     "line.json"),
      {});
  EXPECT_EQ(solution.status, Status::feasible);
  EXPECT_GT(solution.bound, solution.value);
  ASSERT_EQ(solution.warnings.size(), 1U);
  EXPECT_EQ(solution.warnings[0].find("50 nodes, attacks of 8 steps: "), 0U);
  EXPECT_EQ(solution.details["games"][0]["windows"][0]["posts"].size(), 3U);
  EXPECT_EQ(solution.details["games"][1]["windows"], nullptr);
}

TEST(LineGame, LongAttacksAreAlwaysCaught) {
  EXPECT_EQ(solve_line_game({50, 98}).value, 1);
  EXPECT_EQ(solve_line_game({50, 98}).method, "formula");
  EXPECT_EQ(solve_line_game({1, 1}).value, 1);
}

}  // namespace
}  // namespace panj::plan
