// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "number_in.h"
#include "output.h"
#include "panj/plan/interdiction_instance.h"
#include "panj/plan/interdiction_of_theatre.h"
#include "plan.h"
#include "plan_report.h"

namespace panj::app {
namespace {

struct InterdictOptions {
  std::string subject;
  double time_limit_seconds = 0;
  std::string output;
  // Of a theatre.
  plan::TheatreInterdictionOptions theatre;
  std::string elevation;
  std::uint32_t replicates = 1000;
};

void write(const InterdictOptions& options, const CommonOptions& common,
           const nlohmann::ordered_json& report) {
  write_output(options.output, common.json ? report.dump(2) + "\n" : readable(report));
}

plan::SolveOptions solve_options(const InterdictOptions& options, const CommonOptions& common) {
  return {.seed = common.seed,
          .threads = common.threads,
          .time_limit_seconds = options.time_limit_seconds};
}

void run(const InterdictOptions& options, const CommonOptions& common) {
  const ReportClock clock;
  const plan::InstanceFile instance = plan::read_instance(options.subject);
  expect_problem(instance, {"interdict_smuggling"});
  const plan::Solution solution = plan::solve_named_interdiction(plan::read_interdiction(instance),
                                                                 solve_options(options, common));
  write(options, common, clock.report(instance, solution));
}

/// The plan beside the same equipment spread evenly, by what gets through in the simulator.
std::string compare(const plan::Ground& ground, const InterdictOptions& options,
                    const CommonOptions& common, const plan::Solution& solution) {
  const auto equip = solution.details["equip"].get<std::vector<std::size_t>>();
  if (equip.empty()) return "Nothing is equipped.";
  const std::vector<plan::Candidate> candidates{
      plan::spread_evenly(ground, equip.size(), options.theatre),
      plan::equipped(ground, equip, options.theatre)};
  const auto simulation = plan::resimulate(
      ground, candidates,
      {.replicates = options.replicates, .seed = common.seed, .threads = common.threads});
  return plan::verdict(plan::contest_of(simulation, 1, "tonnes_through_per_year"),
                       "the same equipment spread evenly", "at the same cost",
                       "tonnes that get through");
}

void run_theatre(InterdictOptions options, const CommonOptions& common) {
  const ReportClock clock;
  if (!options.elevation.empty()) options.theatre.elevation = options.elevation;
  const theatre::Theatre theatre = theatre::read_theatre(options.subject);
  const plan::Ground ground(theatre);
  const plan::NamedInterdiction named = plan::interdiction_of(ground, options.theatre);
  plan::Solution solution = plan::solve_named_interdiction(named, solve_options(options, common));
  solution.details["verdict"] = compare(ground, options, common, solution);
  const plan::InstanceFile of{options.subject, theatre.id, "interdict_smuggling", {}};
  write(options, common, clock.report(of, solution));
}

}  // namespace

void add_plan_interdict(CLI::App& plan, CommonOptions& common, ExitCode&) {
  const auto options = std::make_shared<InterdictOptions>();
  CLI::App& command = *plan.add_subcommand("interdict",
                                           "Which checkpoints to equip against smugglers who see "
                                           "the equipment and take the way that is\n"
                                           "then best for them");
  command
      .add_option("SUBJECT", options->subject,
                  "An instance of problem interdict_smuggling, or the folder of a theatre")
      ->required();
  add_time_limit(command, options->time_limit_seconds);
  add_output(command, options->output);
  const char* const group = "For a theatre";
  command
      .add_option("--checkpoints", options->theatre.checkpoints,
                  "Stretches and crossings that can be equipped, each with a team and 4 sensors")
      ->check(CLI::Range(0, 1000))
      ->capture_default_str()
      ->group(group);
  command
      .add_option("--elevation", options->elevation,
                  "Heights in metres for ways on foot, any raster that GDAL reads; in\n"
                  "place of the raster that the theatre names")
      ->type_name("FILE")
      ->group(group);
  command
      .add_option("--exposure", options->theatre.exposure_hours,
                  "Hours on the way after which 37 of 100 smugglers are still unseen")
      ->check(number_in(0.001, 1e6))
      ->capture_default_str()
      ->group(group);
  command.add_option("--replicates", options->replicates, "Simulate each package so many times")
      ->check(CLI::Range(2, 1000000))
      ->capture_default_str()
      ->group(group);
  add_common_options(command, common);
  command.footer(
      "Examples:\n"
      "  panj plan interdict smuggling.json\n"
      "  panj plan interdict smuggling.json --json -o plan.json\n"
      "  panj plan interdict theatres/tajik-afghan --checkpoints 4\n"
      "  panj plan interdict theatres/tajik-afghan --elevation dem.tif\n");
  command.callback([options, &common] {
    names_theatre(options->subject) ? run_theatre(*options, common) : run(*options, common);
  });
}

}  // namespace panj::app
