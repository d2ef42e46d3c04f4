// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/general_sum.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "panj/core/contract.h"
#include "panj/plan/detail/linear_programme.h"
#include "panj/plan/patrol.h"

namespace panj::plan {
namespace {

constexpr double kTie = 1e-12;

/// The coverage that makes j, whose gain reaches `lowest`, the stretch that is attacked.
std::vector<double> coverage_for(const GeneralSumGame& game, std::size_t j, double lowest) {
  const bool patrol_moves_attacker = game.attacker_uncovered[j] > game.attacker_covered[j];
  const bool patrol_helps = game.defender_covered[j] >= game.defender_uncovered[j];
  const double level = patrol_moves_attacker && patrol_helps ? lowest : game.attacker_uncovered[j];
  std::vector<double> coverage =
      coverage_at_level(game.attacker_uncovered, game.attacker_covered, std::max(level, lowest));
  if (!patrol_moves_attacker && patrol_helps) {
    const double used = std::accumulate(coverage.begin(), coverage.end(), 0.0);
    coverage[j] = std::clamp(game.resources - used, 0.0, 1.0);
  }
  return coverage;
}

/// Our gain from j under that coverage, without making the coverage of all others.
double gain_from(const GeneralSumGame& game, std::size_t j, double lowest) {
  if (game.defender_covered[j] < game.defender_uncovered[j]) return game.defender_uncovered[j];
  if (game.attacker_uncovered[j] <= game.attacker_covered[j]) {
    return game.defender_gain(j, coverage_for(game, j, lowest)[j]);
  }
  const double coverage = (game.attacker_uncovered[j] - lowest) /
                          (game.attacker_uncovered[j] - game.attacker_covered[j]);
  return game.defender_gain(j, std::clamp(coverage, 0.0, 1.0));
}

}  // namespace

GeneralSumPatrol solve_general_sum(const GeneralSumGame& game) {
  PANJ_EXPECT(game.size() > 0);
  const double lowest =
      lowest_level(game.attacker_uncovered, game.attacker_covered, game.resources);
  const double reach = lowest - kTie * std::max(1.0, std::abs(lowest));
  std::size_t attacked = game.size();
  double best = 0;
  for (std::size_t j = 0; j < game.size(); ++j) {
    if (game.attacker_uncovered[j] < reach) continue;
    const double gain = gain_from(game, j, lowest);
    if (attacked == game.size() || gain > best + kTie * std::max(1.0, std::abs(best))) {
      best = gain;
      attacked = j;
    }
  }
  GeneralSumPatrol patrol{best, attacked, 0, coverage_for(game, attacked, lowest)};
  patrol.attacker_gain = game.attacker_gain(attacked, patrol.coverage[attacked]);
  return patrol;
}

GeneralSumPatrol solve_general_sum_by_programmes(const GeneralSumGame& game) {
  GeneralSumPatrol best;
  bool found = false;
  for (std::size_t j = 0; j < game.size(); ++j) {
    detail::LinearProgramme programme(game.size(), 0.0, 1.0);
    programme.set_cost(j, -(game.defender_covered[j] - game.defender_uncovered[j]));
    std::vector<detail::LinearProgramme::Entry> all;
    for (std::size_t i = 0; i < game.size(); ++i) {
      all.push_back({i, 1.0});
      if (i == j) continue;
      // Uj + (Ucj − Uuj) xj ≥ Ui + (Uci − Uui) xi
      programme.add_row({{j, game.attacker_covered[j] - game.attacker_uncovered[j]},
                         {i, game.attacker_uncovered[i] - game.attacker_covered[i]}},
                        game.attacker_uncovered[i] - game.attacker_uncovered[j],
                        detail::kUnbounded);
    }
    programme.add_row(all, -detail::kUnbounded, game.resources);
    const auto solution = programme.minimise();
    if (!solution) continue;
    const double value = game.defender_uncovered[j] - solution->value;
    if (found && value <= best.value + 1e-9) continue;
    found = true;
    best = {value, j, game.attacker_gain(j, solution->x[j]), solution->x};
  }
  return best;
}

}  // namespace panj::plan
