// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "panj/brief/content.h"
#include "panj/geo/border_line.h"
#include "panj/geo/stretch.h"

namespace panj::brief {

/// Gives each incident that has a position its chainage, bank and stretch. One farther than
/// `reach_km` from the line stays without: it happened elsewhere.
///
/// `near_bank` is the bank of `meta.near_side`.
void place_incidents(std::vector<Incident>& incidents, const geo::BorderLine& line,
                     std::span<const geo::Stretch> stretches, geo::Side near_bank,
                     double reach_km = 60.0);

/// The stretches with their geometry, simplified for a map of this length, the incidents placed on
/// them, and a sentence on each.
std::vector<Stretch> stretches_of(const geo::BorderLine& line,
                                  std::span<const geo::Stretch> stretches,
                                  const std::vector<Incident>& incidents);

}  // namespace panj::brief
