// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "panj/plan/placement.h"

namespace panj::plan {

/// The instance as a mixed-integer programme in free MPS, for any other solver: whole purchases
/// b_<level>_<stretch>_<kind>_<year>, the convex loss of each cell from below by tangents.
///
/// A tangent stands at every reachable point where a stretch has at most 64 combinations of units,
/// so that the optimum is exact; with more, at ten points and at each given plan, so that the
/// optimum is a lower bound that is exact at the plan. The first line says which. For regret,
/// `result` must hold the best loss of each future.
std::string placement_mps(const PlacementInstance& instance, const PlacementResult& result);

}  // namespace panj::plan
