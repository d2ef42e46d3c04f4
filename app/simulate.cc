// SPDX-License-Identifier: Apache-2.0
#include "panj/spillover/simulate.h"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "command.h"
#include "forecast_driver.h"
#include "output.h"
#include "panj/core/file.h"
#include "panj/core/manifest.h"
#include "panj/core/problem.h"
#include "panj/core/text.h"
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

With --out: outcomes.csv, series.csv, stretches.csv, exceedance.csv, simulate.json, manifest.json.)";

struct SimulateOptions {
  std::string theatre;
  std::vector<std::string> packages;
  std::uint32_t replicates = 1000;
  std::optional<int> from;
  std::optional<int> to;
  int steps_per_year = 12;
  std::optional<std::size_t> stretches;
  std::vector<std::string> sets;
  double feedback = 1.0;
  std::string out;
  std::string limit_case;
  std::string explain;
  std::string driver = "none";
  std::string model = "conflictology-12";
  bool netcdf = false;
};

/// "defence.guards=9000", or "defence.equipment.post=80" for one entry of a list.
spillover::Override parse_set(const theatre::Theatre& theatre, const std::string& text) {
  const auto equals = text.find('=');
  const std::string name = text.substr(0, equals);
  double value = 0;
  if (equals != std::string::npos) {
    const auto [end, error] =
        std::from_chars(text.data() + equals + 1, text.data() + text.size(), value);
    if (error == std::errc{} && end == text.data() + text.size()) {
      for (const theatre::Assumption& assumption : theatre.assumptions) {
        if (name == assumption.key && assumption.values.size() == 1) return {name, 0, value};
        if (name.starts_with(assumption.key + ".")) {
          if (const auto index = assumption.find(name.substr(assumption.key.size() + 1))) {
            return {assumption.key, *index, value};
          }
        }
      }
      return {name, 0, value};  // refused with the nearest name
    }
  }
  throw InvalidInput(Problem{.field = "--set",
                             .what = fmt::format("is '{}'", printable(text, 80)),
                             .why = "must be KEY=NUMBER",
                             .suggestion = "such as defence.guards=9000"});
}

spillover::Parameters parameters_with(const theatre::Theatre& theatre,
                                      const SimulateOptions& options) {
  std::vector<spillover::Override> overrides;
  for (const std::string& set : options.sets) overrides.push_back(parse_set(theatre, set));
  auto parameters = spillover::parameters_of(theatre, overrides);
  if (!(options.feedback >= 0 && options.feedback <= 1)) {
    throw InvalidInput(Problem{.field = "--feedback",
                               .what = fmt::format("is {}", options.feedback),
                               .why = "must lie in [0, 1]"});
  }
  parameters.feedback = options.feedback;
  return parameters;
}

spillover::SimulationOptions simulation_options(const theatre::Theatre& theatre,
                                                const SimulateOptions& options,
                                                const CommonOptions& common) {
  spillover::SimulationOptions simulation{.replicates = options.replicates,
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
  manifest.add_setting("packages", fmt::format("{}", fmt::join(options.packages, ",")));
  manifest.add_setting("replicates", std::to_string(options.replicates));
  manifest.add_setting("steps_per_year", std::to_string(options.steps_per_year));
  manifest.add_setting("set", fmt::format("{}", fmt::join(options.sets, ",")));
  manifest.add_setting("driver", options.driver == "none" ? "none" : options.model);
  manifest.add_setting("explain", options.explain);
  manifest.add_setting("feedback", fmt::format("{}", options.feedback));
  if (options.from) manifest.add_setting("from", std::to_string(*options.from));
  if (options.to) manifest.add_setting("to", std::to_string(*options.to));
  if (options.stretches) manifest.add_setting("stretches", std::to_string(*options.stretches));
  return manifest;
}

void write_files(const spillover::SimulationResult& result, const nlohmann::ordered_json& json,
                 const fs::path& out, Manifest& manifest) {
  const std::vector<std::pair<std::string, std::string>> files = {
      {"outcomes.csv", outcomes_csv(result)},
      {"series.csv", series_csv(result)},
      {"stretches.csv", stretches_csv(result)},
      {"exceedance.csv", exceedance_csv(result)},
      {"simulate.json", json.dump(2) + "\n"}};
  for (const auto& [name, text] : files) {
    write_file(out / name, text);
    manifest.add_output(out / name);
  }
  manifest.write(out / "manifest.json");
}

sim::NetcdfOptions netcdf_options(const SimulateOptions& options,
                                  const std::vector<spillover::Scenario>& scenarios,
                                  const CommonOptions& common) {
  if (options.out.empty()) {
    throw InvalidInput(Problem{.field = "--netcdf",
                               .what = "has no folder to write to",
                               .why = "must come with --out DIR"});
  }
  fs::create_directories(options.out);
  sim::NetcdfOptions netcdf{.path = fs::path(options.out) / "replicates.nc",
                            .replicates = options.replicates,
                            .packages = {},
                            .title = "Simulated spillover",
                            .source = fmt::format("panj {}, seed {}", version(), common.seed)};
  for (const auto& scenario : scenarios) netcdf.packages.push_back(scenario.id);
  return netcdf;
}

void run(const SimulateOptions& options, const CommonOptions& common) {
  const auto theatre = theatre::read_theatre(options.theatre);
  const auto parameters = parameters_with(theatre, options);
  const auto scenarios = spillover::scenarios_of(theatre, parameters, options.packages);
  const auto geometry = spillover::geometry_of(theatre, parameters, options.stretches);
  Manifest manifest = manifest_of(theatre, options, common);
  auto simulation = simulation_options(theatre, options, common);
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
  if (!options.explain.empty()) {
    const auto target =
        spillover::scenarios_of(theatre, parameters, std::span(&options.explain, 1));
    const auto why =
        spillover::explain(parameters, geometry, scenarios.front(), target.front(), simulation);
    json["explanation"] = explanation_json(why);
    text += explanation_text(why);
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

nlohmann::ordered_json to_json(const spillover::LimitCase& limit) {
  nlohmann::ordered_json json = {{"case", limit.id},
                                 {"title", limit.title},
                                 {"setting", limit.setting},
                                 {"agrees", limit.agrees()}};
  for (const spillover::LimitCheck& check : limit.checks) {
    json["checks"].push_back({{"quantity", check.quantity},
                              {"expected", check.expected},
                              {"simulated", check.simulated},
                              {"mc_error", check.mc_error},
                              {"tolerance", check.tolerance},
                              {"agrees", check.agrees()}});
  }
  return json;
}

void show_limit_case(const SimulateOptions& options, const CommonOptions& common) {
  const spillover::LimitCase limit = spillover::run_limit_case(
      options.limit_case,
      {.replicates = options.replicates, .seed = common.seed, .threads = common.threads});
  if (common.json) return write_output({}, to_json(limit).dump(2) + "\n");
  std::string text =
      fmt::format("{} {}: {}\n\n{:<44} {:>14} {:>14} {:>10}\n", limit.id, limit.title,
                  limit.setting, "", "expected", "simulated", "± error");
  for (const spillover::LimitCheck& check : limit.checks) {
    text +=
        fmt::format("{:<44} {:>14.8g} {:>14.8g} {:>10.2g}  {}\n", check.quantity, check.expected,
                    check.simulated, check.mc_error, check.agrees() ? "agrees" : "DIFFERS");
  }
  write_output({}, text);
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
  command.add_option("--from", options->from, "First year; the theatre's first reference year")
      ->type_name("YEAR");
  command.add_option("--to", options->to, "Last year; the end of what containment looks at")
      ->type_name("YEAR");
  command.add_option("--steps-per-year", options->steps_per_year, "Length of a step")
      ->capture_default_str();
  command
      .add_option("--stretches", options->stretches, "Equal stretches in place of the theatre's")
      ->type_name("N");
  command.add_option("--set", options->sets, "Set an assumption within its range; may be repeated")
      ->type_name("KEY=NUMBER");
  command.add_option("--feedback", options->feedback, "Strength of all feedbacks, 0 to 1")
      ->capture_default_str();
  command.add_option("--out", options->out, "Write tables and a manifest into this folder")
      ->type_name("DIR");
  command.add_flag("--netcdf", options->netcdf, "Write every replicate as CF-NetCDF; with --out");
  command
      .add_option("--explain", options->explain,
                  "Take this package's difference to the first apart")
      ->type_name("PACKAGE");
  command.add_option("--driver", options->driver, "Let forecast violence next door drive attempts")
      ->check(CLI::IsMember({"none", "forecast"}))
      ->capture_default_str();
  command.add_option("--model", options->model, "Forecast model of --driver forecast")
      ->capture_default_str();
  command
      .add_option(
          "--limit-case", options->limit_case,
          "Show the model in a setting with a known answer: A, B, C, C2, D, D2, D3, E, E3,\n"
          "F, G, H, J, K or L; needs no theatre")
      ->type_name("CASE");
  add_common_options(command, common);
  command.footer(kSimulateHelp);
  command.callback([options, theatre, &common] {
    if (!options->limit_case.empty()) return show_limit_case(*options, common);
    if (theatre->empty()) throw CLI::RequiredError("THEATRE");
    run(*options, common);
  });
}

}  // namespace panj::app
