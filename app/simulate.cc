// SPDX-License-Identifier: Apache-2.0
#include "panj/spillover/simulate.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "assumption_setting.h"
#include "command.h"
#include "forecast_driver.h"
#include "limit_case_view.h"
#include "number_in.h"
#include "output.h"
#include "panj/core/file.h"
#include "panj/core/log.h"
#include "panj/core/manifest.h"
#include "panj/core/problem.h"
#include "panj/sim/netcdf_sink.h"
#include "panj/spillover/driver.h"
#include "panj/spillover/explain.h"
#include "panj/spillover/limit_cases.h"
#include "panj/spillover/outcomes.h"
#include "simulation_view.h"

namespace panj::app {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSimulateHelp = R"(
Examples:
  panj simulate theatres/tajik-afghan                       all packages, 1,000 replicates
  panj simulate theatres/tajik-afghan --packages P0,P1 --replicates 200 --json
  panj simulate theatres/tajik-afghan --set defence.guards=9000 --out out/guards
  panj simulate theatres/tajik-afghan --packages P0 --explain P7 --replicates 200
  panj simulate --limit-case A

With --out: outcomes.csv, series.csv, stretches.csv, exceedance.csv, simulate.json, manifest.json;
with --by-step also steps.csv, with --netcdf also replicates.nc.)";

struct SimulateOptions {
  std::string theatre;
  std::vector<std::string> packages;
  std::int64_t replicates = 1000;
  std::optional<int> from;
  std::optional<int> to;
  int steps_per_year = 12;
  std::optional<std::int64_t> stretches;
  std::vector<std::string> sets;
  double feedback = 1.0;
  std::string out;
  std::string limit_case;
  std::string explain;
  std::string driver = "none";
  std::string model = "conflictology-12";
  bool netcdf = false;
  bool by_step = false;
};

/// A count as the library takes it; what it makes of 0 is its own matter.
std::uint32_t count_of(const char* option, std::int64_t given) {
  constexpr std::int64_t kMost = std::numeric_limits<std::uint32_t>::max();
  if (given >= 0 && given <= kMost) return static_cast<std::uint32_t>(given);
  throw InvalidInput(Problem{.field = option,
                             .what = fmt::format("is {}", given),
                             .why = fmt::format("must lie in [1, {}]", kMost)});
}

spillover::Geometry geometry_with(const theatre::Theatre& theatre,
                                  const spillover::Parameters& parameters,
                                  const SimulateOptions& options) {
  if (!options.stretches) return spillover::geometry_of(theatre, parameters);
  return spillover::geometry_of(theatre, parameters, count_of("--stretches", *options.stretches));
}

spillover::Parameters parameters_with(const theatre::Theatre& theatre,
                                      const SimulateOptions& options) {
  auto parameters = spillover::parameters_of(theatre, parse_settings(theatre, options.sets));
  parameters.feedback = options.feedback;
  return parameters;
}

spillover::SimulationOptions simulation_options(const theatre::Theatre& theatre,
                                                const SimulateOptions& options,
                                                const CommonOptions& common) {
  spillover::SimulationOptions simulation{
      .replicates = count_of("--replicates", options.replicates),
      .seed = common.seed,
      .threads = common.threads,
      .settings = spillover::settings_of(theatre)};
  if (options.from) simulation.settings.first_year = *options.from;
  if (options.to) simulation.settings.last_year = *options.to;
  simulation.settings.steps_per_year = options.steps_per_year;
  if (theatre.containment) simulation.containment = *theatre.containment;
  if (options.driver == "forecast") {
    spillover::validate(simulation.settings);
    simulation.settings.operations = spillover::operations_of(
        forecast_next_door(theatre, options.model, common.seed), simulation.settings);
  }
  return simulation;
}

Manifest manifest_of(const theatre::Theatre& theatre, const SimulateOptions& options,
                     const CommonOptions& common) {
  Manifest manifest("simulate", common.arguments, common.seed);
  manifest.add_input(theatre.file);
  for (const fs::path& line : theatre.border.line_files) manifest.add_input(line);
  if (options.driver == "forecast") {
    for (const fs::path& file : files_next_door(theatre, options.model)) manifest.add_input(file);
  }
  manifest.add_setting("packages", fmt::format("{}", fmt::join(options.packages, ",")));
  manifest.add_setting("replicates", std::to_string(options.replicates));
  manifest.add_setting("steps_per_year", std::to_string(options.steps_per_year));
  manifest.add_setting("set", fmt::format("{}", fmt::join(options.sets, ",")));
  manifest.add_setting("driver", options.driver == "none" ? "none" : options.model);
  manifest.add_setting("explain", options.explain);
  manifest.add_setting("by_step", options.by_step ? "yes" : "no");
  manifest.add_setting("feedback", fmt::format("{}", options.feedback));
  if (options.from) manifest.add_setting("from", std::to_string(*options.from));
  if (options.to) manifest.add_setting("to", std::to_string(*options.to));
  if (options.stretches) manifest.add_setting("stretches", std::to_string(*options.stretches));
  return manifest;
}

void write_files(const spillover::SimulationResult& result, const nlohmann::ordered_json& json,
                 const fs::path& out, Manifest& manifest) {
  std::vector<std::pair<std::string, std::string>> files = {
      {"outcomes.csv", outcomes_csv(result)},
      {"series.csv", series_csv(result)},
      {"stretches.csv", stretches_csv(result)},
      {"exceedance.csv", exceedance_csv(result)},
      {"simulate.json", json.dump(2) + "\n"}};
  if (!result.steps.empty()) files.emplace_back("steps.csv", steps_csv(result));
  for (const auto& [name, text] : files) {
    write_file(out / name, text);
    manifest.add_output(out / name);
  }
  manifest.write(out / "manifest.json");
}

sim::NetcdfOptions netcdf_options(const SimulateOptions& options,
                                  const std::vector<spillover::Scenario>& scenarios,
                                  const CommonOptions& common) {
  fs::create_directories(options.out);
  sim::NetcdfOptions netcdf{.path = fs::path(options.out) / "replicates.nc",
                            .replicates = count_of("--replicates", options.replicates),
                            .packages = {},
                            .title = "Simulated spillover",
                            .source = fmt::format("panj {}, seed {}", version(), common.seed)};
  for (const auto& scenario : scenarios) netcdf.packages.push_back(scenario.id);
  return netcdf;
}

/// Decays are exact for any step, but what happens within one does not feed back before the next.
void warn_of_coarse_steps(const spillover::Settings& settings) {
  constexpr int kFewest = 4;  // the longest step of limit case L
  if (settings.steps_per_year >= kFewest) return;
  spdlog::warn("{} steps a year are coarse: results hold for {} or more", settings.steps_per_year,
               kFewest);
}

void warn_of_years_left_out(const theatre::Theatre& theatre, const spillover::Settings& settings) {
  if (!theatre.containment || spillover::covers(settings, *theatre.containment)) return;
  const theatre::Years& reference = theatre.containment->reference;
  const theatre::Years& years = theatre.containment->years;
  spdlog::warn(
      "the share contained is left out: it compares {}–{} with {}–{}, and the run covers {}–{}",
      years.first, years.last, reference.first, reference.last, settings.first_year,
      settings.last_year);
}

void run(const SimulateOptions& options, const CommonOptions& common) {
  const auto theatre = theatre::read_theatre(options.theatre);
  const auto parameters = parameters_with(theatre, options);
  const auto scenarios = spillover::scenarios_of(theatre, parameters, options.packages);
  const auto geometry = geometry_with(theatre, parameters, options);
  Manifest manifest = manifest_of(theatre, options, common);
  auto simulation = simulation_options(theatre, options, common);
  spillover::validate(parameters, geometry, scenarios, simulation);
  warn_of_years_left_out(theatre, simulation.settings);
  warn_of_coarse_steps(simulation.settings);
  std::optional<spillover::Explanation> why;
  if (!options.explain.empty()) {
    const auto target =
        spillover::scenarios_of(theatre, parameters, std::span(&options.explain, 1));
    why = spillover::explain(parameters, geometry, scenarios.front(), target.front(), simulation);
  }
  simulation.settings.by_step = options.by_step;
  std::optional<sim::NetcdfSink> netcdf;
  if (options.netcdf) {
    netcdf.emplace(spillover::outcome_table(parameters, geometry, simulation.settings),
                   netcdf_options(options, scenarios, common));
    simulation.sinks.push_back(&*netcdf);
  }
  const auto start = std::chrono::steady_clock::now();
  const auto result = [&] {
    const auto timing = manifest.time("simulate");
    return spillover::simulate_packages(parameters, geometry, scenarios, simulation);
  }();
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  auto json = simulation_json(result);
  std::string text = simulation_text(result);
  if (why) {
    json["explanation"] = explanation_json(*why);
    text += explanation_text(*why);
  }
  if (netcdf) {
    netcdf->finish();
    manifest.add_output(fs::path(options.out) / "replicates.nc");
  }
  if (!options.out.empty()) write_files(result, json, options.out, manifest);
  if (!common.json) return write_output({}, text);
  nlohmann::ordered_json shown = {{"digest", json["digest"]}};
  const double years = static_cast<double>(result.replicates * scenarios.size()) *
                       (result.last_year - result.first_year + 1);
  shown["replicate_years_per_second"] = years / seconds.count();
  for (const auto& [key, value] : json.items()) shown[key] = value;
  write_output({}, shown.dump(2) + "\n");
}

void show_limit_case(const SimulateOptions& options, const CommonOptions& common) {
  const spillover::LimitCase limit = spillover::run_limit_case(
      options.limit_case, {.replicates = count_of("--replicates", options.replicates),
                           .seed = common.seed,
                           .threads = common.threads});
  write_output({}, common.json ? limit_case_json(limit).dump(2) + "\n" : limit_case_text(limit));
}

/// How long the run is, and how fine in time and along the border.
void add_horizon_options(CLI::App& command, SimulateOptions& options) {
  command.add_option("--from", options.from, "First year; the theatre's first reference year")
      ->type_name("YEAR");
  command.add_option("--to", options.to, "Last year; the end of what containment looks at")
      ->type_name("YEAR");
  command
      .add_option("--steps-per-year", options.steps_per_year,
                  "Steps in a year; fewer than 4 are coarse")
      ->capture_default_str();
  command.add_option("--stretches", options.stretches, "Equal stretches in place of the theatre's")
      ->type_name("N");
}

}  // namespace

void add_simulate(CLI::App& program, CommonOptions& common, ExitCode&) {
  const auto options = std::make_shared<SimulateOptions>();
  CLI::App& command = *program.add_subcommand(
      "simulate",
      "Simulate the border under packages of measures, all on the same luck: outcomes with their\n"
      "Monte-Carlo error, and what each package changes");
  CLI::Option* theatre =
      command.add_option("THEATRE", options->theatre, "Folder of the theatre, or its theatre.toml");
  command.add_option("--packages", options->packages, "Packages, the first to compare with; all")
      ->delimiter(',')
      ->type_name("A,B");
  command.add_option("--replicates", options->replicates, "Random runs of each package")
      ->capture_default_str();
  add_horizon_options(command, *options);
  command.add_option("--set", options->sets, "Set an assumption within its range; may be repeated")
      ->type_name("KEY=NUMBER");
  command.add_option("--feedback", options->feedback, "Strength of all feedbacks, 0 to 1")
      ->check(number_in(0, 1))
      ->capture_default_str();
  CLI::Option* out =
      command.add_option("--out", options->out, "Write tables and a manifest into this folder")
          ->type_name("DIR");
  command.add_flag("--netcdf", options->netcdf, "Write every replicate as CF-NetCDF; with --out")
      ->needs(out);
  command.add_flag(
      "--by-step", options->by_step,
      "Also give every outcome month by month (or as long as a step is): in the JSON,\n"
      "in steps.csv and, on each stretch, in the NetCDF");
  command
      .add_option("--explain", options->explain,
                  "Take this package's difference to the first apart")
      ->type_name("PACKAGE");
  command.add_option("--driver", options->driver, "Let forecast violence next door drive attempts")
      ->check(CLI::IsMember({"none", "forecast"}))
      ->capture_default_str();
  CLI::Option* model =
      command.add_option("--model", options->model, "Forecast model of --driver forecast")
          ->capture_default_str();
  command
      .add_option(
          "--limit-case", options->limit_case,
          "Show the model in a setting with a known answer: A, B, C, C2, D, D2, D3, E, E3,\n"
          "F, G, H, J, K or L; needs no theatre")
      ->excludes(theatre)
      ->type_name("CASE");
  add_common_options(command, common);
  command.footer(kSimulateHelp);
  command.callback([options, theatre, model, &common] {
    if (!model->empty() && options->driver != "forecast") {
      throw CLI::RequiresError("--model", "--driver forecast");
    }
    if (!options->limit_case.empty()) return show_limit_case(*options, common);
    if (theatre->empty()) throw CLI::RequiredError("THEATRE");
    run(*options, common);
  });
}

}  // namespace panj::app
