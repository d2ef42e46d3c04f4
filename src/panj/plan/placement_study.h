// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "panj/plan/future_regret.h"
#include "panj/plan/placement_marginal.h"
#include "panj/plan/placement_of_theatre.h"
#include "panj/plan/placement_sampling.h"
#include "panj/plan/resimulation.h"

namespace panj::plan {

struct PlacementStudyOptions {
  TheatrePlacementOptions placement{};
  /// M$ a year on top of the status quo. Nothing: the theatre's own.
  std::optional<double> budget_musd_per_year{};
  std::uint32_t replicates = 1000;  ///< of each package when the plan is simulated
  /// Independent batches of futures for the bound of the sampling gap; 0: no such bound; not 1.
  std::size_t batches = 10;
  double extra_budget = 1;  ///< M$ in the first year: what would more money buy?
};

/// A plan for the theatre's budget; another that costs no more than the theatre's programme spread
/// evenly; and what both do in the simulator.
struct PlacementStudy {
  std::vector<double> budget;
  TheatrePlan plan;
  BudgetStep next;          ///< what `extra_budget` more buys
  SamplingGap gap;          ///< of `plan`, on futures that it was not made for
  std::size_t futures = 0;  ///< that count, of those it was made for
  /// The programme to beat, and the plan at its cost.
  std::string rival;
  std::string rival_name;
  std::vector<double> rival_cost;  ///< by year, as scheduled
  std::optional<TheatrePlan> beside;
  std::optional<Contest> contest;
  std::string verdict;
  std::optional<FutureRegret> regret;  ///< of the plan at its cost, against it
  /// The status quo, the rival, the plan at its cost, and the plan; at the stated values, on the
  /// same luck. Without a rival: the status quo and the plan.
  spillover::SimulationResult simulation;
};

/// Throws InvalidInput when the theatre lacks a part, or states no budget and none is given.
PlacementStudy study_placement(const Ground& ground, const PlacementStudyOptions& options);

}  // namespace panj::plan
