// SPDX-License-Identifier: Apache-2.0
#include "panj/geo/prio_grid.h"

#include <algorithm>
#include <cmath>

#include "panj/core/contract.h"

namespace panj::geo {
namespace {

constexpr int kRows = 360;
constexpr int kColumns = 720;

}  // namespace

int prio_grid_cell(LonLat position) {
  PANJ_EXPECT(is_valid(position));
  const int row = std::min(kRows - 1, static_cast<int>(std::floor((position.lat + 90.0) * 2.0)));
  const int column =
      std::min(kColumns - 1, static_cast<int>(std::floor((position.lon + 180.0) * 2.0)));
  return row * kColumns + column + 1;
}

LonLat prio_grid_centre(int gid) {
  PANJ_EXPECT(gid >= 1 && gid <= kRows * kColumns);
  const int row = (gid - 1) / kColumns;
  const int column = (gid - 1) % kColumns;
  return {column * 0.5 - 179.75, row * 0.5 - 89.75};
}

}  // namespace panj::geo
