// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/general_sum_instance.h"

#include <fmt/format.h>

#include <numeric>

#include "panj/plan/quantal.h"

namespace panj::plan {
namespace {

GeneralSumGame read_game(InstanceReader& reader) {
  GeneralSumGame game;
  game.resources = reader.number("resources", kNotNegative);
  game.attacker_uncovered = reader.numbers("attacker_gain_uncovered", kAnyNumber);
  if (reader.has("attacker_gain_uncovered") && game.size() == 0) {
    reader.fault("attacker_gain_uncovered", "is empty", "needs a stretch");
  }
  const Length stretches{game.size(), "attacker_gain_uncovered"};
  game.attacker_covered = reader.numbers("attacker_gain_covered", kAnyNumber, stretches);
  game.defender_uncovered = reader.numbers("defender_gain_uncovered", kAnyNumber, stretches);
  game.defender_covered = reader.numbers("defender_gain_covered", kAnyNumber, stretches);
  expect_order(reader, "attacker_gain_covered", game.attacker_covered, "attacker_gain_uncovered",
               game.attacker_uncovered);
  return game;
}

}  // namespace

GeneralSumGame read_general_sum(const InstanceFile& file) {
  Problems problems;
  InstanceReader reader(file, problems);
  GeneralSumGame game = read_game(reader);
  reader.finish();
  problems.throw_if_any();
  return game;
}

QuantalGame read_quantal(const InstanceFile& file) {
  Problems problems;
  InstanceReader reader(file, problems);
  QuantalGame quantal{read_game(reader), reader.number("rationality", kNotNegative)};
  expect_order(reader, "defender_gain_uncovered", quantal.game.defender_uncovered,
               "defender_gain_covered", quantal.game.defender_covered);
  reader.finish();
  problems.throw_if_any();
  return quantal;
}

Solution solve_general_sum_instance(const InstanceFile& file, const SolveOptions&) {
  GeneralSumGame game = read_general_sum(file);
  const GeneralSumPatrol patrol = solve_general_sum(game);
  Solution solution{.status = Status::optimal, .value = patrol.value, .bound = patrol.value};
  solution.details["attacked_stretch"] = patrol.attacked_stretch;
  solution.details["attacker_gain"] = patrol.attacker_gain;
  solution.details["coverage"] = patrol.coverage;
  solution.details["coverage_used"] =
      std::accumulate(patrol.coverage.begin(), patrol.coverage.end(), 0.0);
  game.resources += 1;
  solution.details["value_of_one_more_resource"] = solve_general_sum(game).value - patrol.value;
  return solution;
}

Solution solve_quantal_instance(const InstanceFile& file, const SolveOptions&) {
  QuantalGame quantal = read_quantal(file);
  const QuantalPatrol patrol = solve_quantal(quantal.game, quantal.rationality);
  Solution solution{.status = Status::optimal, .value = patrol.value, .bound = patrol.bound};
  constexpr double kProven = 1e-9;
  if (patrol.bound - patrol.value > kProven * std::max(1.0, std::abs(patrol.value))) {
    solution.status = Status::feasible;
  }
  solution.details["coverage"] = patrol.coverage;
  solution.details["coverage_used"] =
      std::accumulate(patrol.coverage.begin(), patrol.coverage.end(), 0.0);
  solution.details["attack_probability"] = patrol.attack_probability;
  quantal.game.resources += 1;
  solution.details["value_of_one_more_resource"] =
      solve_quantal(quantal.game, quantal.rationality).value - patrol.value;
  return solution;
}

}  // namespace panj::plan
