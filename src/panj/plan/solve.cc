// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/solve.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "panj/core/problem.h"
#include "panj/plan/calendar_instance.h"
#include "panj/plan/general_sum_instance.h"
#include "panj/plan/interdiction_instance.h"
#include "panj/plan/patrol_instance.h"
#include "panj/plan/placement_instance.h"
#include "panj/plan/roster_instance.h"

namespace panj::plan {
namespace {

struct Solver {
  std::string_view problem;
  Solution (*solve)(const InstanceFile& instance, const SolveOptions& options);
};

constexpr auto kSolvers = std::to_array<Solver>({
    {"place_equipment", solve_placement_instance},
    {"patrol_zero_sum", solve_zero_sum_instance},
    {"patrol_general_sum", solve_general_sum_instance},
    {"patrol_quantal", solve_quantal_instance},
    {"roster_comb", solve_roster_instance},
    {"line_patrol", solve_line_instance},
    {"interdict_smuggling", solve_interdiction_instance},
    {"exercise_calendar", solve_calendar_instance},
});

}  // namespace

std::vector<std::string> known_problems() {
  std::vector<std::string> names;
  names.reserve(kSolvers.size());
  for (const Solver& solver : kSolvers) names.emplace_back(solver.problem);
  return names;
}

Solution solve(const InstanceFile& instance, const SolveOptions& options) {
  const auto* const solver = std::ranges::find(kSolvers, instance.problem, &Solver::problem);
  if (solver == kSolvers.end()) {
    throw InvalidInput(Problem{.file = instance.file,
                               .field = "problem",
                               .what = "'" + instance.problem + "' is not a known problem",
                               .suggestion = suggest_name(instance.problem, known_problems())});
  }
  return solver->solve(instance, options);
}

}  // namespace panj::plan
