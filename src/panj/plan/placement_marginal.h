// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
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
};

/// The best additions of one or two units and then of single ones, as long as something fits: a
/// lower bound on what the money can do. Of nested plans, the largest level's.
BudgetStep next_purchases(const PlacementInstance& instance, const PlacementResult& result,
                          double extra_budget, std::size_t year = 0);

/// The dearest kind's price: enough for one more unit of anything, upkeep left out.
double default_extra_budget(const PlacementInstance& instance);

}  // namespace panj::plan
