// SPDX-License-Identifier: Apache-2.0
#include "panj/spillover/limit_cases.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "panj/core/problem.h"
#include "panj/spillover/detail/incident_marks.h"
#include "panj/spillover/detail/limit_runs.h"
#include "panj/spillover/schedule.h"

namespace panj::spillover {
namespace {

using detail::LimitRun;
using detail::Moments;

constexpr double kErrors = 4.0;  ///< standard errors that chance may explain
constexpr double kExact = 1e-12;
constexpr std::array<const char*, 3> kTypeNames{"attack", "infiltration",
                                                "fire"};  // kArmedAttempts
const char* type_name(Type e) {
  return kTypeNames[static_cast<std::size_t>(std::ranges::find(kArmedAttempts, e) -
                                             kArmedAttempts.begin())];
}

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

LimitRun without_chance() {
  LimitRun run = frozen();
  run.parameters.cohesion.noise = 0;
  run.parameters.defence.equipment_loss = {};
  return run;
}

constexpr double kPublishedAttacks = .816403;
constexpr double kPublishedInfiltration = 19.391993;

LimitCase more_guards(const LimitCaseOptions& options) {
  LimitCase result{
      "C2",
      "Merge and split with a lever",
      "no feedback, people frozen, guards x 1.5 from 2026, cohesion without noise: rate "
      "in December 2030",
      {}};
  LimitRun run = without_chance();
  run.settings.ideal.equipment_by_density = true;
  run.levers = [](LeverSettings& levers, std::size_t) { levers.guards_factor = 1.5; };
  run.stretches = 1;
  const auto expected = run.rates_without_chance();
  for (const std::size_t count : std::array<std::size_t, 4>{1, 6, 24, 96}) {
    run.stretches = count;
    const auto rates = run.last_rates(options, 1);
    for (const Type e : {kAttack, kInfiltration}) {
      result.checks.push_back(exactly(fmt::format("{} rate on {} stretches", type_name(e), count),
                                      expected[e], rates[e][0]));
    }
  }
  // The specification prints the numbers of one path of cohesion. A shift of cohesion that brings
  // the one rate to the published number must bring the other there too.
  run.stretches = 1;
  const auto shifted = [&run](double shift) {
    LimitRun other = run;
    for (RegimeParameters& regime : other.parameters.regimes) regime.cohesion_shift += shift;
    return other.rates_without_chance();
  };
  double low = -3;
  double high = 0;
  for (int k = 0; k < 50; ++k) {
    const double middle = (low + high) / 2;
    (shifted(middle)[kAttack] > kPublishedAttacks ? low : high) = middle;
  }
  result.checks.push_back(exactly("infiltration rate on the published path of cohesion",
                                  kPublishedInfiltration, shifted(low)[kInfiltration], 1e-6));
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

/// Exact where equipment comes at once and is never lost; else the published numbers are those of
/// one path of deliveries, losses and cohesion, and must lie among ours.
LimitCase displacement(const std::string& id, const LimitCaseOptions& options) {
  LimitCase result{id,
                   "Displacement",
                   "no feedback, people frozen, programme on the west only: rate in December 2030 "
                   "over the status quo's",
                   {}};
  LimitRun quo = without_chance();
  if (id == "D") quo.parameters.attempts.deterrence = {};
  if (id == "D3") quo.parameters.attempts.deterrence = {1, 1, 1, 1};
  LimitRun west = quo;
  west.levers = [p = quo.parameters](LeverSettings& levers, std::size_t stretches) {
    western_programme(p, levers, stretches);
    levers.slippage_years = 1e-6;
  };
  const auto ratio = [](const auto& after, const auto& before, Type e) {
    return after[e] / before[e];
  };
  const auto expected_quo = quo.rates_without_chance();
  const auto expected_west = west.rates_without_chance();
  const auto rates_quo = quo.last_rates(options, 1);
  const auto rates_west = west.last_rates(options, 1);
  for (const Type e : kArmedAttempts) {
    result.checks.push_back(exactly(fmt::format("{} rate, equipment at once", type_name(e)),
                                    id == "D" ? 1.0 : ratio(expected_west, expected_quo, e),
                                    rates_west[e][0] / rates_quo[e][0]));
  }
  if (id == "D") return result;
  const auto published = id == "D2" ? std::array{.776, .668, .978} : std::array{.461, .404, .896};
  quo.parameters.cohesion.noise = west.parameters.cohesion.noise =
      LimitRun{}.parameters.cohesion.noise;
  quo.parameters.defence.equipment_loss = west.parameters.defence.equipment_loss =
      LimitRun{}.parameters.defence.equipment_loss;
  west.levers = [p = quo.parameters](LeverSettings& levers, std::size_t stretches) {
    western_programme(p, levers, stretches);
  };
  constexpr std::size_t kPaths = 64;
  const auto before = quo.last_rates(options, kPaths);
  const auto after = west.last_rates(options, kPaths);
  for (std::size_t k = 0; k < kArmedAttempts.size(); ++k) {
    const Type e = kArmedAttempts[k];
    std::vector<double> ratios;
    for (std::size_t lane = 0; lane < kPaths; ++lane) {
      ratios.push_back(after[e][lane] / before[e][lane]);
    }
    const Moments m = detail::moments(ratios);
    const double of_path = std::sqrt(m.variance);
    result.checks.push_back({fmt::format("{} rate, one path published", type_name(e)), published[k],
                             m.mean, of_path, 2 * of_path + 5e-4});
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

/// Mean and variance of the attempts of each type over a run: exact moments of the linear
/// recursion x ← ρx + G Z, attempts ~ Poisson((μ + x)Δ), that follow-ups over the whole border obey
/// where stops are the same everywhere.
class FollowUps {
 public:
  FollowUps(const LimitRun& run, double stop) {
    const AttemptParameters& a = run.parameters.attempts;
    dt_ = run.settings.step_years();
    const double kept = std::exp(-dt_ / a.excitation_memory);
    weight_ = 1 - (1 - a.stopped_weight) * stop;
    square_ = 1 - stop + a.stopped_weight * a.stopped_weight * stop;
    const Reference ref = run.reference();
    for (std::size_t k = 0; k < kCount; ++k) {
      base_[k] = total_rate(run, kArmedAttempts[k]);
      for (std::size_t i = 0; i < ref.rate.size(); ++i) {
        extra_[k] += ref.rate[i][kArmedAttempts[k]] * ref.excitation[i][kArmedAttempts[k]];
      }
      for (std::size_t f = 0; f < kCount; ++f) {
        gain_[k][f] = a.excitation[kArmedAttempts[k]][kArmedAttempts[f]] * (1 - kept) / dt_;
        growth_[k][f] = (k == f ? kept : 0) + weight_ * dt_ * gain_[k][f];
      }
    }
    for (int step = 0; step < run.settings.steps(); ++step) advance();
  }

  double mean(std::size_t k) const { return mean_[k]; }
  double variance(std::size_t k) const { return variance_[k]; }

 private:
  static constexpr std::size_t kCount = kArmedAttempts.size();
  using Vector = std::array<double, kCount>;
  using Matrix = std::array<Vector, kCount>;

  static Matrix product(const Matrix& a, const Matrix& b) {
    Matrix c{};
    for (std::size_t i = 0; i < kCount; ++i) {
      for (std::size_t j = 0; j < kCount; ++j) {
        for (std::size_t k = 0; k < kCount; ++k) c[i][j] += a[i][k] * b[k][j];
      }
    }
    return c;
  }
  static Matrix transposed(const Matrix& a) {
    Matrix t{};
    for (std::size_t i = 0; i < kCount; ++i) {
      for (std::size_t j = 0; j < kCount; ++j) t[j][i] = a[i][j];
    }
    return t;
  }

  void advance() {
    Vector events{};  // λΔ
    for (std::size_t k = 0; k < kCount; ++k) {
      events[k] = (base_[k] + extra_[k]) * dt_;
      mean_[k] += events[k];
      variance_[k] += 2 * dt_ * with_total_[k][k] + events[k] + dt_ * dt_ * spread_[k][k];
    }
    const Matrix moved = product(growth_, spread_);
    Matrix total = product(growth_, with_total_);
    Matrix spread = product(moved, transposed(growth_));
    Vector extra{};
    for (std::size_t i = 0; i < kCount; ++i) {
      for (std::size_t j = 0; j < kCount; ++j) {
        extra[i] += growth_[i][j] * extra_[j] + weight_ * dt_ * gain_[i][j] * base_[j];
        total[i][j] += dt_ * moved[i][j] + gain_[i][j] * weight_ * events[j];
        for (std::size_t k = 0; k < kCount; ++k) {
          spread[i][j] += gain_[i][k] * square_ * events[k] * gain_[j][k];
        }
      }
    }
    extra_ = extra;
    with_total_ = total;
    spread_ = spread;
  }

  double dt_ = 0;
  double weight_ = 0;  ///< mean of Z for each attempt
  double square_ = 0;  ///< of Z, its mean square
  Vector base_{};
  Vector extra_{};       ///< mean of x
  Matrix gain_{};        ///< G
  Matrix growth_{};      ///< ρ + G · mean of Z
  Matrix spread_{};      ///< Var x
  Matrix with_total_{};  ///< Cov(x, attempts so far)
  Vector mean_{};
  Vector variance_{};
};

void check_moments(LimitCase& result, const FollowUps& exact, const detail::Outcomes& values,
                   const LimitRun& run, std::size_t k) {
  const double years = run.settings.years();
  const Moments means = values.replicate_means("attempts", k);
  result.checks.push_back(by_chance(fmt::format("{} attempts a year", kTypeNames[k]),
                                    exact.mean(k) / years, means.mean, means.error()));
  const double expected = exact.variance(k) / exact.mean(k);
  const double error = expected * std::sqrt(2.0 / static_cast<double>(means.count));
  result.checks.push_back(by_chance(fmt::format("{} variance over mean of totals", kTypeNames[k]),
                                    expected, means.variance * years / means.mean, error));
}

LimitCase excitation(const LimitCaseOptions& options) {
  constexpr double kDetection = .35;
  constexpr double kInterception = .30;
  const LimitRun run = with_fixed_stops(excited(), kDetection, kInterception);
  const auto values = run.simulate(options);
  LimitCase result{
      "E", "Mean and variance of excitation", "people frozen, no cap, no season, stops as A", {}};
  const FollowUps exact(run, kDetection * kInterception);
  for (std::size_t k = 0; k < kArmedAttempts.size(); ++k) {
    check_moments(result, exact, values, run, k);
  }
  result.checks.push_back(exactly("spectral radius", .2187, run.spectral_radius(), 1e-4));
  return result;
}

LimitCase one_type(const LimitCaseOptions& options) {
  LimitRun run = with_fixed_stops(excited(), 0, 0);
  run.parameters.attempts.excitation = {};
  run.parameters.attempts.excitation[kAttack][kAttack] = .4;
  LimitCase result{
      "E3", "Excitation of one type", "as E with n = .4 among attacks only and no stops", {}};
  check_moments(result, FollowUps(run, 0), run.simulate(options), run, 0);
  LimitRun long_run = run;
  long_run.settings.last_year = long_run.settings.first_year + 199;
  const FollowUps century(long_run, 0);
  result.checks.push_back(exactly("attack variance over mean, in the long run", 1 / (.6 * .6),
                                  century.variance(0) / century.mean(0), 2e-3));
  return result;
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
  if (options.replicates < 2) {
    throw InvalidInput(Problem{.field = "replicates",
                               .what = fmt::format("is {}", options.replicates),
                               .why = "must be at least 2: one replicate has no spread"});
  }
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
