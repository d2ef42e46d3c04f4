// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "panj/geo/lonlat.h"

namespace panj::geo {

/// The PRIO-GRID cell (0.5° × 0.5°, ids 1–259,200 from the south-west, row by row) of a position.
///
///     prio_grid_cell({69.16, 34.53})  // Kabul: 179779
///
/// gid = floor((lat + 90) · 2) · 720 + floor((lon + 180) · 2) + 1 (Tollefsen et al. 2012). The
/// north pole and the 180° meridian belong to the last row and column. `position` must be valid.
int prio_grid_cell(LonLat position);

/// The middle of a cell, 1 ≤ gid ≤ 259,200.
LonLat prio_grid_centre(int gid);

}  // namespace panj::geo
