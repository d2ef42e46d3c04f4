// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/patrol_instance.h"

#include <fmt/format.h>

namespace panj::plan {
namespace {

std::vector<double> read_stretches(InstanceReader& reader, const std::string& name) {
  std::vector<double> values = reader.numbers(name, kAnyNumber);
  if (reader.has(name) && values.empty()) reader.fault(name, "is empty", "needs a stretch");
  return values;
}

}  // namespace

ZeroSumGame read_zero_sum(const InstanceFile& file) {
  Problems problems;
  InstanceReader reader(file, problems);
  ZeroSumGame game;
  game.resources = reader.number("resources", kNotNegative);
  game.loss_if_uncovered = read_stretches(reader, "loss_if_uncovered");
  game.loss_if_covered = reader.numbers("loss_if_covered", kAnyNumber,
                                        Length{game.loss_if_uncovered.size(), "loss_if_uncovered"});
  expect_order(reader, "loss_if_covered", game.loss_if_covered, "loss_if_uncovered",
               game.loss_if_uncovered);
  reader.finish();
  problems.throw_if_any();
  return game;
}

Solution solve_zero_sum_instance(const InstanceFile& file, const SolveOptions&) {
  ZeroSumGame game = read_zero_sum(file);
  const ZeroSumPatrol patrol = solve_zero_sum(game);
  Solution solution{.status = Status::optimal, .value = patrol.value, .bound = patrol.value};
  solution.details["coverage"] = patrol.coverage;
  solution.details["coverage_used"] = patrol.coverage_used;
  solution.details["stretches_attackable"] = patrol.attackable;
  game.resources += 1;
  solution.details["value_of_one_more_resource"] =
      patrol.value - lowest_level(game.loss_if_uncovered, game.loss_if_covered, game.resources);
  return solution;
}

}  // namespace panj::plan
