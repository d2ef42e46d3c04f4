// SPDX-License-Identifier: Apache-2.0
#include "brief_chain.h"

#include <filesystem>

#include "fitted_options.h"
#include "panj/brief/plan_view.h"
#include "panj/core/progress.h"
#include "panj/explore/exploration.h"
#include "panj/forecast/history.h"
#include "panj/plan/calendar_contest.h"
#include "panj/spillover/explain.h"
#include "panj/spillover/simulate.h"

namespace panj::app {
namespace {

namespace fs = std::filesystem;

constexpr forecast::PredictiveSample::Leads kOutlook = {1, 12};
constexpr int kLastBacktestYears = 6;
constexpr std::uint32_t kReplicates = 1000;
constexpr std::uint32_t kQuickReplicates = 200;
/// Exercises change no draw, so that few tell.
constexpr std::uint32_t kCalendarReplicates = 300;
constexpr std::size_t kFutures = 1000;
constexpr std::size_t kReplicatesOfAFuture = 15;
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
struct BacktestYears {
  int first = 0;
  int last = 0;
};

BacktestYears backtest_years(const event::Panel& deaths, bool quick) {
  const int last = (deaths.last() + 1).year() - 1;
  return {std::max(deaths.first().year() + 2, last - (quick ? 0 : kLastBacktestYears - 1)), last};
}

forecast::Backtest backtest(const event::Panel& deaths, const forecast::Model& issued, bool quick,
                            const CommonOptions& common) {
  std::vector<forecast::Model> models = {issued};
  for (std::size_t i = 1; i < kModels.size(); ++i) {
    models.push_back(forecast::find_model(kModels[i]));
  }
  const auto [first, last] = backtest_years(deaths, quick);
  return forecast::run_backtest(deaths, models, forecast::yearly_windows(first, last), common.seed,
                                common.threads);
}

/// The issued model beside the reference from every month of the same years, at the leads that the
/// brief shows; it learns once a year, as in the yearly windows.
std::optional<forecast::Backtest> monthly_backtest(const event::Panel& deaths,
                                                   const forecast::Model& issued, bool quick,
                                                   const CommonOptions& common) {
  const auto [first, last] = backtest_years(deaths, quick);
  if (quick || last < first) return std::nullopt;
  return forecast::run_backtest(
      deaths, {issued, forecast::find_model(forecast::kReferenceModel)},
      forecast::monthly_windows(first, last, kOutlook),
      {.seed = common.seed, .threads = common.threads, .refit = forecast::Refit::yearly});
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
  const plan::FutureOptions fresh = plan::fresh({.futures = kPlannedFutures,
                                                 .replicates = kReplicatesOfAPlannedFuture,
                                                 .seed = common.seed,
                                                 .threads = common.threads});
  plans.patrol = brief::patrol_of(plan::plan_patrol(
      ground,
      {.simulation = {.replicates = kReplicates, .seed = common.seed, .threads = common.threads},
       .futures = fresh}));
  const plan::TheatreCalendar calendar = plan::plan_calendar(ground, {});
  if (calendar.calendar) {
    const auto contest =
        plan::contest_calendar(ground, calendar.problem, calendar.calendar->exercises,
                               {.simulation = {.replicates = kCalendarReplicates,
                                               .seed = common.seed,
                                               .threads = common.threads},
                                .futures = fresh});
    plans.calendar = brief::calendar_of(calendar, contest);
  }
  return plans;
}

/// What each lever of the recommended package brings.
std::optional<spillover::Explanation> explain(const theatre::Theatre& theatre,
                                              const BriefChain& chain,
                                              const CommonOptions& common) {
  const std::size_t best = brief::recommended_package(
      theatre, *chain.simulation, chain.exploration ? &*chain.exploration : nullptr);
  if (best == 0) return std::nullopt;
  const auto parameters = spillover::parameters_of(theatre);
  const auto scenarios = spillover::scenarios_of(theatre, parameters);
  return spillover::explain(parameters, spillover::geometry_of(theatre, parameters),
                            scenarios.front(), scenarios[best],
                            simulation_options(theatre, true, common));
}

/// What the step makes, its time noted under its name.
template <class Step>
auto timed(Manifest& manifest, const char* name, const Step& step) {
  const auto timing = manifest.time(name);
  return step();
}

/// The simulation and all that is made from it.
void look_ahead(const theatre::Theatre& theatre, bool quick, const CommonOptions& common,
                Manifest& manifest, BriefChain& chain) {
  chain.simulation = timed(manifest, "simulate", [&] { return simulate(theatre, quick, common); });
  if (!chain.simulation) return;
  if (!quick) {
    chain.exploration = timed(manifest, "explore", [&] {
      return explore::explore_theatre(
          theatre, {.futures = kFutures, .replicates = kReplicatesOfAFuture, .seed = common.seed},
          {.seed = common.seed}, common.threads);
    });
  }
  chain.explanation = timed(manifest, "explain", [&] { return explain(theatre, chain, common); });
  if (quick) return;
  chain.plan = timed(manifest, "plan", [&] { return plan_for(theatre, common); });
}

}  // namespace

BriefChain run_brief_chain(const theatre::Theatre& theatre, const BriefChainOptions& options,
                           const fs::path& workspace, const std::string& incidents_sha256,
                           const CommonOptions& common, Manifest& manifest) {
  BriefChain chain;
  chain.deaths = event::read_panel(theatre.deaths->path);
  chain.model = find_model(kModels.front(), {}, {.file = theatre.deaths->path.string()});
  if (theatre.incidents) {
    chain.incidents = timed(manifest, "ingest", [&] {
      return ingest(*theatre.incidents, incidents_sha256, workspace, options.issued, chain.counts);
    });
  }
  const forecast::History history(chain.deaths, chain.deaths.last());
  chain.fitted = chain.model.fit(history, kOutlook);
  chain.outlook = timed(manifest, "forecast",
                        [&] { return chain.fitted->predict(history, kOutlook, common.seed); });
  if (chain.deaths.months() > 1) {
    const forecast::History before(chain.deaths, chain.deaths.last() - 1);
    chain.earlier = chain.model.predict(before, kOutlook, common.seed);
  }
  chain.backtest = timed(manifest, "backtest", [&] {
    return backtest(chain.deaths, chain.model, options.quick, common);
  });
  chain.monthly = timed(manifest, "backtest by month", [&] {
    return monthly_backtest(chain.deaths, chain.model, options.quick, common);
  });
  look_ahead(theatre, options.quick, common, manifest, chain);
  return chain;
}

}  // namespace panj::app
