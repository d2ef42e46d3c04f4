// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "panj/plan/breaches.h"
#include "panj/plan/ground.h"
#include "panj/plan/placement.h"
#include "panj/spillover/harm.h"

namespace panj::plan {

struct TheatrePlacementOptions {
  FutureOptions futures{};
  spillover::ByType<double> harm = spillover::kHarm;  ///< of a breach; trafficking is left out
  PlacementGoal goal = PlacementGoal::expected;       ///< expected, cvar or regret
  double alpha = 0.9;                                 ///< of cvar
  PlacementOptions search{};
};

/// An instance made from a theatre, with its plan.
struct TheatrePlan {
  PlacementInstance instance;
  PlacementResult result;
  /// The mean over futures of the harm that the plan leaves by the simulator's own law of a stop,
  /// where the instance has it by shares.
  double harm_by_law = 0;
};

/// Placement on a theatre's border.
///
///     const Ground ground(read_theatre("theatres/tajik-afghan"));
///     const TheatrePlacement placement(ground, {});
///     const TheatrePlan plan = placement.plan(placement.yearly_budget(30));
///     const Candidate candidate = placement.candidate("plan", "placement", plan);
///
/// Attempts of a future are what gets through under the status quo, by stretch, year and type, in
/// the simulator; loss is their harm. "detect" is the share of it that one unit more stops. In the
/// simulator a stop needs detection and response (stop_chance.h), so a unit's effect depends on
/// what else stands there; the instance takes the mean of −∂ ln(1 − σ)/∂n along the straight line
/// from what stands today to a plan, over the units of that plan (Aumann and Shapley's share). So
/// the logarithm of what gets through is exact in the mean, today and under that plan.
///
/// Shares hold near the plan that they were taken at only: from far away the best plan would buy
/// the one kind whose share is the best bargain, and nothing to meet what it sees. So there is also
/// a most of each kind on a stretch. Shares and mosts are searched for the instance whose plan
/// leaves the least harm by the law itself.
class TheatrePlacement {
 public:
  TheatrePlacement(const Ground& ground, const TheatrePlacementOptions& options);

  /// The same sum every year.
  std::vector<double> yearly_budget(double musd) const;
  /// What a package's deliveries cost, with their upkeep, by year: what a plan may cost beside it.
  std::vector<double> cost_of(const Candidate& candidate) const;

  /// Plans within a budget by year. Money that is left of a year may be spent later.
  TheatrePlan plan(const std::vector<double>& budget) const;

  /// A plan as levers: its deliveries, everything else as practised.
  Candidate candidate(std::string id, std::string name, const TheatrePlan& plan) const;

  /// Tables of the status quo as equally likely futures.
  std::vector<AttemptScenario> scenarios_of(const std::vector<AttemptTable>& tables) const;

  const Ground& ground() const { return ground_; }
  std::size_t futures_drawn() const { return drawn_; }

 private:
  /// Units beyond today's, [kind][stretch].
  using Additions = spillover::ByKind<std::vector<double>>;

  /// Where shares are taken, and what may be spent on each kind on one stretch.
  struct Frame {
    Additions at;
    spillover::ByKind<double> most;
  };
  struct Trial {
    Frame frame;
    TheatrePlan plan;
  };

  Trial try_frame(const std::vector<double>& budget, const Frame& frame, PlacementGoal goal,
                  double effort) const;
  Trial search_frame(const std::vector<double>& budget) const;
  PlacementInstance instance_of(const std::vector<double>& budget, const Frame& frame) const;
  std::vector<EquipmentKind> kinds_of(const Frame& frame) const;
  double share_stopped(spillover::Kind kind, std::size_t type, const Additions& at) const;
  double missed(std::size_t stretch, std::size_t type,
                const spillover::ByKind<double>& units) const;
  double harm_by_law(const TheatrePlan& plan) const;
  Additions additions_of(const TheatrePlan& plan) const;

  const Ground& ground_;
  TheatrePlacementOptions options_;
  Outlook stated_;
  std::vector<AttemptScenario> scenarios_;
  std::size_t drawn_ = 0;
  spillover::ByKind<std::vector<double>> standing_;  ///< units today, [kind][stretch]
  std::vector<double> guards_;
};

/// Deliveries of a plan on the first of January of each year, unit by unit where it puts them.
std::vector<spillover::Tranche> deliveries_of(const PlacementInstance& instance,
                                              const Purchases& purchases);

}  // namespace panj::plan
