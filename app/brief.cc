// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "command.h"
#include "dates.h"
#include "fitted_options.h"
#include "panj/brief/compose.h"
#include "panj/brief/json.h"
#include "panj/brief/page.h"
#include "panj/brief/plan_view.h"
#include "panj/core/file.h"
#include "panj/core/manifest.h"
#include "panj/core/progress.h"
#include "panj/event/ingest.h"
#include "panj/explore/exploration.h"
#include "panj/forecast/history.h"
#include "panj/forecast/hubverse.h"
#include "panj/spillover/explain.h"
#include "panj/spillover/simulate.h"
#include "simulation_view.h"

namespace panj::app {
namespace {

constexpr const char* kHelp = R"(
Examples:
  panj brief theatres/tajik-afghan                    into out/tajik-afghan
  panj brief theatres/tajik-afghan --quick --out /tmp/brief
  panj brief my-theatre --issued 2026-01-15 --words ipcc

Writes brief.html, which opens offline in any browser, and beside it what it was made from:
brief.json, events.gpkg, deaths.csv, forecast.csv, scores.json, the simulation's outcomes.csv,
series.csv and stretches.csv, and manifest.json.)";

namespace fs = std::filesystem;
using nlohmann::ordered_json;

struct BriefOptions {
  std::string theatre;
  std::string out;
  std::string words = "icd203";
  std::string issued;
  bool quick = false;
};

constexpr forecast::PredictiveSample::Leads kOutlook = {1, 12};
constexpr int kLastBacktestYears = 6;
constexpr std::uint32_t kReplicates = 1000;
constexpr std::uint32_t kQuickReplicates = 200;
constexpr std::size_t kFutures = 200;
constexpr std::size_t kReplicatesOfAFuture = 10;
constexpr std::size_t kPlannedFutures = 100;
constexpr std::size_t kReplicatesOfAPlannedFuture = 4;
constexpr double kPlanEffort = 0.2;

/// The model that is issued, and those it is measured against.
const std::vector<std::string> kModels = {"default", "conflictology-12", "last-poisson", "zero"};

/// The theatre's incidents as known on the day of issue, by way of a store of their own in
/// `workspace`: what an earlier brief held does not linger.
std::vector<event::Incident> ingest(const theatre::DataFile& file, const std::string& sha256,
                                    const fs::path& workspace, Date issued,
                                    event::IngestCounts& counts) {
  auto reader = event::open_incidents(file.path);
  auto store = event::EventStore::open_for_writing(workspace);
  Progress progress("ingest", fs::file_size(file.path), "B");
  counts = event::ingest(store, *reader,
                         {.file = file.path.filename().string(),
                          .sha256 = sha256,
                          .format = "panj",
                          .version = "",
                          .known_on = file.complete_to},
                         progress);
  std::vector<event::Incident> incidents;
  store.read(issued, [&](const event::Incident& incident) { incidents.push_back(incident); });
  return incidents;
}

/// The last complete calendar years of the data: one when quick, else up to six.
forecast::Backtest backtest(const event::Panel& deaths, const forecast::Model& issued, bool quick,
                            const CommonOptions& common) {
  std::vector<forecast::Model> models = {issued};
  for (std::size_t i = 1; i < kModels.size(); ++i) {
    models.push_back(forecast::find_model(kModels[i]));
  }
  const int last = (deaths.last() + 1).year() - 1;
  const int first =
      std::max(deaths.first().year() + 2, last - (quick ? 0 : kLastBacktestYears - 1));
  std::vector<forecast::Window> windows;
  for (int year = first; year <= last; ++year) windows.push_back({year});
  return forecast::run_backtest(deaths, models, windows, common.seed, common.threads);
}

spillover::SimulationOptions simulation_options(const theatre::Theatre& theatre, bool quick,
                                                const CommonOptions& common) {
  return {.replicates = quick ? kQuickReplicates : kReplicates,
          .seed = common.seed,
          .threads = common.threads,
          .settings = spillover::settings_of(theatre),
          .containment = theatre.containment.value_or(theatre::Containment{})};
}

/// All packages of a theatre that describes what the model needs.
std::optional<spillover::SimulationResult> simulate(const theatre::Theatre& theatre, bool quick,
                                                    const CommonOptions& common) {
  if (!theatre.threat || !theatre.defence || !theatre.surroundings || !theatre.measures ||
      theatre.packages.empty())
    return std::nullopt;
  const auto parameters = spillover::parameters_of(theatre);
  return spillover::simulate_packages(parameters, spillover::geometry_of(theatre, parameters),
                                      spillover::scenarios_of(theatre, parameters),
                                      simulation_options(theatre, quick, common));
}

/// What to buy, how to patrol and when to exercise.
brief::Plan plan_for(const theatre::Theatre& theatre, const CommonOptions& common) {
  const plan::Ground ground(theatre);
  brief::Plan plans;
  if (theatre.measures->budget) {
    plan::PlacementStudyOptions options;
    options.placement.futures = {.futures = kPlannedFutures,
                                 .replicates = kReplicatesOfAPlannedFuture,
                                 .seed = common.seed,
                                 .threads = common.threads};
    options.placement.search = {
        .effort = kPlanEffort, .threads = common.threads, .seed = common.seed};
    options.replicates = kReplicates;
    options.batches = 0;
    plans.investment = brief::investment_of(plan::study_placement(ground, options));
  }
  plans.patrol = brief::patrol_of(plan::plan_patrol(
      ground, {.replicates = kReplicates, .seed = common.seed, .threads = common.threads}));
  plans.calendar = brief::calendar_of(plan::plan_calendar(ground, {}));
  return plans;
}

/// What each lever of the recommended package brings.
std::optional<spillover::Explanation> explain(const theatre::Theatre& theatre,
                                              const spillover::SimulationResult& simulation,
                                              const CommonOptions& common) {
  const std::size_t best = brief::recommended_package(theatre, simulation);
  if (best == 0) return std::nullopt;
  const auto parameters = spillover::parameters_of(theatre);
  const auto scenarios = spillover::scenarios_of(theatre, parameters);
  return spillover::explain(parameters, spillover::geometry_of(theatre, parameters),
                            scenarios.front(), scenarios[best],
                            simulation_options(theatre, true, common));
}

std::string scores_json(const brief::BriefContent& content) {
  return brief::to_json(content).at("skill").dump(2) + "\n";
}

std::string forecast_csv(const forecast::PredictiveSample& sample) {
  std::vector<std::size_t> units(sample.units().size());
  for (std::size_t i = 0; i < units.size(); ++i) units[i] = i;
  return forecast::to_hubverse_csv(sample, units, "deaths_sb", forecast::OutputType::quantile);
}

/// SHA-256 of every input by its file name.
using Digests = std::map<std::string, std::string>;

void digest_sources(brief::BriefContent& content, const Digests& digests) {
  for (auto& source : content.sources) {
    const auto found = digests.find(source.name);
    if (found != digests.end()) source.sha256 = found->second;
  }
}

theatre::Theatre theatre_with_deaths(const std::string& path) {
  auto theatre = theatre::read_theatre(path);
  if (!theatre.deaths)
    throw InvalidInput(Problem{.file = theatre.file.string(),
                               .field = "deaths",
                               .what = "is missing",
                               .why = "must name the table of monthly deaths to forecast from"});
  return theatre;
}

Manifest manifest_of(const BriefOptions& options, const CommonOptions& common, Date issued,
                     const theatre::Theatre& theatre, Digests& digests) {
  Manifest manifest("brief", common.arguments, common.seed);
  for (const fs::path& file : theatre.files()) {
    digests[file.filename().string()] = manifest.add_input(file);
  }
  const auto fitted = forecast::fitted_model_beside(theatre.deaths->path);
  if (fs::exists(fitted)) manifest.add_input(fitted);
  manifest.add_setting("issued", to_string(issued));
  manifest.add_setting("words", options.words);
  manifest.add_setting("quick", options.quick ? "yes" : "no");
  return manifest;
}

void write_files(const brief::BriefContent& content, const event::Panel& deaths,
                 const forecast::PredictiveSample& sample,
                 const std::optional<spillover::SimulationResult>& simulation, const fs::path& out,
                 Manifest& manifest) {
  const std::string json =
      brief::to_json(content).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  std::vector<std::pair<std::string, std::string>> files = {
      {"deaths.csv", event::to_csv(deaths)},
      {"forecast.csv", forecast_csv(sample)},
      {"scores.json", scores_json(content)},
      {"brief.json", json + "\n"},
      {"brief.html", brief::to_html(content)}};
  if (simulation) {
    files.emplace_back("outcomes.csv", outcomes_csv(*simulation));
    files.emplace_back("series.csv", series_csv(*simulation));
    files.emplace_back("stretches.csv", stretches_csv(*simulation));
  }
  for (const auto& [name, text] : files) {
    write_file(out / name, text);
    manifest.add_output(out / name);
  }
  manifest.write(out / "manifest.json");
}

ExitCode run(const BriefOptions& options, const CommonOptions& common) {
  const auto words = brief::parse_likelihood_scale(options.words).value();
  const Date issued = date_option("--issued", options.issued, today());
  const auto theatre = theatre_with_deaths(options.theatre);
  const auto deaths = event::read_panel(theatre.deaths->path);
  const fs::path out = options.out.empty() ? fs::path("out") / theatre.id : fs::path(options.out);
  const auto model = find_model(kModels.front(), {}, theatre.deaths->path.string());

  Digests digests;
  Manifest manifest = manifest_of(options, common, issued, theatre, digests);
  const TemporaryFolder aside(out);
  event::IngestCounts counts;
  std::vector<event::Incident> incidents;
  if (theatre.incidents) {
    const auto timing = manifest.time("ingest");
    incidents = ingest(*theatre.incidents, digests[theatre.incidents->path.filename().string()],
                       aside.path(), issued, counts);
  }
  const forecast::History history(deaths, deaths.last());
  const auto fitted = model.fit(history, kOutlook);
  const auto sample = [&] {
    const auto timing = manifest.time("forecast");
    return fitted->predict(history, kOutlook, common.seed);
  }();
  const auto past = [&] {
    const auto timing = manifest.time("backtest");
    return backtest(deaths, model, options.quick, common);
  }();
  const auto simulation = [&] {
    const auto timing = manifest.time("simulate");
    return simulate(theatre, options.quick, common);
  }();
  const auto explanation = [&]() -> std::optional<spillover::Explanation> {
    if (!simulation) return std::nullopt;
    const auto timing = manifest.time("explain");
    return explain(theatre, *simulation, common);
  }();
  const auto explored = [&]() -> std::optional<explore::Exploration> {
    if (!simulation || options.quick) return std::nullopt;
    const auto timing = manifest.time("explore");
    return explore::explore_theatre(
        theatre, {.futures = kFutures, .replicates = kReplicatesOfAFuture, .seed = common.seed},
        {.seed = common.seed}, common.threads);
  }();
  const auto plans = [&] {
    if (!simulation || options.quick) return brief::Plan{};
    const auto timing = manifest.time("plan");
    return plan_for(theatre, common);
  }();
  auto content = brief::compose({.theatre = theatre,
                                 .deaths = deaths,
                                 .incidents = incidents,
                                 .model = model,
                                 .outlook = sample,
                                 .backtest = past,
                                 .simulation = simulation ? &*simulation : nullptr,
                                 .explanation = explanation ? &*explanation : nullptr,
                                 .exploration = explored ? &*explored : nullptr,
                                 .plan = plans,
                                 .issued = issued,
                                 .words = words,
                                 .seed = common.seed});
  content.meta.run = manifest.run_id();
  content.meta.command =
      fmt::format("panj brief {} --issued {} --words {} --seed {}{}", options.theatre,
                  to_string(issued), options.words, common.seed, options.quick ? " --quick" : "");
  digest_sources(content, digests);
  if (!fitted->note().empty()) content.skill.protocol += " " + fitted->note() + ".";

  if (theatre.incidents) {
    fs::rename(aside.path() / "events.gpkg", out / "events.gpkg");
    manifest.add_output(out / "events.gpkg");
  }
  write_files(content, deaths, sample, simulation, out, manifest);
  if (common.json) {
    fmt::print("{}\n", ordered_json{{"brief", (out / "brief.html").string()},
                                    {"run", content.meta.run},
                                    {"quarantined", counts.quarantined}}
                           .dump(2));
  } else {
    fmt::print("{}\n", (out / "brief.html").string());
  }
  return counts.quarantined > 0 ? ExitCode::quarantined : ExitCode::done;
}

}  // namespace

void add_brief(CLI::App& program, CommonOptions& common, ExitCode& exit_code) {
  const auto options = std::make_shared<BriefOptions>();
  CLI::App& command = *program.add_subcommand(
      "brief", "The whole chain: from a theatre to a briefing and everything it was made from");
  command.add_option("theatre", options->theatre, "Folder of the theatre, or its theatre.toml")
      ->required();
  command.add_option("-o,--out", options->out, "Folder to write to (default: out/<theatre id>)")
      ->type_name("DIR");
  command.add_flag("--quick", options->quick,
                   "Test past accuracy on the last year only, simulate fewer replicates, no "
                   "range of futures and no plan");
  command.add_option("--words", options->words, "Likelihood words: icd203 or ipcc")
      ->check(CLI::IsMember({"icd203", "ipcc"}))
      ->capture_default_str();
  command.add_option("--issued", options->issued, "Day of issue, YYYY-MM-DD (default: today)");
  command.footer(kHelp);
  add_common_options(command, common);
  command.callback([options, &common, &exit_code] { exit_code = run(*options, common); });
}

}  // namespace panj::app
