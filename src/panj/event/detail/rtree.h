// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "panj/event/detail/sqlite.h"

namespace panj::event::detail {

/// A point of an R-tree and the row it belongs to.
struct RtreePoint {
  std::int64_t id;
  double x;
  double y;
};

/// Fills an R-tree of SQLite (`CREATE VIRTUAL TABLE name USING rtree(id, minx, maxx, miny, maxy)`)
/// with `points`, in place of all that it held. The nodes are packed by sort-tile-recursive
/// (Leutenegger, Lopez, Edgington 1997) and written to the tree's own tables in the file format of
/// SQLite's rtree module, which is many times faster than one insertion after another and gives
/// full nodes. `rtreecheck` holds on the result. Part of the transaction that is open.
void pack_rtree(Database& database, const std::string& name, std::vector<RtreePoint> points);

}  // namespace panj::event::detail
