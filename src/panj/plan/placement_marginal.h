// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "panj/plan/placement.h"

namespace panj::plan {

struct Purchase {
  std::size_t stretch = 0;
  std::size_t kind = 0;
  std::size_t year = 0;  ///< of purchase
  int units = 0;
};

/// What more money buys when everything already planned stays.
struct BudgetStep {
  double extra_budget = 0;
  std::size_t year = 0;
  double loss_avoided = 0;  ///< 0 when nothing fits or nothing helps
  std::vector<Purchase> buys;
  bool proven = false;  ///< no other additions to the plan avoid more
  /// What no plan with so much more money avoids, not even one made anew: the gap of the plan at
  /// the root and the price of the money. Nothing where more money lifts a cap that was left out.
  std::optional<double> loss_avoided_at_most{};
};

/// The best additions to a plan: first one after the other, singles and pairs, as long as something
/// fits; then every set of additions that can be better, a bounded number of them. Without
/// displacement or a measure of risk a unit never avoids more beside others than alone, so that the
/// search can prove what it finds. Of nested plans, the largest level's.
BudgetStep next_purchases(const PlacementInstance& instance, const PlacementResult& result,
                          double extra_budget, std::size_t year = 0);

/// The dearest kind's price: enough for one more unit of anything, upkeep left out.
double default_extra_budget(const PlacementInstance& instance);

}  // namespace panj::plan
