// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/quantal.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "panj/core/random.h"

namespace panj::plan {
namespace {

GeneralSumGame random_quantal_game(std::uint32_t world, std::size_t stretches, double resources) {
  RandomStream random(13, {.replicate = world});
  const auto draw = [&] { return 10 * random.uniform(); };
  GeneralSumGame game;
  game.resources = resources;
  for (std::size_t i = 0; i < stretches; ++i) {
    game.attacker_uncovered.push_back(draw());
    game.attacker_covered.push_back(i % 5 == 4 ? game.attacker_uncovered[i] : -draw());
    game.defender_uncovered.push_back(-draw());
    game.defender_covered.push_back(i % 4 == 3 ? game.defender_uncovered[i] : draw());
  }
  return game;
}

/// The best coverage of two stretches on a fine grid.
double best_of_grid(const GeneralSumGame& game, double rationality) {
  double best = -1e300;
  constexpr int kSteps = 400;
  for (int a = 0; a <= kSteps; ++a) {
    for (int b = 0; b <= kSteps; ++b) {
      const double x = static_cast<double>(a) / kSteps;
      const double y = static_cast<double>(b) / kSteps;
      if (x + y > game.resources) continue;
      best = std::max(best, quantal_value(game, rationality, {x, y}));
    }
  }
  return best;
}

TEST(Quantal, BeatsEveryPointOfAGridAndIsNearItsBest) {
  for (std::uint32_t world = 0; world < 12; ++world) {
    for (const double rationality : {0.0, 0.3, 1.5}) {
      const GeneralSumGame game = random_quantal_game(world, 2, 0.8);
      const QuantalPatrol patrol = solve_quantal(game, rationality);
      const double grid = best_of_grid(game, rationality);
      EXPECT_GE(patrol.value, grid - 1e-12);
      EXPECT_LT(patrol.value, grid + 0.05);
    }
  }
}

TEST(Quantal, ProvesItsValue) {
  for (std::uint32_t world = 0; world < 40; ++world) {
    for (const double rationality : {0.0, 0.2, 0.76, 3.0, 40.0}) {
      const GeneralSumGame game = random_quantal_game(world, 12, 0.5 * (world % 9));
      const QuantalPatrol patrol = solve_quantal(game, rationality);
      const auto& x = patrol.coverage;
      EXPECT_LE(std::accumulate(x.begin(), x.end(), 0.0), game.resources + 1e-9);
      EXPECT_NEAR(quantal_value(game, rationality, x), patrol.value, 1e-12);
      EXPECT_NEAR(patrol.bound, patrol.value, 1e-6) << world << " " << rationality;
    }
  }
}

TEST(Quantal, UniformAttackPatrolsWhereCoverageHelpsMost) {
  // P = 1/2 each: value (−4 + 6x + −2 + 2y)/2 with x + y = 1.
  const GeneralSumGame game{1, {1, 9}, {0, 0}, {-4, -2}, {2, 0}};
  const QuantalPatrol patrol = solve_quantal(game, 0);
  EXPECT_NEAR(patrol.value, 0, 1e-12);
  EXPECT_NEAR(patrol.coverage[0], 1, 1e-9);
}

TEST(Quantal, AnAttackerThatDoesNotErrIsTheStackelbergOne) {
  const GeneralSumGame game{1, {6, 4, 3}, {0, 0, 0}, {-6, -4, -3}, {0, 0, 0}};
  EXPECT_NEAR(solve_quantal(game, 200).value, -8.0 / 3, 0.05);
}

TEST(Quantal, MoreResourcesNeverHurt) {
  for (std::uint32_t world = 0; world < 20; ++world) {
    const double few = solve_quantal(random_quantal_game(world, 8, 1), 0.8).value;
    EXPECT_GE(solve_quantal(random_quantal_game(world, 8, 2), 0.8).value, few - 1e-9);
  }
}

}  // namespace
}  // namespace panj::plan
