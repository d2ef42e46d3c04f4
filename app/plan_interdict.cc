// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "output.h"
#include "panj/plan/interdiction_instance.h"
#include "plan.h"
#include "plan_report.h"

namespace panj::app {
namespace {

struct InterdictOptions {
  std::string file;
  double time_limit_seconds = 0;
  std::string output;
};

void run(const InterdictOptions& options, const CommonOptions& common) {
  const ReportClock clock;
  const plan::InstanceFile instance = plan::read_instance(options.file);
  expect_problem(instance, {"interdict_smuggling"});
  const plan::Solution solution = plan::solve_named_interdiction(
      plan::read_interdiction(instance), {.seed = common.seed,
                                          .threads = common.threads,
                                          .time_limit_seconds = options.time_limit_seconds});
  const auto report = clock.report(instance, solution);
  write_output(options.output, common.json ? report.dump(2) + "\n" : readable(report));
}

}  // namespace

void add_plan_interdict(CLI::App& plan, CommonOptions& common, ExitCode&) {
  const auto options = std::make_shared<InterdictOptions>();
  CLI::App& command = *plan.add_subcommand("interdict",
                                           "Which checkpoints to equip against smugglers who see "
                                           "the equipment and take the way that is\n"
                                           "then best for them");
  command.add_option("FILE", options->file, "An instance of problem interdict_smuggling")
      ->required();
  command
      .add_option("--time-limit", options->time_limit_seconds,
                  "Stop searching after so many seconds; the answer then depends on the machine")
      ->check(CLI::NonNegativeNumber)
      ->type_name("SECONDS");
  command.add_option("-o,--out", options->output, "Write here instead of to stdout")
      ->type_name("FILE");
  add_common_options(command, common);
  command.footer(
      "Examples:\n"
      "  panj plan interdict smuggling.json\n"
      "  panj plan interdict smuggling.json --json -o plan.json\n");
  command.callback([options, &common] { run(*options, common); });
}

}  // namespace panj::app
