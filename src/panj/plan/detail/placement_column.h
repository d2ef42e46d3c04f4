// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "panj/plan/detail/placement_pricing.h"

namespace panj::plan::detail {

/// A purchase path of one stretch as a column of the master programme.
struct Column {
  Path path;
  std::vector<double> loss;   ///< [(h, t, a)] undetected loss per attempt
  std::vector<double> spend;  ///< [(h, t)] taken from each budget row
};

Column make_column(const PlacementModel& model, const StateSpace& states, Path path);

bool obeys(const PlacementModel& model, const StateSpace& states, const UnitLimits& limits,
           const Path& path);

/// One path for each stretch as plans, one for each level, and back. A path buys each unit as late
/// as its delivery allows.
std::vector<Purchases> to_purchases(const PlacementInstance& instance, const StateSpace& states,
                                    const std::vector<Path>& paths);
std::vector<Path> to_paths(const PlacementModel& model, const StateSpace& states,
                           const std::vector<Purchases>& plan);

}  // namespace panj::plan::detail
