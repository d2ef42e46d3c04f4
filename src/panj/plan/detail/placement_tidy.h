// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "panj/plan/detail/placement_model.h"

namespace panj::plan::detail {

/// Takes away what buys nothing: units whose loss (or replacement by a cheaper one, or delay)
/// leaves the value as it is, so that of plans met with equal value the cheapest is reported. Of
/// equally cheap ones the first: the one with more units where two differ first, by year of
/// purchase, stretch and kind, as far as exchanges on one stretch or between stretches that nothing
/// tells apart lead there.
std::vector<Purchases> tidy_plan(const PlacementInstance& instance, const PlacementModel& model,
                                 const std::vector<Purchases>& plan);

}  // namespace panj::plan::detail
