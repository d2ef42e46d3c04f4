// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/quantal.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
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

/// The best value of two or three stretches on a grid with `steps` steps from 0 to 1.
double best_of_grid(const GeneralSumGame& game, double rationality, int steps) {
  const int last = game.size() > 2 ? steps : 0;
  double best = -1e300;
  std::vector<double> x(game.size());
  for (int a = 0; a <= steps; ++a) {
    for (int b = 0; b <= steps; ++b) {
      for (int c = 0; c <= last; ++c) {
        if (a + b + c > game.resources * steps) break;
        x[0] = static_cast<double>(a) / steps;
        x[1] = static_cast<double>(b) / steps;
        if (last > 0) x[2] = static_cast<double>(c) / steps;
        best = std::max(best, quantal_value(game, rationality, x));
      }
    }
  }
  return best;
}

double sum_of(const std::vector<double>& x) {
  return std::accumulate(x.begin(), x.end(), 0.0);
}

TEST(Quantal, BeatsEveryPointOfAGridAndIsNearItsBest) {
  for (std::uint32_t world = 0; world < 12; ++world) {
    for (const double rationality : {0.0, 0.3, 1.5}) {
      const GeneralSumGame game = random_quantal_game(world, 2, 0.8);
      const QuantalPatrol patrol = solve_quantal(game, rationality);
      const double grid = best_of_grid(game, rationality, 400);
      EXPECT_GE(patrol.value, grid - 1e-12);
      EXPECT_LT(patrol.value, grid + 0.05);
    }
  }
}

TEST(Quantal, AStretchWhosePatrolsTheAttackerIgnoresGetsNoMoreThanThereIs) {
  const GeneralSumGame game{0.25, {2.1, 2.0}, {2.1, 2.0}, {-7, -9}, {0, 0}};
  const QuantalPatrol patrol = solve_quantal(game, 0.5);
  // P does not change: a patrol saves 7 P₁ or 9 P₂.
  const double second = 1 / (1 + std::exp(0.05));
  EXPECT_NEAR(patrol.value, -7 * (1 - second) - 9 * second + 0.25 * 9 * second, 1e-12);
  EXPECT_NEAR(patrol.coverage[0], 0, 1e-12);
  EXPECT_NEAR(patrol.coverage[1], 0.25, 1e-12);
}

/// A game in round numbers, half of its stretches such that the attacker ignores patrols there.
GeneralSumGame game_of_ignored_patrols(std::uint32_t world, std::size_t stretches) {
  RandomStream random(14, {.replicate = world});
  const auto draw = [&](int most) { return std::floor(random.uniform() * (most + 1)); };
  GeneralSumGame game;
  game.resources = draw(6) / 4;
  for (std::size_t i = 0; i < stretches; ++i) {
    game.attacker_uncovered.push_back(draw(50) / 10);
    game.attacker_covered.push_back(game.attacker_uncovered[i] - draw(1) * draw(4));
    game.defender_uncovered.push_back(-draw(9));
    game.defender_covered.push_back(game.defender_uncovered[i] + draw(1) * draw(9));
  }
  return game;
}

void expect_best_within_resources(std::size_t stretches, std::uint32_t worlds, int steps) {
  for (std::uint32_t world = 0; world < worlds; ++world) {
    const GeneralSumGame game = game_of_ignored_patrols(world, stretches);
    const double rationality = std::array{0.3, 0.5, 1.0}[world % 3];
    const QuantalPatrol patrol = solve_quantal(game, rationality);
    EXPECT_LE(sum_of(patrol.coverage), game.resources + 1e-12) << world;
    EXPECT_GE(*std::ranges::min_element(patrol.coverage), 0) << world;
    EXPECT_LE(*std::ranges::max_element(patrol.coverage), 1) << world;
    const double grid = best_of_grid(game, rationality, steps);
    EXPECT_GE(patrol.value, grid - 1e-11) << world;
    EXPECT_LT(patrol.value, grid + 0.05) << world;
    EXPECT_NEAR(patrol.bound, patrol.value, 1e-9) << world;
  }
}

TEST(Quantal, IsTheBestWithinTheResourcesWhereTheAttackerIgnoresPatrols) {
  expect_best_within_resources(2, 2000, 60);
  expect_best_within_resources(3, 500, 20);
}

TEST(Quantal, ProvesItsValue) {
  for (std::uint32_t world = 0; world < 40; ++world) {
    for (const double rationality : {0.0, 0.2, 0.76, 3.0, 40.0}) {
      const GeneralSumGame game = random_quantal_game(world, 12, 0.5 * (world % 9));
      const QuantalPatrol patrol = solve_quantal(game, rationality);
      const auto& x = patrol.coverage;
      EXPECT_LE(sum_of(x), game.resources + 1e-12);
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
