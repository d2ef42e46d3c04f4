// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/placement_of_theatre.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "panj/plan/placement_evaluate.h"
#include "panj/plan/placement_units.h"
#include "panj/spillover/reference.h"
#include "panj/spillover/schedule.h"

namespace panj::plan {
namespace {

using spillover::Kind;
using spillover::kKinds;
using spillover::LeverSettings;
using spillover::Parameters;

/// So many states of all stretches, and of one, are searched quickly. The money of a short border
/// is spent on few stretches, so that they may get more each.
constexpr double kStatesInAll = 32000;
constexpr double kFewestStates = 2000;

/// Of a plan while shares and mosts are searched, in parts of the plan's own.
constexpr double kTrialEffort = 0.05;

/// Another kind costs no more a unit and stops more of every type for the same money.
bool is_dominated(const EquipmentKind& kind, const std::vector<EquipmentKind>& kinds) {
  return std::ranges::any_of(kinds, [&](const EquipmentKind& other) {
    if (other.price > kind.price || other.price <= 0) return false;
    bool all = true;
    for (std::size_t a = 0; a < kind.detect.size(); ++a) {
      all = all &&
            std::log1p(-kind.detect[a]) / kind.price > std::log1p(-other.detect[a]) / other.price;
    }
    return all;
  });
}

/// Sets how many units a stretch may get: of each kind as many as the money for it buys, the same
/// part of all money that keeps the number of combinations small; none of a dominated kind.
void set_caps(std::vector<EquipmentKind>& kinds, const spillover::ByKind<double>& money,
              std::size_t stretches) {
  const double most_states = std::max(kFewestStates, kStatesInAll / static_cast<double>(stretches));
  constexpr double kMost = 100;
  const auto buy = [&](double part) {
    double states = 1;
    for (std::size_t k = 0; k < kKinds; ++k) {
      EquipmentKind& kind = kinds[k];
      const double units =
          kind.price > 0 ? std::min(kMost, std::floor(part * money[k] / kind.price)) : 20;
      kind.max_per_stretch = is_dominated(kind, kinds) ? 0 : static_cast<int>(units);
      states *= *kind.max_per_stretch + 1;
    }
    return states;
  };
  for (double part = 1; buy(part) > most_states;) part *= 0.97;
}

}  // namespace

TheatrePlacement::TheatrePlacement(const Ground& ground, const TheatrePlacementOptions& options)
    : ground_(ground), options_(options) {
  constexpr std::size_t kStatedReplicates = 200;
  stated_ = stated_outlook(ground, kStatedReplicates, options_.futures.seed);
  const Candidate today = status_quo();
  const FutureTables futures = tables_over_futures(ground, {&today, 1}, options_.futures);
  scenarios_ = scenarios_of(futures.tables.front());
  drawn_ = futures.drawn;
  const spillover::Reference reference =
      spillover::reference_of(ground.parameters, ground.geometry);
  standing_ = reference.equipment;
  guards_ = reference.guards;
}

std::vector<double> TheatrePlacement::yearly_budget(double musd) const {
  return std::vector<double>(ground_.years.size(), musd);
}

std::vector<double> TheatrePlacement::cost_of(const Candidate& candidate) const {
  const auto& defence = ground_.parameters.defence;
  std::vector<double> cost(ground_.years.size());
  for (const spillover::Tranche& tranche : candidate.levers(ground_.parameters).deliveries) {
    double worth = 0;
    for (std::size_t k = 0; k < kKinds; ++k) worth += tranche.units[k] * defence.unit_price[k];
    for (std::size_t t = 0; t < cost.size(); ++t) {
      if (ground_.years[t] == tranche.year) cost[t] += worth;
      if (ground_.years[t] >= tranche.year) cost[t] += worth * defence.upkeep_share;
    }
  }
  return cost;
}

std::vector<AttemptScenario> TheatrePlacement::scenarios_of(
    const std::vector<AttemptTable>& tables) const {
  std::vector<AttemptScenario> scenarios;
  scenarios.reserve(tables.size());
  for (const AttemptTable& table : tables) {
    scenarios.push_back({1.0 / static_cast<double>(tables.size()), table.breaches});
  }
  return scenarios;
}

TheatrePlan TheatrePlacement::plan(const std::vector<double>& budget) const {
  constexpr double kAsGood = 1.02;  // a smaller gap is worth as much
  const Trial best = search_frame(budget);
  const Trial before = try_frame(budget, best.frame, options_.goal, 1);
  // Harm says which is better for the mean alone.
  if (options_.goal != PlacementGoal::expected) return before.plan;
  const Frame there{additions_of(best.plan), best.frame.most};
  const Trial last = try_frame(budget, there, options_.goal, 1);
  return last.plan.harm_by_law < kAsGood * before.plan.harm_by_law ? last.plan : before.plan;
}

/// Pattern search: shares at the best plan so far, then less and more of each kind in turn, until a
/// whole round finds nothing.
TheatrePlacement::Trial TheatrePlacement::search_frame(const std::vector<double>& budget) const {
  constexpr int kMostRounds = 3;
  constexpr std::array kFactors{0.6, 1.6};
  Frame today;
  for (auto& by_stretch : today.at) by_stretch.assign(ground_.stretches.size(), 0.0);
  today.most.fill(std::accumulate(budget.begin(), budget.end(), 0.0));
  Trial best = try_frame(budget, today, PlacementGoal::expected, kTrialEffort);
  const auto is_better = [&](const spillover::ByKind<double>& most) {
    Trial trial =
        try_frame(budget, {additions_of(best.plan), most}, PlacementGoal::expected, kTrialEffort);
    if (trial.plan.harm_by_law >= best.plan.harm_by_law) return false;
    best = std::move(trial);
    return true;
  };
  for (int round = 0; round < kMostRounds; ++round) {
    bool found = is_better(best.frame.most);
    for (std::size_t k = 0; k < kKinds; ++k) {
      if (best.frame.most[k] == 0) continue;
      for (const double factor : kFactors) {
        auto most = best.frame.most;
        most[k] *= factor;
        found = is_better(most) || found;
      }
    }
    if (!found) break;
  }
  return best;
}

TheatrePlacement::Trial TheatrePlacement::try_frame(const std::vector<double>& budget,
                                                    const Frame& frame, PlacementGoal goal,
                                                    double effort) const {
  Trial trial{.frame = frame, .plan = {}};
  TheatrePlan& plan = trial.plan;
  plan.instance = instance_of(budget, frame);
  plan.instance.goal = goal;
  PlacementOptions search = options_.search;
  search.effort *= effort;
  plan.result = solve_placement_in_its_units(plan.instance, search);
  plan.harm_by_law = harm_by_law(plan);
  for (std::size_t k = 0; k < kKinds; ++k) {
    const EquipmentKind& kind = plan.instance.kinds[k];
    trial.frame.most[k] = *kind.max_per_stretch * kind.price;
  }
  return trial;
}

double TheatrePlacement::missed(std::size_t stretch, std::size_t type,
                                const spillover::ByKind<double>& units) const {
  const spillover::Guarding guarding{.length_km = ground_.geometry.stretches[stretch].length_km(),
                                     .guards = guards_[stretch],
                                     .units = units};
  return 1 - spillover::stop_chance(ground_.parameters, kPlannedTypes[type], guarding,
                                    stated_.circumstances)
                 .value();
}

double TheatrePlacement::harm_by_law(const TheatrePlan& plan) const {
  const PlacementInstance& instance = plan.instance;
  double harm = 0;
  for (std::size_t i = 0; i < instance.stretches.size(); ++i) {
    spillover::ByKind<double> today{};
    for (std::size_t k = 0; k < kKinds; ++k) today[k] = standing_[k][i];
    std::array<double, kPlannedTypes.size()> missed_today{};
    for (std::size_t a = 0; a < missed_today.size(); ++a) missed_today[a] = missed(i, a, today);
    for (std::size_t t = 0; t < instance.years.size(); ++t) {
      spillover::ByKind<double> units = today;
      for (std::size_t k = 0; k < kKinds; ++k) {
        units[k] += in_service(instance, plan.result.plan.front(), i, k, t);
      }
      for (std::size_t a = 0; a < instance.types.size(); ++a) {
        double through = 0;
        for (const AttemptScenario& scenario : scenarios_) {
          through += scenario.probability * scenario.attempts[instance.cell(t, i, a)];
        }
        harm += options_.harm[kPlannedTypes[a]] * through * missed(i, a, units) / missed_today[a];
      }
    }
  }
  return harm;
}

TheatrePlacement::Additions TheatrePlacement::additions_of(const TheatrePlan& plan) const {
  Additions additions;
  const std::size_t last = plan.instance.years.size() - 1;
  for (std::size_t k = 0; k < kKinds; ++k) {
    for (std::size_t i = 0; i < ground_.stretches.size(); ++i) {
      additions[k].push_back(in_service(plan.instance, plan.result.plan.front(), i, k, last));
    }
  }
  return additions;
}

PlacementInstance TheatrePlacement::instance_of(const std::vector<double>& budget,
                                                const Frame& frame) const {
  PlacementInstance instance;
  instance.name = ground_.theatre.id;
  instance.years = ground_.years;
  instance.stretches = ground_.stretches;
  for (const spillover::Type type : kPlannedTypes) {
    instance.types.emplace_back(theatre::kAttemptTypes[type]);
  }
  instance.kinds = kinds_of(frame);
  instance.budget_per_year = budget;
  instance.existing.assign(instance.stretches.size() * kKinds, 0);  // they are in the attempts
  instance.min_posts.assign(instance.stretches.size(), 0);
  instance.min_posts_from_year = instance.years.front();
  for (std::size_t i = 0; i < instance.stretches.size(); ++i) {
    for (const spillover::Type type : kPlannedTypes) instance.loss.push_back(options_.harm[type]);
  }
  instance.scenarios = scenarios_;
  instance.alpha = options_.alpha;
  return instance;
}

std::vector<EquipmentKind> TheatrePlacement::kinds_of(const Frame& frame) const {
  const auto& defence = ground_.parameters.defence;
  std::vector<EquipmentKind> kinds;
  for (std::size_t k = 0; k < kKinds; ++k) {
    EquipmentKind& kind = kinds.emplace_back();
    kind.name = theatre::kEquipmentKinds[k];
    kind.price = defence.unit_price[k];
    kind.upkeep_per_year = defence.upkeep_share * defence.unit_price[k];
    for (std::size_t a = 0; a < kPlannedTypes.size(); ++a) {
      kind.detect.push_back(share_stopped(static_cast<Kind>(k), a, frame.at));
    }
  }
  set_caps(kinds, frame.most, ground_.stretches.size());
  return kinds;
}

double TheatrePlacement::share_stopped(Kind kind, std::size_t type, const Additions& at) const {
  constexpr int kPoints = 8;
  constexpr double kStep = 1e-4;
  const bool is_bought = std::ranges::any_of(at[kind], [](double units) { return units > 0; });
  double effect = 0;
  double weight = 0;
  for (std::size_t i = 0; i < ground_.stretches.size(); ++i) {
    double here = 0;
    for (const AttemptScenario& scenario : scenarios_) {
      for (std::size_t t = 0; t < ground_.years.size(); ++t) {
        here += scenario.attempts[stated_.table.cell(t, i, type)];
      }
    }
    const auto log_missed = [&](double way, double more) {
      spillover::ByKind<double> units{};
      for (std::size_t k = 0; k < kKinds; ++k) units[k] = standing_[k][i] + way * at[k][i];
      units[kind] += more;
      return std::log(missed(i, type, units));
    };
    if (is_bought) here *= at[kind][i];  // what it does counts where it is put
    for (int point = 0; point < kPoints; ++point) {
      const double way = (point + 0.5) / kPoints;
      effect += here * (log_missed(way, 0) - log_missed(way, kStep)) / kStep / kPoints;
    }
    weight += here;
  }
  return weight > 0 ? -std::expm1(-std::max(0.0, effect / weight)) : 0.0;
}

Candidate TheatrePlacement::candidate(std::string id, std::string name,
                                      const TheatrePlan& plan) const {
  const auto programme = plain_programme(ground_.theatre);
  const Candidate base = programme ? candidate_of(ground_, *programme) : status_quo();
  return {.id = std::move(id),
          .name = std::move(name),
          .levers = [levers = base.levers,
                     deliveries = deliveries_of(plan.instance, plan.result.plan.front())](
                        const Parameters& p) {
            LeverSettings with_plan = levers(p);
            with_plan.deliveries = deliveries;
            return with_plan;
          }};
}

std::vector<spillover::Tranche> deliveries_of(const PlacementInstance& instance,
                                              const Purchases& purchases) {
  std::vector<spillover::Tranche> tranches;
  for (std::size_t t = 0; t < instance.years.size(); ++t) {
    for (std::size_t k = 0; k < instance.kinds.size(); ++k) {
      spillover::Tranche tranche{.year = instance.years[t]};
      for (std::size_t i = 0; i < instance.stretches.size(); ++i) {
        tranche.weights.push_back(purchases.at(i, k, t));
        tranche.units[k] += purchases.at(i, k, t);
      }
      if (tranche.units[k] > 0) tranches.push_back(std::move(tranche));
    }
  }
  return tranches;
}

}  // namespace panj::plan
