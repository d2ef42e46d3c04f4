// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "panj/plan/placement.h"

namespace panj::plan {

/// Solves as `solve_placement` does, whatever units the instance's money and losses are in: the
/// solver and the linear programmes below it hold sums to be equal when they differ by 1e-7 or so,
/// which is nothing beside budgets of 20 and all beside budgets of 1e-8. Sums out of the range in
/// which that is rounding are solved as multiples of a power of two, which rounds nothing; the
/// result is in the instance's own units.
PlacementResult solve_placement_in_its_units(const PlacementInstance& instance,
                                             const PlacementOptions& options);

/// The least and the largest of some sums, those of 0 left out. Both 0: there is no other.
struct MoneyRange {
  double least = 0;
  double largest = 0;
};
/// Of what the budgets allow to spend in each year, or up to each year with carry-over.
MoneyRange budget_range(const PlacementInstance& instance);

/// How much larger the largest sum may be than the least: beyond, one scale cannot fit both.
inline constexpr double kWidestMoney = 1e6;

}  // namespace panj::plan
