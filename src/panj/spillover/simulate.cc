// SPDX-License-Identifier: Apache-2.0
#include "panj/spillover/simulate.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "panj/core/contract.h"
#include "panj/core/problem.h"
#include "panj/spillover/detail/package_sink.h"
#include "panj/spillover/detail/step_sink.h"
#include "panj/spillover/model.h"
#include "panj/spillover/outcomes.h"

namespace panj::spillover {
namespace {

/// The steps before levers bite are the same for all packages.
int shared_steps(const Parameters& p, const Settings& settings) {
  const double years = p.practice.start_year - settings.first_year;
  const double steps = std::ceil(years * settings.steps_per_year - 1e-6);
  return static_cast<int>(std::clamp(steps, 0.0, static_cast<double>(settings.steps())));
}

void check(std::span<const Scenario> scenarios, const SimulationOptions& options) {
  Problems problems;
  if (scenarios.empty()) {
    problems.add(
        {.field = "packages", .what = "are none", .why = "at least one must be simulated"});
  }
  if (options.replicates < 1) {
    problems.add({.field = "replicates", .what = "is 0", .why = "must be at least 1"});
  }
  problems.throw_if_any();
  validate(options.settings);
}

std::vector<SpilloverModel> models_of(const Parameters& p, const Geometry& geometry,
                                      std::span<const Scenario> scenarios,
                                      const SimulationOptions& options) {
  check(scenarios, options);
  std::vector<SpilloverModel> models;
  for (const Scenario& scenario : scenarios) {
    validate(scenario.levers, p, geometry.size(), scenario.id);
    models.emplace_back(p, geometry, scenario.levers, options.settings);
  }
  return models;
}

}  // namespace

sim::EnsembleOptions detail::ensemble_options(const Parameters& p, const SimulationOptions& options,
                                              const std::string& task) {
  return {.replicates = options.replicates,
          .seed = options.seed,
          .threads = options.threads,
          .lanes = 32,
          .shared_steps = shared_steps(p, options.settings),
          .task = task,
          .progress = options.progress};
}

std::size_t headline(std::string_view name) {
  const auto found = std::ranges::find(kHeadlines, name, &Headline::name);
  PANJ_EXPECT(found != kHeadlines.end());
  return static_cast<std::size_t>(found - kHeadlines.begin());
}

const Series* PackageResult::find_series(std::string_view wanted) const {
  const auto found = std::ranges::find(series, wanted, &Series::name);
  return found == series.end() ? nullptr : &*found;
}

std::vector<Scenario> scenarios_of(const theatre::Theatre& theatre, const Parameters& p,
                                   std::span<const std::string> ids) {
  std::vector<std::string> known;
  for (const theatre::Package& package : theatre.packages) known.push_back(package.id);
  Problems problems;
  std::vector<Scenario> scenarios;
  const std::vector<std::string> wanted = ids.empty() ? known : std::vector(ids.begin(), ids.end());
  for (const std::string& id : wanted) {
    const auto found = std::ranges::find(theatre.packages, id, &theatre::Package::id);
    if (found == theatre.packages.end()) {
      problems.add({.file = theatre.file.string(),
                    .field = "packages",
                    .what = "has no '" + id + "'",
                    .why = "must be a package of the theatre",
                    .suggestion = suggest_name(id, known)});
      continue;
    }
    if (std::ranges::find(scenarios, id, &Scenario::id) != scenarios.end()) {
      problems.add({.field = "packages",
                    .what = "name '" + id + "' twice",
                    .why = "each can be simulated once"});
      continue;
    }
    scenarios.push_back({found->id, found->name, levers_of(p, *found)});
  }
  problems.throw_if_any();
  return scenarios;
}

Geometry geometry_of(const theatre::Theatre& theatre, const Parameters& p,
                     std::optional<std::size_t> count) {
  if (count) return equal_stretches(p, *count);
  return geometry_of(p, theatre.border.stretches, theatre.border.line().length_km());
}

Settings settings_of(const theatre::Theatre& theatre) {
  Settings settings{.first_year = theatre.reference_years.first,
                    .last_year = theatre.reference_years.last};
  if (theatre.containment) {
    settings.last_year = std::max(settings.last_year, theatre.containment->years.last);
  }
  if (theatre.measures) {
    for (const theatre::Programme& programme : theatre.measures->programmes) {
      settings.last_year = std::max(settings.last_year, programme.last_year);
    }
  }
  return settings;
}

bool covers(const Settings& settings, const theatre::Containment& containment) {
  const auto holds = [&](const theatre::Years& years) {
    return settings.first_year <= years.first && years.last <= settings.last_year;
  };
  return holds(containment.reference) && holds(containment.years);
}

void validate(const Parameters& p, const Geometry& geometry, std::span<const Scenario> scenarios,
              const SimulationOptions& options) {
  (void)models_of(p, geometry, scenarios, options);
}

SimulationResult simulate_packages(const Parameters& p, const Geometry& geometry,
                                   std::span<const Scenario> scenarios,
                                   const SimulationOptions& options) {
  const std::vector<SpilloverModel> models = models_of(p, geometry, scenarios, options);
  detail::PackageSink summary(models, options);
  std::vector<sim::Sink*> sinks{&summary};
  std::optional<detail::StepSink> by_step;
  if (options.settings.by_step) {
    by_step.emplace(models.front().outcomes(), models.size());
    sinks.push_back(&*by_step);
  }
  sinks.insert(sinks.end(), options.sinks.begin(), options.sinks.end());
  const sim::EnsembleResult run =
      sim::run_ensemble(std::span<const SpilloverModel>(models),
                        detail::ensemble_options(p, options, options.task), sinks);
  SimulationResult result = summary.result(scenarios);
  result.digest = run.digest;
  result.replicates = run.replicates;
  result.failures = run.failures;
  result.stretches = geometry.stretches;
  if (by_step) {
    for (const double day : step_starts(options.settings)) {
      result.steps.push_back(make_date(options.settings.first_year, 1, 1) +
                             std::chrono::days(static_cast<int>(day)));
    }
    for (std::size_t m = 0; m < result.packages.size(); ++m) {
      result.packages[m].steps = by_step->series(m);
    }
  }
  return result;
}

}  // namespace panj::spillover
