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

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Name and problem, as far as the file could be read.
ordered_json headed(const plan::InstanceFile& instance) {
  ordered_json out = plan::roomy_object();
  if (instance.problem.empty()) return out;
  out["name"] = instance.name;
  out["problem"] = instance.problem;
  return out;
}

ordered_json rejected(const plan::InstanceFile& instance, const InvalidInput& error,
                      double seconds) {
  ordered_json out = headed(instance);
  out.update({{"value", nullptr},
              {"bound", nullptr},
              {"gap", nullptr},
              {"status", "rejected"},
              {"seconds", seconds}});
  out["field"] = error.problems().front().field;
  for (const Problem& problem : error.problems()) {
    out["problems"].push_back({{"field", problem.field},
                               {"what", problem.what},
                               {"why", problem.why},
                               {"suggestion", problem.suggestion}});
  }
  return out;
}

void run(const PlanSolveOptions& options, const CommonOptions& common) {
  plan::InstanceFile instance{.file = options.file, .name = {}, .problem = {}, .root = {}};
  auto start = Clock::now();
  try {
    instance = plan::read_instance(options.file);
    start = Clock::now();
    const plan::Solution solution =
        plan::solve(instance, {.seed = common.seed,
                               .threads = common.threads,
                               .time_limit_seconds = options.time_limit_seconds});
    ordered_json result = headed(instance);
    result.update(plan::to_json(solution, seconds_since(start)));
    write_output(options.output, common.json ? result.dump(2) + "\n" : readable(result));
  } catch (const InvalidInput& error) {
    if (common.json) {
      write_output({}, rejected(instance, error, seconds_since(start)).dump(2) + "\n");
    }
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
