// SPDX-License-Identifier: Apache-2.0
#include "plan.h"

#include <array>

namespace panj::app {
namespace {

constexpr auto kPlanCommands = std::to_array<AddCommand>({
    add_plan_placement,
    add_plan_patrol,
    add_plan_interdict,
    add_plan_exercises,
    add_plan_solve,
});

}  // namespace

void add_plan(CLI::App& program, CommonOptions& common, ExitCode& exit_code) {
  CLI::App* plan = program.add_subcommand(
      "plan", "What to place where and when, how to patrol, where to interdict, when to exercise");
  plan->require_subcommand(1);
  for (const AddCommand add : kPlanCommands) add(*plan, common, exit_code);
}

}  // namespace panj::app
