// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/patrol_of_theatre.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>

#include "panj/plan/breaches.h"
#include "panj/spillover/harm.h"
#include "panj/spillover/reference.h"

namespace panj::plan {
namespace {

using spillover::kKinds;
using spillover::LeverSettings;
using spillover::Parameters;
using theatre::PatrolPolicy;

constexpr std::array kTeams{spillover::kMobile, spillover::kAir};

std::size_t index_of(PatrolPolicy policy) {
  return static_cast<std::size_t>(policy);
}

Candidate with_policy(std::string id, std::string name, PatrolPolicy policy,
                      std::vector<double> shares = {}) {
  return {.id = std::move(id),
          .name = std::move(name),
          .levers = [policy, shares = std::move(shares)](const Parameters& p) {
            LeverSettings levers = spillover::practised_levers(p);
            levers.patrol = policy;
            levers.patrol_shares = shares;
            return levers;
          }};
}

/// Builds the game from what stands on the border and what it sees.
class Game {
 public:
  Game(const Ground& ground, int patrols, std::uint64_t seed)
      : ground_(ground),
        reference_(spillover::reference_of(ground.parameters, ground.geometry)),
        outlook_(stated_outlook(ground, kReplicates, seed)) {
    const double pooled = ground.parameters.defence.pooled_share;
    for (const std::size_t kind : kTeams) {
      const auto& units = reference_.equipment[kind];
      const double all = pooled * std::accumulate(units.begin(), units.end(), 0.0);
      teams_ += all;
      patrol_[kind] = all / patrols;
    }
  }

  double teams() const { return teams_; }

  /// Σ over types of harm × attempts a year, and its mean response λ.
  double rationality() const {
    double weight = 0;
    double sum = 0;
    for (std::size_t i = 0; i < ground_.stretches.size(); ++i) {
      for (std::size_t a = 0; a < kPlannedTypes.size(); ++a) {
        const double here = harm(i, a);
        weight += here;
        sum += here * ground_.parameters.attempts.avoidance[kPlannedTypes[a]];
      }
    }
    return weight > 0 ? sum / weight : 0;
  }

  GeneralSumGame game(double resources, double rationality) const {
    GeneralSumGame game;
    game.resources = resources;
    for (std::size_t i = 0; i < ground_.stretches.size(); ++i) {
      const double without = stopped(i, false);
      const double with = stopped(i, true);
      const double drawn = std::log(std::max(1e-12, unhindered(i))) / std::max(1e-9, rationality);
      game.attacker_uncovered.push_back(drawn - without);
      game.attacker_covered.push_back(drawn - with);
      game.defender_uncovered.push_back(without - 1);
      game.defender_covered.push_back(with - 1);
    }
    return game;
  }

 private:
  static constexpr std::size_t kReplicates = 200;

  double harm(std::size_t i, std::size_t a) const {
    double attempts = 0;
    for (std::size_t t = 0; t < ground_.years.size(); ++t) {
      attempts += outlook_.table.attempts[outlook_.table.cell(t, i, a)];
    }
    return spillover::kHarm[kPlannedTypes[a]] * attempts;
  }

  double stop(std::size_t i, std::size_t a, const spillover::ByKind<double>& units,
              PatrolPolicy policy) const {
    spillover::Circumstances now = outlook_.circumstances;
    now.patrol_effect = ground_.parameters.defence.patrol_effect[index_of(policy)];
    return spillover::stop_chance(ground_.parameters, kPlannedTypes[a],
                                  {.length_km = ground_.geometry.stretches[i].length_km(),
                                   .guards = reference_.guards[i],
                                   .units = units},
                                  now)
        .value();
  }

  spillover::ByKind<double> standing(std::size_t i) const {
    spillover::ByKind<double> units{};
    for (std::size_t k = 0; k < kKinds; ++k) units[k] = reference_.equipment[k][i];
    return units;
  }

  /// Mean chance to be stopped on a stretch, with a patrol or without any pooled team, by harm.
  double stopped(std::size_t i, bool with_patrol) const {
    spillover::ByKind<double> units = standing(i);
    for (const std::size_t kind : kTeams) {
      units[kind] *= 1 - ground_.parameters.defence.pooled_share;
      if (with_patrol) units[kind] += patrol_[kind];
    }
    double sum = 0;
    double weight = 0;
    for (std::size_t a = 0; a < kPlannedTypes.size(); ++a) {
      sum += harm(i, a) * stop(i, a, units, PatrolPolicy::randomised);
      weight += harm(i, a);
    }
    return weight > 0 ? sum / weight : 0;
  }

  /// What the stretch would draw if nothing were stopped there, by harm.
  double unhindered(std::size_t i) const {
    double sum = 0;
    for (std::size_t a = 0; a < kPlannedTypes.size(); ++a) {
      const double today = stop(i, a, standing(i), PatrolPolicy::fixed);
      sum += harm(i, a) * std::exp(ground_.parameters.attempts.avoidance[kPlannedTypes[a]] * today);
    }
    return sum;
  }

  const Ground& ground_;
  spillover::Reference reference_;
  Outlook outlook_;
  double teams_ = 0;
  spillover::ByKind<double> patrol_{};  ///< units of one patrol
};

}  // namespace

TheatrePatrol plan_patrol(const Ground& ground, const TheatrePatrolOptions& options) {
  constexpr int kStretchesAPatrol = 4;
  const int patrols = options.patrols.value_or(
      std::max(1, static_cast<int>(ground.stretches.size()) / kStretchesAPatrol));
  const Game game(ground, patrols, options.simulation.seed);
  TheatrePatrol plan;
  plan.teams = game.teams();
  plan.rationality = game.rationality();
  plan.game = game.game(patrols, plan.rationality);
  plan.patrol = solve_quantal(plan.game, plan.rationality);
  plan.stretches = ground.stretches;
  const std::vector<Candidate> candidates{
      with_policy("practised", "Where teams are delivered", PatrolPolicy::fixed),
      with_policy("random", "Random by length", PatrolPolicy::randomised),
      with_policy("optimised", "Where they do most each month", PatrolPolicy::optimised),
      with_policy("plan", "Random with the plan's chances", PatrolPolicy::randomised,
                  plan.patrol.coverage)};
  const std::vector<Pairing> pairings{{.rival = 0, .plan = 3}, {.rival = 2, .plan = 3}};
  Resimulation result = resimulate(ground, candidates, pairings, options.simulation);
  plan.simulation = std::move(result.simulation);
  plan.against_practised = result.contests[0];
  plan.against_optimised = result.contests[1];
  plan.verdict = verdict(plan.against_practised, "today's patrols", "with the same teams") + " " +
                 verdict(plan.against_optimised, "patrols placed where they do most each month",
                         "with the same teams");
  constexpr std::array<std::size_t, 3> kRivals{0, 1, 2};
  plan.regret = regret_over(draw_futures(ground, candidates, options.futures), kRivals, 3);
  return plan;
}

}  // namespace panj::plan
