// SPDX-License-Identifier: Apache-2.0
#include "panj/spillover/limit_cases.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "panj/core/problem.h"
#include "panj/spillover/detail/incident_marks.h"
#include "panj/spillover/detail/limit_runs.h"
#include "panj/spillover/schedule.h"

namespace panj::spillover {
namespace {

using detail::LimitRun;
using detail::Moments;

constexpr std::size_t kStretches = 24;
constexpr double kErrors = 4.0;  ///< standard errors that chance may explain
constexpr double kExact = 1e-12;
constexpr std::array<const char*, 3> kTypeNames{"attack", "infiltration", "fire"};

LimitCheck by_chance(std::string quantity, double expected, double simulated, double error) {
  return {std::move(quantity), expected, simulated, error, kErrors * error};
}
LimitCheck exactly(std::string quantity, double expected, double simulated,
                   double relative = kExact) {
  return {std::move(quantity), expected, simulated, 0,
          relative * std::max(1.0, std::abs(expected))};
}

/// Nothing feeds back, people and tolerance stay.
LimitRun frozen() {
  LimitRun run;
  run.parameters.feedback = 0;
  run.settings.ideal.people_frozen = true;
  run.settings.ideal.tolerance_frozen = true;
  return run;
}
LimitRun with_fixed_stops(LimitRun run, double detection, double interception) {
  run.settings.ideal.detection = detection;
  run.settings.ideal.interception = interception;
  run.settings.ideal.no_corruption = true;
  return run;
}

double total_rate(const LimitRun& run, Type e) {
  double sum = 0;
  for (const auto& rates : run.reference().rate) sum += rates[e];
  return sum;
}

LimitCase poisson(const LimitCaseOptions& options) {
  const LimitRun run = with_fixed_stops(frozen(), .35, .30);
  const auto values = run.simulate(options);
  LimitCase result{
      "A", "Poisson", "no feedback, people and tolerance frozen, p_d .35, p_r .30", {}};
  for (std::size_t k = 0; k < kArmedAttempts.size(); ++k) {
    const std::string name = kTypeNames[k];
    const Moments yearly = values.yearly("attempts", k);
    result.checks.push_back(by_chance(name + " attempts a year", total_rate(run, kArmedAttempts[k]),
                                      yearly.mean, yearly.error()));
    result.checks.push_back(by_chance(
        name + " variance over mean", 1.0, yearly.variance / yearly.mean,
        std::sqrt(2.0 / static_cast<double>(yearly.count)) * (1 + 1 / (4 * yearly.mean))));
    const double attempts = values.total("attempts", k);
    const double share = values.total("breaches", k) / attempts;
    result.checks.push_back(by_chance(name + " share breaching", 1 - .35 * .30, share,
                                      std::sqrt(.895 * .105 / attempts)));
  }
  return result;
}

LimitCase perfect_stop(const LimitCaseOptions& options) {
  LimitRun run;
  const auto values = with_fixed_stops(run, 1, 1).simulate(options);
  LimitCase result{"B", "Perfect stop", "p_d = p_r = 1, no corruption", {}};
  for (std::size_t k = 0; k < kArmedAttempts.size(); ++k) {
    result.checks.push_back(
        exactly(fmt::format("{} breaches", kTypeNames[k]), 0, values.total("breaches", k)));
  }
  result.checks.push_back(exactly("tonnes through", 0, values.total("tonnes_through", 0)));
  return result;
}

constexpr std::array<std::size_t, 7> kCuts{1, 6, 12, 24, 48, 96, 300};

LimitCase merge_and_split(const LimitCaseOptions& options) {
  LimitCase result{"C", "Merge and split", "as A on 1 to 300 stretches, equipment by density", {}};
  LimitRun run = with_fixed_stops(frozen(), .35, .30);
  run.settings.ideal.equipment_by_density = true;
  const LimitRun whole = run;
  for (const std::size_t count : kCuts) {
    run.stretches = count;
    const auto rates = run.last_rates(options, 1);
    for (std::size_t k = 0; k < kArmedAttempts.size(); ++k) {
      const Type e = kArmedAttempts[k];
      result.checks.push_back(exactly(fmt::format("{} rate on {} stretches", kTypeNames[k], count),
                                      total_rate(whole, e) * run.last_season(e), rates[e][0]));
    }
  }
  return result;
}

/// The published number belongs to one path of cohesion: it must lie among ours.
LimitCheck among_paths(std::string quantity, double published, const std::vector<double>& paths) {
  const Moments m = detail::moments(paths);
  return {std::move(quantity), published, m.mean, m.error(),
          kErrors * std::sqrt(m.variance) + 5e-4 * published};
}

constexpr std::size_t kPaths = 64;

LimitCase more_guards(const LimitCaseOptions& options) {
  LimitCase result{"C2",
                   "Merge and split with a lever",
                   "no feedback, people frozen, guards x 1.5 from 2026, rate in December 2030",
                   {}};
  LimitRun run = frozen();
  run.settings.ideal.equipment_by_density = true;
  run.levers = [](LeverSettings& levers, std::size_t) { levers.guards_factor = 1.5; };
  run.stretches = 1;
  const auto whole = run.last_rates(options, kPaths);
  result.checks.push_back(among_paths("attack rate on one stretch", .816403, whole[kAttack]));
  result.checks.push_back(
      among_paths("infiltration rate on one stretch", 19.391993, whole[kInfiltration]));
  for (const std::size_t count : {std::size_t{6}, std::size_t{24}, std::size_t{96}}) {
    run.stretches = count;
    const auto rates = run.last_rates(options, 1);
    result.checks.push_back(exactly(fmt::format("attack rate on {} stretches", count),
                                    whole[kAttack][0], rates[kAttack][0]));
    result.checks.push_back(exactly(fmt::format("infiltration rate on {} stretches", count),
                                    whole[kInfiltration][0], rates[kInfiltration][0]));
  }
  return result;
}

/// The programme on the western half only.
void western_programme(const Parameters& p, LeverSettings& levers, std::size_t stretches) {
  theatre::Package package;
  package.programme = p.programmes.front().id;
  levers = levers_of(p, package);
  std::vector<double> west(stretches, 0.0);
  std::fill_n(west.begin(), stretches / 2, 1.0);
  for (Tranche& tranche : levers.deliveries) tranche.weights = west;
}

LimitCase displacement(std::string id, const LimitCaseOptions& options) {
  LimitCase result{
      id, "Displacement", "no feedback, people frozen, programme on the west only", {}};
  LimitRun run = frozen();
  if (id == "D") {
    run.parameters.attempts.deterrence = {};
    result.setting += ", d = 0: total rate in December 2030 against the status quo";
  }
  if (id == "D3") run.parameters.attempts.deterrence = {1, 1, 1, 1};
  if (id != "D") result.setting += ": total rate in December 2030 against the status quo";
  const LimitRun quo = run;
  run.levers = [&run](LeverSettings& levers, std::size_t stretches) {
    western_programme(run.parameters, levers, stretches);
  };
  const LimitRun west = run;
  const std::array<double, 3> published = id == "D2"   ? std::array{.776, .668, .978}
                                          : id == "D3" ? std::array{.461, .404, .896}
                                                       : std::array{1.0, 1.0, 1.0};
  const auto before = quo.last_rates(options, kPaths);
  const auto after = west.last_rates(options, kPaths);
  for (std::size_t k = 0; k < kArmedAttempts.size(); ++k) {
    const Type e = kArmedAttempts[k];
    std::vector<double> ratios;
    for (std::size_t lane = 0; lane < kPaths; ++lane) {
      ratios.push_back(after[e][lane] / before[e][lane]);
    }
    const std::string quantity = fmt::format("{} rate over the status quo's", kTypeNames[k]);
    result.checks.push_back(id == "D" ? exactly(quantity, 1.0, ratios.front())
                                      : among_paths(quantity, published[k], ratios));
  }
  return result;
}

LimitRun excited() {
  LimitRun run;
  run.settings.ideal.people_frozen = true;
  run.settings.ideal.tolerance_frozen = true;
  run.settings.ideal.uncapped_excitation = true;
  run.parameters.attempts.season_size = {};
  run.parameters.people.operations_funds = 0;
  run.parameters.people.operations_tolerance = 0;
  return run;
}

LimitCase excitation(const LimitCaseOptions& options) {
  const LimitRun run = with_fixed_stops(excited(), .35, .30);
  const auto values = run.simulate(options);
  LimitCase result{"E", "Mean of excitation", "people frozen, no cap, no season, stops as A", {}};
  const Reference ref = run.reference();
  for (std::size_t k = 0; k < kArmedAttempts.size(); ++k) {
    const Type e = kArmedAttempts[k];
    double expected = 0;
    for (std::size_t i = 0; i < ref.rate.size(); ++i) {
      expected += ref.rate[i][e] * (1 + ref.excitation[i][e]);
    }
    const Moments means = values.replicate_means("attempts", k);
    result.checks.push_back(by_chance(fmt::format("{} attempts a year", kTypeNames[k]), expected,
                                      means.mean, means.error()));
  }
  result.checks.push_back(exactly("spectral radius", .2187, run.spectral_radius(), 1e-4));
  return result;
}

LimitCase one_type(const LimitCaseOptions& options) {
  LimitRun run = with_fixed_stops(excited(), 0, 0);
  run.parameters.attempts.excitation = {};
  run.parameters.attempts.excitation[kAttack][kAttack] = .4;
  const auto values = run.simulate(options);
  const Moments means = values.replicate_means("attempts", 0);
  return {"E3",
          "Excitation of one type",
          "as E with n = .4 among attacks only and no stops",
          {by_chance("attack attempts a year", total_rate(run, kAttack) / .6, means.mean,
                     means.error())}};
}

LimitCase people(const LimitCaseOptions& options) {
  LimitRun run;
  Parameters& p = run.parameters;
  p.feedback = 0;
  p.people.hardship_response = p.people.tolerance_response = p.people.repression = 0;
  p.people.unpaid_desertion = p.people.arrival_noise = 0;
  p.people.crowding_level = 1e300;
  for (GroupParameters& group : p.groups) group.recruitment = .10;
  run.settings.ideal.no_losses = true;
  const auto values = run.simulate(options);
  const double dt = run.settings.step_years();
  const double leaves = 1 - std::exp(-p.people.attrition * dt);
  const double recruits = .10 * dt;
  double mean = 12500;
  double variance = 0;
  for (int k = 0; k < run.settings.steps(); ++k) {
    const double growth = (1 - leaves) * (1 + recruits);
    variance =
        growth * growth * variance + p.people.foreign_fighters * dt +
        mean * (leaves * (1 - leaves) * (1 + recruits) * (1 + recruits) + (1 - leaves) * recruits);
    mean = growth * mean + p.people.foreign_fighters * dt;
  }
  const Moments end = values.last_year("militants_end");
  const double deviation = std::sqrt(end.variance);
  return {"F",
          "People",
          "no feedback or noise, r = .10, no crowding, no losses",
          {by_chance("militants at the end", mean, end.mean, end.error()),
           by_chance("standard deviation", std::sqrt(variance), deviation,
                     deviation / std::sqrt(2.0 * static_cast<double>(end.count)))}};
}

LimitCase readiness() {
  LimitRun run;
  run.settings.last_year = run.settings.first_year + 59;
  const Parameters& p = run.parameters;
  const Schedule schedule(p, run.geometry(), run.settings, practised_levers(p));
  const DefenceParameters& d = p.defence;
  const double kept = std::exp(-d.readiness_decay / p.practice.exercises);
  const double post = (d.exercise_gain + (1 - d.exercise_gain) * d.readiness_floor * (1 - kept)) /
                      (1 - (1 - d.exercise_gain) * kept);
  const double pre = d.readiness_floor + (post - d.readiness_floor) * kept;
  double highest = 0;
  for (int k = run.settings.steps() - 12; k < run.settings.steps(); ++k) {
    highest = std::max(highest, schedule.step(k).readiness);
  }
  // One step's decay before the exercise takes the last step's readiness to the trough.
  const double trough = (highest - d.exercise_gain) / (1 - d.exercise_gain);
  return {
      "G",
      "Readiness",
      "2 exercises a year, in the long run",
      {exactly("after an exercise", post, highest), exactly("before an exercise", pre, trough)}};
}

LimitCase trafficking(const LimitCaseOptions& options) {
  LimitRun run = with_fixed_stops(frozen(), .05, 1);
  TraffickingParameters& t = run.parameters.trafficking;
  t.hardship_response = t.supply_noise = 0;
  run.parameters.attempts.season_size = {};
  const auto values = run.simulate(options);
  const double dt = run.settings.step_years();
  const double kept = std::exp(-dt / t.stock_time);
  double stock = t.supply * t.stock_time;
  double released = 0;
  for (int k = 0; k < run.settings.steps(); ++k) {
    const double held = stock + t.supply * dt;
    stock = held * kept;
    released += held - stock;
  }
  released /= run.settings.years();
  const Moments through = values.replicate_means("tonnes_through", 0);
  const Moments seized = values.replicate_means("tonnes_seized", 0);
  return {"H",
          "Trafficking",
          "no feedback, noise or season, people frozen, stop .05",
          {by_chance("tonnes through a year", .95 * released, through.mean, through.error()),
           by_chance("tonnes seized a year", .05 * released, seized.mean, seized.error())}};
}

LimitCase slippage(const LimitCaseOptions& options) {
  constexpr double kUnits = 1000;
  LimitRun run = frozen();
  run.parameters.cohesion.noise = 0;
  run.parameters.cohesion.divergence_effect = 0;
  run.parameters.practice.start_year = run.settings.first_year;
  run.settings.last_year = run.settings.first_year + 1;
  run.levers = [&run](LeverSettings& levers, std::size_t) {
    levers.deliveries = {{run.settings.first_year, {0, kUnits, 0, 0}, {}}};
    levers.slippage_years = .5;
  };
  const auto values = run.simulate(options);
  LimitCase result{"J", "Slippage", "cohesion as at the start, mean slippage half a year", {}};
  for (const std::size_t year : {std::size_t{0}, std::size_t{1}}) {
    const double elapsed = static_cast<double>(year) + 1;
    const Moments waiting = values.year("backlog", year, kSensor);
    result.checks.push_back(by_chance(fmt::format("share delivered after {} years", elapsed),
                                      1 - std::exp(-elapsed / .5), 1 - waiting.mean / kUnits,
                                      waiting.error() / kUnits));
  }
  return result;
}

LimitCase severity() {
  constexpr int kPoints = 1'000'000;
  LimitCase result{"K", "Severity", "tail 1.6, at most 200 deaths, scales 1.5 and .8", {}};
  for (const double scale : {1.5, .8}) {
    double none = 0;
    double deaths = 0;
    double ten = 0;
    double fifty = 0;
    for (int k = 0; k < kPoints; ++k) {
      const double y = detail::toll((k + .5) / kPoints, scale, 1.6);
      none += y == 0 ? 1 : 0;
      deaths += y;
      ten += y >= 10 ? 1 : 0;
      fifty += y >= 50 ? 1 : 0;
    }
    const auto tail = [scale](double y) { return std::pow(1 + y / scale, -1.6); };
    double mean = 0;
    for (int y = 1; y <= 200; ++y) mean += tail(y);
    const std::string of = fmt::format(", scale {}", scale);
    result.checks.push_back(exactly("P(0)" + of, 1 - tail(1), none / kPoints, 2e-6));
    result.checks.push_back(exactly("mean" + of, mean, deaths / kPoints, 2e-4));
    result.checks.push_back(exactly("P(10 or more)" + of, tail(10), ten / kPoints, 2e-6));
    result.checks.push_back(exactly("P(50 or more)" + of, tail(50), fifty / kPoints, 2e-6));
  }
  return result;
}

LimitCase step_length(const LimitCaseOptions& options) {
  LimitCase result{"L", "Length of step", "status quo at 4 and 52 steps a year against 12", {}};
  const auto of = [&](int steps) {
    LimitRun run;
    run.settings.steps_per_year = steps;
    const auto values = run.simulate(options);
    return std::pair{values.last_year("militants_end"), values.replicate_means("attempts", 0)};
  };
  const auto monthly = of(12);
  for (const int steps : {4, 52}) {
    const auto other = of(steps);
    const auto check = [&](const char* what, const Moments& a, const Moments& b, double percent) {
      const double error = std::hypot(a.error(), b.error());
      result.checks.push_back({fmt::format("{} at {} steps a year", what, steps), a.mean, b.mean,
                               error, kErrors * error + percent / 100 * a.mean});
    };
    check("militants at the end", monthly.first, other.first, 2);
    check("attack attempts a year", monthly.second, other.second, 5);
  }
  return result;
}

using Run = std::function<LimitCase(const LimitCaseOptions&)>;
const std::vector<std::pair<std::string, Run>>& cases() {
  static const std::vector<std::pair<std::string, Run>> all = {
      {"A", poisson},
      {"B", perfect_stop},
      {"C", merge_and_split},
      {"C2", more_guards},
      {"D", [](const auto& o) { return displacement("D", o); }},
      {"D2", [](const auto& o) { return displacement("D2", o); }},
      {"D3", [](const auto& o) { return displacement("D3", o); }},
      {"E", excitation},
      {"E3", one_type},
      {"F", people},
      {"G", [](const auto&) { return readiness(); }},
      {"H", trafficking},
      {"J", slippage},
      {"K", [](const auto&) { return severity(); }},
      {"L", step_length}};
  return all;
}

}  // namespace

bool LimitCheck::agrees() const {
  return std::abs(simulated - expected) <= tolerance;
}
bool LimitCase::agrees() const {
  return std::ranges::all_of(checks, [](const LimitCheck& check) { return check.agrees(); });
}

std::vector<std::string> limit_case_ids() {
  std::vector<std::string> ids;
  for (const auto& [id, run] : cases()) ids.push_back(id);
  return ids;
}

LimitCase run_limit_case(std::string_view id, const LimitCaseOptions& options) {
  for (const auto& [known, run] : cases()) {
    if (known == id) return run(options);
  }
  const auto ids = limit_case_ids();
  throw InvalidInput(Problem{.field = "limit case",
                             .what = "is '" + std::string(id) + "'",
                             .why = "must be one of the cases of docs/methods/spillover.md",
                             .suggestion = suggest_name(id, ids)});
}

}  // namespace panj::spillover
