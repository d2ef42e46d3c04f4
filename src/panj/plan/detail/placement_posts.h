// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "panj/plan/placement.h"

namespace panj::plan::detail {

/// The cheapest way to reach the minimum posts: each post as late as it may be, or earlier where a
/// year's money would be lost.
struct PostPlan {
  Purchases purchases;
  PlacementRepair repair;  ///< all zero when the money suffices

  bool feasible() const;
};

/// Of the smallest budget level.
PostPlan plan_posts(const PlacementInstance& instance);

}  // namespace panj::plan::detail
