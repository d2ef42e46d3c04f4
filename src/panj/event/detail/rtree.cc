// SPDX-License-Identifier: Apache-2.0
#include "panj/event/detail/rtree.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <span>

#include "panj/core/contract.h"

namespace panj::event::detail {
namespace {

constexpr std::int64_t kRoot = 1;
constexpr std::size_t kHeaderBytes = 4;
constexpr std::size_t kCellBytes = 24;  ///< id and four coordinates, big-endian

/// What a cell covers. The module stores single precision, rounded outwards.
struct Box {
  float min_x, max_x, min_y, max_y;

  void cover(const Box& other) {
    min_x = std::min(min_x, other.min_x);
    max_x = std::max(max_x, other.max_x);
    min_y = std::min(min_y, other.min_y);
    max_y = std::max(max_y, other.max_y);
  }
};

struct Cell {
  std::int64_t id;  ///< of a row in a leaf, of a node above
  Box box;
};

float rounded_down(double value) {
  const auto single = static_cast<float>(value);
  return single > value ? std::nextafter(single, -std::numeric_limits<float>::infinity()) : single;
}

float rounded_up(double value) {
  const auto single = static_cast<float>(value);
  return single < value ? std::nextafter(single, std::numeric_limits<float>::infinity()) : single;
}

/// Orders cells so that each run of `capacity` is a tile: by x into slices, by y within each.
void tile(std::vector<Cell>& cells, std::size_t capacity) {
  const std::size_t nodes = (cells.size() + capacity - 1) / capacity;
  const double slices = std::ceil(std::sqrt(static_cast<double>(nodes)));
  const std::size_t slice = capacity * static_cast<std::size_t>(slices);
  const auto x = [](const Cell& cell) { return std::pair(cell.box.min_x, cell.id); };
  const auto y = [](const Cell& cell) { return std::pair(cell.box.min_y, cell.id); };
  std::ranges::sort(cells, {}, x);
  for (std::size_t first = 0; first < cells.size(); first += slice) {
    const std::span<Cell> part(cells.data() + first, std::min(slice, cells.size() - first));
    std::ranges::sort(part, {}, y);
  }
}

/// One node as the module stores it.
class Node {
 public:
  explicit Node(std::size_t bytes) : bytes_(bytes, '\0') {}

  void write(std::uint16_t depth, std::span<const Cell> cells) {
    std::ranges::fill(bytes_, '\0');
    at_ = 0;
    put(depth);
    put(static_cast<std::uint16_t>(cells.size()));
    for (const Cell& cell : cells) {
      put(std::bit_cast<std::uint64_t>(cell.id));
      for (const float bound : {cell.box.min_x, cell.box.max_x, cell.box.min_y, cell.box.max_y}) {
        put(std::bit_cast<std::uint32_t>(bound));
      }
    }
  }
  std::string_view bytes() const { return bytes_; }

 private:
  template <class Unsigned>
  void put(Unsigned value) {
    for (int shift = 8 * (static_cast<int>(sizeof value) - 1); shift >= 0; shift -= 8) {
      bytes_[at_++] = static_cast<char>((value >> shift) & 0xFF);
    }
  }
  std::string bytes_;
  std::size_t at_ = 0;
};

/// Writes a tree level by level into the tables `<name>_node`, `_rowid` and `_parent`.
class Writer {
 public:
  Writer(Database& database, const std::string& name)
      : node_bytes_(static_cast<std::size_t>(database.single_integer(
            fmt::format("SELECT length(data) FROM {}_node WHERE nodeno = 1", name)))),
        node_(node_bytes_),
        put_node_(database.prepare(fmt::format("INSERT INTO {}_node VALUES (?, ?)", name))),
        put_row_(database.prepare(fmt::format("INSERT INTO {}_rowid VALUES (?, ?)", name))),
        put_parent_(database.prepare(fmt::format("INSERT INTO {}_parent VALUES (?, ?)", name))) {
    for (const char* table : {"node", "rowid", "parent"}) {
      database.run(fmt::format("DELETE FROM {}_{}", name, table).c_str());
    }
  }

  void write(std::vector<Cell> cells) {
    const std::size_t capacity = (node_bytes_ - kHeaderBytes) / kCellBytes;
    std::uint16_t depth = 0;
    for (; cells.size() > capacity; ++depth) {
      tile(cells, capacity);
      std::vector<Cell> above;
      for (std::size_t first = 0; first < cells.size(); first += capacity) {
        const std::size_t count = std::min(capacity, cells.size() - first);
        above.push_back(write_node(++last_node_, 0, depth, {cells.data() + first, count}));
      }
      cells = std::move(above);
    }
    write_node(kRoot, depth, depth, cells);
    write_rows();
  }

 private:
  /// Returns the cell that stands for the node one level up. Only the root says how deep the tree
  /// is.
  Cell write_node(std::int64_t number, std::uint16_t stated_depth, std::uint16_t level,
                  std::span<const Cell> cells) {
    node_.write(stated_depth, cells);
    put_node_.bind(0, number);
    put_node_.bind_blob(1, node_.bytes());
    put_node_.run();
    for (const Cell& cell : cells) {
      if (level == 0) {
        rows_.emplace_back(cell.id, number);
      } else {
        put_parent_.bind(0, cell.id);
        put_parent_.bind(1, number);
        put_parent_.run();
      }
    }
    Cell above{number, cells.empty() ? Box{} : cells.front().box};
    for (const Cell& cell : cells) above.box.cover(cell.box);
    return above;
  }

  /// In the order of the rows' ids, so that the table grows at its end only.
  void write_rows() {
    std::ranges::sort(rows_);
    for (const auto& [row, node] : rows_) {
      put_row_.bind(0, row);
      put_row_.bind(1, node);
      put_row_.run();
    }
  }

  std::size_t node_bytes_;
  Node node_;
  std::int64_t last_node_ = kRoot;
  std::vector<std::pair<std::int64_t, std::int64_t>> rows_;
  Statement put_node_;
  Statement put_row_;
  Statement put_parent_;
};

}  // namespace

void pack_rtree(Database& database, const std::string& name, std::vector<RtreePoint> points) {
  std::vector<Cell> cells;
  cells.reserve(points.size());
  for (const RtreePoint& point : points) {
    PANJ_EXPECT(std::isfinite(point.x) && std::isfinite(point.y));
    cells.push_back(
        {point.id,
         {rounded_down(point.x), rounded_up(point.x), rounded_down(point.y), rounded_up(point.y)}});
  }
  points = {};
  Writer(database, name).write(std::move(cells));
}

}  // namespace panj::event::detail
