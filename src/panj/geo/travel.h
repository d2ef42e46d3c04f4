// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <vector>

#include "panj/geo/elevation.h"

namespace panj::geo {

/// Hours on foot for one kilometre on a slope, rise over run: Tobler's hiking function (1993),
/// 6 e^{−3.5 |slope + 0.05|} km/h. Fastest slightly downhill; 5.04 km/h on the level.
double walking_hours_per_km(double slope);

/// Least hours on foot from a position to each cell of a grid; infinite where there is no way.
///
/// Dijkstra's algorithm over the sixteen nearest directions (a king's and a knight's moves), so a
/// way over open ground is at most 2.8 % longer than the straight one. Cells without data, and
/// those that `is_open` forbids, are neither entered nor jumped over: a knight's move needs both
/// cells that it runs through, a diagonal one of the two that it runs between. The first cell is
/// always entered, but nothing is reached from one without data. Slopes are those of the
/// grid: a finer raster is a harder country.
///
///     const auto hours = walking_hours(read_elevation("dem.tif", box), {68.86, 36.73});
std::vector<double> walking_hours(
    const Elevation& elevation, LonLat from,
    const std::function<bool(std::size_t cell)>& is_open = [](std::size_t) { return true; });

}  // namespace panj::geo
