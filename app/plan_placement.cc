// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <chrono>
#include <memory>
#include <optional>

#include "number_in.h"
#include "output.h"
#include "panj/plan/placement_instance.h"
#include "panj/plan/placement_mps.h"
#include "panj/plan/placement_report.h"
#include "panj/plan/placement_sampling.h"
#include "panj/plan/placement_units.h"
#include "plan.h"
#include "plan_placement.h"

namespace panj::app {
namespace {

using nlohmann::ordered_json;
using plan::PlacementInstance;
using plan::PlacementResult;

void judge_on_fresh(const PlacementInstance& instance, const PlacementResult& result,
                    const std::string& path, const plan::PlacementOptions& options,
                    ordered_json& json) {
  const PlacementInstance fresh = plan::read_placement(plan::read_instance(path)).instance;
  if (fresh.years.size() != instance.years.size() || fresh.stretches != instance.stretches ||
      fresh.types != instance.types) {
    throw InvalidInput(Problem{.file = path,
                               .field = "scenarios",
                               .what = "are of other years, stretches or types",
                               .why = "fresh futures must have the instance's shape"});
  }
  const plan::SamplingGap gap = plan::sampling_gap(instance, result, fresh.scenarios, options);
  add_sampling(gap, json);
  json["sampling"]["fresh_futures"] = fresh.scenarios.size();
}

void run(const PlacementCommand& command, const CommonOptions& common) {
  const plan::PlacementFile file = plan::read_placement(plan::read_instance(command.subject));
  const plan::PlacementOptions options{.effort = command.effort,
                                       .threads = common.threads,
                                       .seed = common.seed,
                                       .time_limit_seconds = command.time_limit_seconds};
  const auto start = std::chrono::steady_clock::now();
  const PlacementResult result = plan::solve_placement_in_its_units(file.instance, options);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  plan::Solution solution =
      plan::report_placement(file.instance, result, options, command.extra_budget);
  solution.warnings.insert(solution.warnings.begin(), file.warnings.begin(), file.warnings.end());
  ordered_json json{{"name", file.instance.name}, {"problem", "place_equipment"}};
  json.update(plan::to_json(solution, seconds.count()));
  const bool sampled = file.instance.goal == plan::PlacementGoal::expected ||
                       file.instance.goal == plan::PlacementGoal::cvar;
  if (!command.fresh.empty() && !result.repair && sampled) {
    judge_on_fresh(file.instance, result, command.fresh, options, json);
  }
  if (!command.mps.empty()) write_file(command.mps, plan::placement_mps(file.instance, result));
  if (!command.csv.empty() && !result.repair) {  // an empty table would look like a plan
    write_file(command.csv, placement_csv(file.instance, result));
  }
  write_output(command.output,
               common.json ? json.dump(2) + "\n" : placement_text(file.instance, result, json));
}

void add_theatre_options(CLI::App& command, PlacementCommand& options) {
  const char* const group = "For a theatre";
  command.add_option("--futures", options.futures, "Draw so many futures to plan for")
      ->check(CLI::Range(2, 100000))
      ->capture_default_str()
      ->group(group);
  command.add_option("--budget", options.budget, "M$ a year; the theatre's measures.budget")
      ->check(number_in(0, kMostMoney))
      ->type_name("M$")
      ->group(group);
  command.add_option("--objective", options.goal, "expected, cvar or regret")
      ->check(CLI::IsMember({"expected", "cvar", "regret"}))
      ->capture_default_str()
      ->group(group);
  command.add_option("--alpha", options.alpha, "Of cvar: plan for the worst 1 - alpha of futures")
      ->check(number_in(0, 0.999))
      ->capture_default_str()
      ->group(group);
  command.add_option("--replicates", options.replicates, "Simulate each package so many times")
      ->check(CLI::Range(2, 1000000))
      ->capture_default_str()
      ->group(group);
  command.add_option("--instance", options.instance, "Write the instance made of the theatre")
      ->type_name("FILE")
      ->group(group);
}

}  // namespace

void add_plan_placement(CLI::App& plan, CommonOptions& common, ExitCode&) {
  const auto options = std::make_shared<PlacementCommand>();
  CLI::App& command = *plan.add_subcommand(
      "placement", "Which stretch gets which equipment in which year, and how sure that is");
  command
      .add_option("SUBJECT", options->subject,
                  "An instance of problem place_equipment, or the folder of a theatre")
      ->required();
  command
      .add_option("--fresh", options->fresh,
                  "An instance with independent futures: judge the plan on them, 20 or more\n"
                  "for each of its own; with 30 the sampling gap is told as well (from 11 on,\n"
                  "less surely; expected and cvar)")
      ->type_name("FILE");
  command.add_option("--csv", options->csv, "Write the purchases as a table")->type_name("FILE");
  command.add_option("--export-mps", options->mps, "Write the problem in MPS for any other solver")
      ->type_name("FILE");
  command
      .add_option(
          "--extra-budget", options->extra_budget,
          "What to price: so much more in the first year; by default the dearest kind's price")
      ->check(number_in(0, kMostMoney))
      ->type_name("MONEY");
  command.add_option("--effort", options->effort, "Search so many times as long as usual")
      ->check(number_in(0.001, 1000))
      ->capture_default_str();
  add_time_limit(command, options->time_limit_seconds);
  add_output(command, options->output);
  add_theatre_options(command, *options);
  add_common_options(command, common);
  command.footer(
      "Examples:\n"
      "  panj plan placement border.json\n"
      "  panj plan placement border.json --csv plan.csv --json -o plan.json\n"
      "  panj plan placement border.json --export-mps border.mps\n"
      "  panj plan placement theatres/tajik-afghan --futures 200\n"
      "  panj plan placement theatres/tajik-afghan --objective cvar --budget 45 --csv plan.csv\n"
      "\n"
      "Of a theatre the instance is built from the simulator; the plan is then simulated beside "
      "the\n"
      "status quo and the theatre's programme.");
  command.callback([options, &common] {
    if (names_theatre(options->subject)) return plan_placement_of_theatre(*options, common);
    run(*options, common);
  });
}

}  // namespace panj::app
