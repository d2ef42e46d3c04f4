// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <chrono>
#include <memory>

#include "output.h"
#include "panj/core/log.h"
#include "panj/core/problem.h"
#include "panj/plan/solve.h"
#include "plan.h"

namespace panj::app {
namespace {

using nlohmann::ordered_json;

struct PlanSolveOptions {
  std::string file;
  double time_limit_seconds = 0;
  std::string output;
};

ordered_json rejected(const InvalidInput& error) {
  ordered_json out{
      {"value", nullptr}, {"bound", nullptr}, {"gap", nullptr}, {"status", "rejected"}};
  out["field"] = error.problems().front().field;
  for (const Problem& problem : error.problems()) {
    out["problems"].push_back({{"field", problem.field},
                               {"what", problem.what},
                               {"why", problem.why},
                               {"suggestion", problem.suggestion}});
  }
  return out;
}

ordered_json solved(const PlanSolveOptions& options, const CommonOptions& common) {
  const plan::InstanceFile instance = plan::read_instance(options.file);
  const auto start = std::chrono::steady_clock::now();
  const plan::Solution solution =
      plan::solve(instance, {.seed = common.seed,
                             .threads = common.threads,
                             .time_limit_seconds = options.time_limit_seconds});
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  ordered_json out = plan::roomy_object();
  out["name"] = instance.name;
  out["problem"] = instance.problem;
  out.update(plan::to_json(solution, seconds.count()));
  return out;
}

void run(const PlanSolveOptions& options, const CommonOptions& common) {
  try {
    const ordered_json result = solved(options, common);
    write_output(options.output, common.json ? result.dump(2) + "\n" : readable(result));
  } catch (const InvalidInput& error) {
    if (common.json) write_output({}, rejected(error).dump(2) + "\n");
    throw;
  }
}

}  // namespace

void add_plan_solve(CLI::App& plan, CommonOptions& common, ExitCode&) {
  const auto options = std::make_shared<PlanSolveOptions>();
  CLI::App& command = *plan.add_subcommand(
      "solve",
      "Solve one planning problem given as a JSON file; prints value, bound, gap and the plan");
  command.add_option("FILE", options->file, "The instance; its \"problem\" says which one it is")
      ->required();
  add_time_limit(command, options->time_limit_seconds);
  add_output(command, options->output);
  add_common_options(command, common);
  command.footer(
      fmt::format("Problems: {}.\n\nExamples:\n"
                  "  panj plan solve patrol.json\n"
                  "  panj plan solve patrol.json --json -o answer.json\n",
                  fmt::join(plan::known_problems(), ", ")));
  command.callback([options, &common] { run(*options, common); });
}

}  // namespace panj::app
