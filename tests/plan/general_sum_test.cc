// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/general_sum.h"

#include <gtest/gtest.h>

#include <CbcModel.hpp>
#include <CoinPackedMatrix.hpp>
#include <OsiClpSolverInterface.hpp>
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

/// One mixed-integer programme (Paruchuri et al. 2008, for one type of attacker), solved by CBC:
/// max d subject to Σx ≤ m, Σa = 1, 0 ≤ u − Uᵢ(xᵢ) ≤ (1 − aᵢ) M, d − Dᵢ(xᵢ) ≤ (1 − aᵢ) M, a binary.
double value_by_one_integer_programme(const GeneralSumGame& game) {
  const int n = static_cast<int>(game.size());
  const int gain = 2 * n;   // columns x, a, u, d
  const double range = 40;  // M: gains lie in [−5, 5]
  OsiClpSolverInterface solver;
  solver.messageHandler()->setLogLevel(0);
  CoinPackedMatrix matrix(false, 0, 0);
  matrix.setDimensions(0, gain + 2);
  std::vector<double> low;
  std::vector<double> high;
  const auto add = [&](const std::vector<std::pair<int, double>>& entries, double least,
                       double most) {
    CoinPackedVector row;
    for (const auto& [column, value] : entries) row.insert(column, value);
    matrix.appendRow(row);
    low.push_back(least);
    high.push_back(most);
  };
  const double infinity = solver.getInfinity();
  std::vector<std::pair<int, double>> patrols;
  std::vector<std::pair<int, double>> attacks;
  patrols.reserve(game.size());
  attacks.reserve(game.size());
  for (int i = 0; i < n; ++i) {
    const auto at = static_cast<std::size_t>(i);
    const double u = game.attacker_uncovered[at];
    const double d = game.defender_uncovered[at];
    patrols.emplace_back(i, 1.0);
    attacks.emplace_back(n + i, 1.0);
    add({{gain, 1.0}, {i, u - game.attacker_covered[at]}}, u, infinity);
    add({{gain, 1.0}, {i, u - game.attacker_covered[at]}, {n + i, range}}, -infinity, range + u);
    add({{gain + 1, 1.0}, {i, d - game.defender_covered[at]}, {n + i, range}}, -infinity,
        range + d);
  }
  add(patrols, -infinity, game.resources);
  add(attacks, 1, 1);
  std::vector<double> floor(static_cast<std::size_t>(gain) + 2, 0.0);
  std::vector<double> ceiling(floor.size(), 1.0);
  std::vector<double> cost(floor.size(), 0.0);
  std::fill(floor.end() - 2, floor.end(), -range);
  std::fill(ceiling.end() - 2, ceiling.end(), range);
  cost.back() = -1;
  solver.loadProblem(matrix, floor.data(), ceiling.data(), cost.data(), low.data(), high.data());
  for (int i = n; i < gain; ++i) solver.setInteger(i);
  CbcModel cbc(solver);
  cbc.setLogLevel(0);
  cbc.setDblParam(CbcModel::CbcIntegerTolerance, 1e-9);
  cbc.setAllowableGap(0);
  cbc.setAllowableFractionGap(0);
  cbc.branchAndBound();
  EXPECT_TRUE(cbc.isProvenOptimal());
  return -cbc.getObjValue();
}

class GeneralSum : public testing::TestWithParam<bool> {};

TEST_P(GeneralSum, FillingAgreesWithOneProgrammePerStretch) {
  for (std::uint32_t world = 0; world < 150; ++world) {
    const GeneralSumGame game = random_game(world, 1 + world % 9, GetParam());
    const GeneralSumPatrol filled = solve_general_sum(game);
    EXPECT_NEAR(filled.value, solve_general_sum_by_programmes(game).value, 1e-7) << world;
  }
}

TEST_P(GeneralSum, OneIntegerProgrammeAgreesWithBothMethods) {
  for (std::uint32_t world = 1000; world < 1040; ++world) {
    const GeneralSumGame game = random_game(world, 1 + world % 6, GetParam());
    const double value = value_by_one_integer_programme(game);
    EXPECT_NEAR(solve_general_sum(game).value, value, 1e-5) << world;
    EXPECT_NEAR(solve_general_sum_by_programmes(game).value, value, 1e-5) << world;
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
