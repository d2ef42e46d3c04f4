// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "panj/plan/detail/placement_state.h"

namespace panj::plan::detail {

/// Simulated annealing over single units: buy, drop, delay, exchange, one for two and two for one.
struct SearchOptions {
  std::uint64_t steps = 200000;
  double start_temperature = 1e-3;  ///< relative to the value
  double end_temperature = 5e-5;
  std::uint64_t seed = 1;
  std::uint32_t chain = 0;  ///< which of several independent searches
  /// Purchases to try more often than others: those of paths that are near the cheapest.
  std::vector<UnitChange> guide;
  std::function<bool()> stop = [] { return false; };
};

/// Improves `plan`, which must be feasible; the result is never worse. Of equal values the cheaper
/// plan is kept.
std::vector<Purchases> search_plan(const PlacementInstance& instance, const PlacementModel& model,
                                   std::vector<Purchases> plan, const SearchOptions& options);

}  // namespace panj::plan::detail
