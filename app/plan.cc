// SPDX-License-Identifier: Apache-2.0
#include "plan.h"

#include <array>
#include <filesystem>

#include "number_in.h"

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

bool names_theatre(const std::string& subject) {
  const std::filesystem::path path(subject);
  return std::filesystem::is_directory(path) || path.extension() == ".toml";
}

void add_time_limit(CLI::App& command, double& seconds) {
  command
      .add_option("--time-limit", seconds,
                  "Stop searching after so many seconds; the answer then depends on the machine")
      ->check(number_in(0, 1e8))
      ->type_name("SECONDS");
}

void add_output(CLI::App& command, std::string& path) {
  command.add_option("-o,--out", path, "Write here instead of to stdout")->type_name("FILE");
}

}  // namespace panj::app
