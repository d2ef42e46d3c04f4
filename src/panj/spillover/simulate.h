// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "panj/core/date.h"
#include "panj/core/progress.h"
#include "panj/sim/ensemble.h"
#include "panj/spillover/geometry.h"
#include "panj/spillover/levers.h"
#include "panj/spillover/parameters.h"
#include "panj/spillover/settings.h"
#include "panj/spillover/tally.h"
#include "panj/theatre/theatre.h"

namespace panj::spillover {

/// One package to simulate.
struct Scenario {
  std::string id;
  std::string name;
  LeverSettings levers;
};

/// The packages of a theatre by id, or all of them. Throws InvalidInput for an unknown id, with the
/// nearest.
std::vector<Scenario> scenarios_of(const theatre::Theatre& theatre, const Parameters& parameters,
                                   std::span<const std::string> ids = {});

/// The theatre's own stretches, or `count` equal ones.
Geometry geometry_of(const theatre::Theatre& theatre, const Parameters& parameters,
                     std::optional<std::size_t> count = {});

/// Numbers that sum a replicate up: means a year over the years in which levers bite, where the
/// name says no other.
struct Headline {
  std::string_view name;
  std::string_view unit;
  bool lower_is_better = true;
};
inline constexpr auto kHeadlines = std::to_array<Headline>({
    {"reported_incidents_per_year", "1/yr"},       // publicly reported armed incidents
    {"fatalities_per_year", "1/yr"},               //
    {"breaches_per_year", "1/yr"},                 // of attack, infiltration and fire
    {"armed_breaches_per_year", "1/yr"},           // of attack and fire
    {"infiltration_breaches_per_year", "1/yr"},    //
    {"expected_armed_breaches_per_year", "1/yr"},  // before chance: Λ(1−U), far less noisy
    {"attempts_per_year", "1/yr"},                 // of attack, infiltration and fire
    {"tonnes_through_per_year", "t/yr"},           //
    {"tonnes_seized_per_year", "t/yr", false},     //
    {"cost_musd", "M$"},                           // in all
    {"cost_musd_per_year", "M$/yr"},               //
    {"militants_end", "persons"},                  // at the end of the horizon
    {"worst_incident", "deaths"},                  // the worst single one
});

/// Index into kHeadlines; the name must be one of them.
std::size_t headline(std::string_view name);

/// The difference to the first package on the same luck. Errors are NaN from fewer than two
/// replicates, here and below.
struct Paired {
  double mean = 0.0;
  double mc_error = 0.0;
  double relative = 0.0;        ///< mean over the first package's mean
  double relative_error = 0.0;  ///< mc_error over the same
  double share_improved = 0.0;  ///< of the replicates
  double share_equal = 0.0;
};

/// One outcome, year by year.
struct Series {
  std::string name;
  std::string unit;
  std::vector<Distribution> years;
};

/// One outcome of the border as a whole, step by step.
struct StepSeries {
  std::string name;  ///< "attempts"
  std::string of;    ///< of which type, kind, group or zone: "attack"; empty: no such
  std::string unit;
  std::vector<Distribution> steps;
};

/// What one stretch sees of one type in a year, while levers bite.
struct StretchRates {
  double expected_attempts = 0.0;  ///< before chance
  double expected_breaches = 0.0;
  double breaches = 0.0;  ///< simulated
};

/// What kills at least so many, while levers bite: single incidents, and whole years.
struct Exceedance {
  double deaths = 0.0;
  double incidents_per_year = 0.0;
  double mc_error = 0.0;
  double share_of_years = 0.0;
  double share_of_years_error = 0.0;
};

struct PackageResult {
  std::string id{};
  std::string name{};
  std::vector<Distribution> headlines{};  ///< as kHeadlines
  std::vector<Paired> paired_to_first{};  ///< as kHeadlines
  /// All outcomes by year, with armed_breaches, infiltration_breaches and expected_armed_breaches.
  std::vector<Series> series{};
  std::vector<StepSeries> steps{};  ///< with Settings::by_step
  /// By stretch: attack, infiltration, trafficking (0), fire.
  std::vector<ByType<StretchRates>> stretches{};
  std::vector<double> stretch_reported{};  ///< reported incidents a year
  /// Share of replicates with at least one reported incident on the stretch while levers bite.
  std::vector<double> stretch_any_reported{};
  std::vector<Exceedance> exceedance{};
  /// Share of replicates, as the theatre defines it; none where the run leaves out years of that
  /// definition.
  std::optional<double> contained{};
  double contained_error = 0.0;  ///< half of its Wilson interval at one standard error

  /// The name must be one of kHeadlines.
  const Distribution& of(std::string_view headline_name) const {
    return headlines[headline(headline_name)];
  }
  const Series* find_series(std::string_view wanted) const;
};

struct SimulationOptions {
  std::uint32_t replicates = 1000;
  std::uint64_t seed = 1;
  unsigned threads = 0;
  Settings settings{};
  theatre::Containment containment{};  ///< no years: nothing is said about containment
  Progress::Output progress = Progress::Output::automatic;
  std::string task = "simulate";
  std::vector<sim::Sink*> sinks{};  ///< further takers of all outcomes
};

struct SimulationResult {
  int first_year = 0;
  int last_year = 0;
  int effects_from = 0;  ///< the first year in which levers bite
  std::uint64_t replicates = 0;
  std::string digest{};  ///< SHA-256 over all outcomes of all packages
  std::vector<sim::Failure> failures{};
  std::vector<geo::Stretch> stretches{};  ///< on the length scale of the parameters
  std::vector<Date> steps{};              ///< with Settings::by_step: the days on which they start
  std::vector<PackageResult> packages{};
};

/// Whether a run covers all years that tell a contained replicate from another.
bool covers(const Settings& settings, const theatre::Containment& containment);

/// Runs every package on the same luck.
///
///     const Parameters p = parameters_of(theatre);
///     const SimulationResult result = simulate_packages(
///         p, geometry_of(theatre, p), scenarios_of(theatre, p),
///         {.replicates = 1000, .seed = 7, .settings = settings_of(theatre)});
///     result.packages[1].of("fatalities_per_year").mean
///
/// Results depend on seed and inputs alone, not on threads or machine. Throws InvalidInput for what
/// cannot be simulated.
SimulationResult simulate_packages(const Parameters& parameters, const Geometry& geometry,
                                   std::span<const Scenario> scenarios,
                                   const SimulationOptions& options);

/// Throws InvalidInput for what simulate_packages would refuse: for callers that open files first.
void validate(const Parameters& parameters, const Geometry& geometry,
              std::span<const Scenario> scenarios, const SimulationOptions& options);

/// From the theatre's reference years on, to the end of its programmes and of what its containment
/// looks at.
Settings settings_of(const theatre::Theatre& theatre);

}  // namespace panj::spillover
