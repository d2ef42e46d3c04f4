// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/general_sum.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "panj/core/random.h"

namespace panj::plan {
namespace {

/// Gains in quarters, so that ties and stretches that a patrol does not change come up.
GeneralSumGame random_game(std::uint32_t world, std::size_t stretches, bool patrol_may_harm) {
  RandomStream random(11, {.replicate = world});
  const auto draw = [&] { return std::round(40 * random.uniform()) / 4 - 5; };
  GeneralSumGame game;
  game.resources = std::round(4 * 3 * random.uniform()) / 4;
  for (std::size_t i = 0; i < stretches; ++i) {
    const double a = draw();
    const double b = draw();
    const double c = draw();
    const double d = draw();
    game.attacker_uncovered.push_back(std::max(a, b));
    game.attacker_covered.push_back(std::min(a, b));
    game.defender_uncovered.push_back(patrol_may_harm ? c : std::min(c, d));
    game.defender_covered.push_back(patrol_may_harm ? d : std::max(c, d));
  }
  return game;
}

/// What the attacker's best reply leaves us with, ties in our favour.
double value_against_best_reply(const GeneralSumGame& game, const std::vector<double>& coverage) {
  double most = -1e300;
  for (std::size_t i = 0; i < game.size(); ++i) {
    most = std::max(most, game.attacker_gain(i, coverage[i]));
  }
  double value = -1e300;
  for (std::size_t i = 0; i < game.size(); ++i) {
    if (game.attacker_gain(i, coverage[i]) < most - 1e-9) continue;
    value = std::max(value, game.defender_gain(i, coverage[i]));
  }
  return value;
}

class GeneralSum : public testing::TestWithParam<bool> {};

TEST_P(GeneralSum, FillingAgreesWithOneProgrammePerStretch) {
  for (std::uint32_t world = 0; world < 150; ++world) {
    const GeneralSumGame game = random_game(world, 1 + world % 9, GetParam());
    const GeneralSumPatrol filled = solve_general_sum(game);
    EXPECT_NEAR(filled.value, solve_general_sum_by_programmes(game).value, 1e-7) << world;
  }
}

TEST_P(GeneralSum, KeepsItsPromiseAgainstTheBestReply) {
  for (std::uint32_t world = 0; world < 150; ++world) {
    const GeneralSumGame game = random_game(world, 1 + world % 9, GetParam());
    const GeneralSumPatrol patrol = solve_general_sum(game);
    const auto& x = patrol.coverage;
    EXPECT_LE(std::accumulate(x.begin(), x.end(), 0.0), game.resources + 1e-9);
    EXPECT_NEAR(value_against_best_reply(game, x), patrol.value, 1e-9) << world;
  }
}

TEST_P(GeneralSum, MoreResourcesNeverHurt) {
  for (std::uint32_t world = 0; world < 50; ++world) {
    GeneralSumGame game = random_game(world, 6, GetParam());
    const double before = solve_general_sum(game).value;
    game.resources += 0.5;
    EXPECT_GE(solve_general_sum(game).value, before - 1e-12);
  }
}

INSTANTIATE_TEST_SUITE_P(Patrols, GeneralSum, testing::Bool(), [](const auto& harms) {
  return harms.param ? "ThatMayHarm" : "ThatHelp";
});

TEST(GeneralSum, ZeroSumIsTheSpecialCase) {
  const GeneralSumGame game{1, {6, 4, 3}, {0, 0, 0}, {-6, -4, -3}, {0, 0, 0}};
  EXPECT_NEAR(solve_general_sum(game).value, -8.0 / 3, 1e-12);
}

}  // namespace
}  // namespace panj::plan
