// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "panj/plan/future_regret.h"
#include "panj/plan/general_sum.h"
#include "panj/plan/quantal.h"
#include "panj/plan/resimulation.h"

namespace panj::plan {

struct TheatrePatrolOptions {
  /// Patrols a day, each of an equal part of the teams that patrol policy moves. Nothing: one for
  /// every four stretches.
  std::optional<int> patrols{};
  ResimulationOptions simulation{};
  FutureOptions futures{};  ///< to look for regret in
};

/// How to patrol a theatre's border at random, and what that does in the simulator.
///
/// The game is the simulator's choice of place: stretch i draws attempts in proportion to
/// B_i e^{−λ u_i}, where u_i is the chance to be stopped there with or without a patrol
/// (stop_chance.h), B_i what it would draw were nothing stopped, and λ the attackers' response. So
/// it is a quantal game with gains ln(B_i)/λ − u_i against losses 1 − u_i. Types of attempts weigh
/// by harm.
struct TheatrePatrol {
  double teams = 0;  ///< that patrol policy moves, mobile and air
  GeneralSumGame game;
  double rationality = 0;  ///< λ
  QuantalPatrol patrol;    ///< value: minus the share of harm that gets through
  std::vector<std::string> stretches;
  /// As practised (with the same patrol policy as today), random by length, where the simulator's
  /// own rule puts teams, and the plan.
  spillover::SimulationResult simulation;
  Contest against_practised;
  Contest against_optimised;
  std::string verdict;
  FutureRegret regret;  ///< against the best of the other three
};

TheatrePatrol plan_patrol(const Ground& ground, const TheatrePatrolOptions& options);

}  // namespace panj::plan
