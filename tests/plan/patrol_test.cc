// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/patrol.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "panj/core/random.h"

namespace panj::plan {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;
using testing::Pointwise;

ZeroSumGame random_patrol_game(std::uint32_t world, std::size_t stretches, double resources) {
  RandomStream random(7, {.replicate = world});
  ZeroSumGame game{.resources = resources, .loss_if_uncovered = {}, .loss_if_covered = {}};
  for (std::size_t i = 0; i < stretches; ++i) {
    const double covered = 4 * random.uniform();
    game.loss_if_covered.push_back(covered);
    // Some stretches where a patrol does nothing, and some alike.
    game.loss_if_uncovered.push_back(i % 7 == 0 ? covered
                                                : covered + std::ceil(8 * random.uniform()) / 2);
  }
  return game;
}

double largest_loss(const ZeroSumGame& game, const std::vector<double>& coverage) {
  double worst = -1e300;
  for (std::size_t i = 0; i < coverage.size(); ++i) {
    const double v = game.loss_if_uncovered[i];
    worst = std::max(worst, v - (v - game.loss_if_covered[i]) * coverage[i]);
  }
  return worst;
}

double needed(const ZeroSumGame& game, double level) {
  const auto x = coverage_at_level(game.loss_if_uncovered, game.loss_if_covered, level);
  return std::accumulate(x.begin(), x.end(), 0.0);
}

TEST(ZeroSumPatrol, FillsDownToOneLevel) {
  // By hand: 1 − x/6 + 1 − x/4 + 1 − x/3 = 1 gives x = 8/3, above 2 and 1.
  const ZeroSumPatrol patrol = solve_zero_sum({1, {6, 4, 3, 2, 1}, {0, 0, 0, 0, 0}});
  EXPECT_DOUBLE_EQ(patrol.value, 8.0 / 3);
  EXPECT_THAT(patrol.coverage, Pointwise(DoubleNear(1e-15), {5.0 / 9, 1.0 / 3, 1.0 / 9, 0.0, 0.0}));
  EXPECT_THAT(patrol.attackable, ElementsAre(0, 1, 2));
}

TEST(ZeroSumPatrol, StopsAtWhatNoPatrolCanPrevent) {
  // Stretch 1 costs 5 even when covered, so that more than 0.2 on stretch 0 buys nothing.
  const ZeroSumPatrol patrol = solve_zero_sum({2, {6, 5.5, 1}, {1, 5, 0}});
  EXPECT_EQ(patrol.value, 5);
  EXPECT_THAT(patrol.coverage, Pointwise(DoubleNear(1e-15), {0.2, 1.0, 0.0}));
  EXPECT_LT(patrol.coverage_used, 2);
}

TEST(ZeroSumPatrol, KeepsItsPromiseAndNoLevelBelowIsAffordable) {
  for (std::uint32_t world = 0; world < 200; ++world) {
    const ZeroSumGame game = random_patrol_game(world, 1 + world % 40, 0.37 * (world % 23));
    const ZeroSumPatrol patrol = solve_zero_sum(game);
    EXPECT_LE(patrol.coverage_used, game.resources + 1e-9);
    EXPECT_NEAR(largest_loss(game, patrol.coverage), patrol.value, 1e-9);
    const double unavoidable = *std::ranges::max_element(game.loss_if_covered);
    EXPECT_GE(patrol.value, unavoidable);
    if (patrol.value > unavoidable) {
      EXPECT_GT(needed(game, patrol.value - 1e-6), game.resources);
    }
  }
}

TEST(ZeroSumPatrol, MoreResourcesNeverHurt) {
  for (std::uint32_t world = 0; world < 50; ++world) {
    double before = 1e300;
    for (const double resources : {0.0, 0.5, 1.0, 2.0, 7.0, 100.0}) {
      const double value = solve_zero_sum(random_patrol_game(world, 30, resources)).value;
      EXPECT_LE(value, before);
      before = value;
    }
  }
}

TEST(ZeroSumPatrol, OrderOfStretchesDoesNotMatter) {
  const ZeroSumGame game = random_patrol_game(3, 60, 4);
  ZeroSumGame turned = game;
  std::ranges::reverse(turned.loss_if_uncovered);
  std::ranges::reverse(turned.loss_if_covered);
  ZeroSumPatrol patrol = solve_zero_sum(turned);
  std::ranges::reverse(patrol.coverage);
  EXPECT_THAT(patrol.coverage, Pointwise(DoubleNear(1e-12), solve_zero_sum(game).coverage));
}

TEST(ZeroSumPatrol, SortsWhatNewtonLeaves) {
  // Losses 1, 2, 4, … make Newton's method drop one stretch a pass.
  ZeroSumGame game{.resources = 1, .loss_if_uncovered = {}, .loss_if_covered = {}};
  for (int i = 0; i < 60; ++i) {
    game.loss_if_uncovered.push_back(std::ldexp(1.0, i));
    game.loss_if_covered.push_back(0);
  }
  const ZeroSumPatrol patrol = solve_zero_sum(game);
  EXPECT_NEAR(needed(game, patrol.value), 1, 1e-12);
}

}  // namespace
}  // namespace panj::plan
