// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "panj/geo/lonlat.h"

namespace panj::geo {

/// The line as a coarser map would draw it: Douglas and Peucker (1973), keeping every vertex that
/// lies more than `tolerance_m` off the great circle between its kept neighbours. The ends stay.
///
///     length_km(simplified(line.vertices(), 1000.0))   // how long the border is at 1 km
std::vector<LonLat> simplified(std::span<const LonLat> polyline, double tolerance_m);

}  // namespace panj::geo
