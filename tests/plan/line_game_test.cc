// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/line_game.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

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

TEST(LineGame, LongAttacksAreAlwaysCaught) {
  EXPECT_EQ(solve_line_game({50, 98}).value, 1);
  EXPECT_EQ(solve_line_game({50, 98}).method, "formula");
  EXPECT_EQ(solve_line_game({1, 1}).value, 1);
}

}  // namespace
}  // namespace panj::plan
