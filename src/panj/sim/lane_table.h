// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <new>
#include <span>
#include <vector>

#include "panj/core/contract.h"
#include "panj/sim/lanes.h"

namespace panj::sim {

/// Memory aligned to a cache line, so that packs load from one line.
template <class T>
struct LineAllocator {
  using value_type = T;
  static constexpr std::align_val_t kLine{64};

  LineAllocator() = default;
  template <class U>
  LineAllocator(const LineAllocator<U>&) {}  // NOLINT(google-explicit-constructor)

  T* allocate(std::size_t n) { return static_cast<T*>(::operator new(n * sizeof(T), kLine)); }
  void deallocate(T* p, std::size_t) { ::operator delete(p, kLine); }
  bool operator==(const LineAllocator&) const { return true; }
};

/// The state of a batch, structure of arrays: one row for each entity, one column for each lane.
///
///     LaneTable guards(stretches, lanes, 250.0);
///     guards.row(7)[lane]                 // guards of stretch 7 in that lane's replicate
///
/// Rows are `lanes.padded()` long and aligned to 64 bytes.
class LaneTable {
 public:
  LaneTable() = default;
  LaneTable(std::size_t rows, const Lanes& lanes, double value = 0.0)
      : width_(lanes.padded()), values_(rows * width_, value) {}

  std::size_t rows() const { return width_ == 0 ? 0 : values_.size() / width_; }
  std::size_t width() const { return width_; }

  std::span<double> row(std::size_t i) { return {values_.data() + i * width_, width_}; }
  std::span<const double> row(std::size_t i) const { return {values_.data() + i * width_, width_}; }
  std::span<double> values() { return values_; }
  std::span<const double> values() const { return values_; }

  void set_row(std::size_t i, double value) { std::ranges::fill(row(i), value); }

  /// Copies one lane of another table of the same shape, for resampling.
  void copy_lane(std::size_t to, const LaneTable& from, std::size_t lane) {
    PANJ_EXPECT(from.rows() == rows() && to < width_ && lane < from.width_);
    for (std::size_t i = 0, n = rows(); i < n; ++i)
      values_[i * width_ + to] = from.values_[i * from.width_ + lane];
  }

 private:
  std::size_t width_ = 0;
  std::vector<double, LineAllocator<double>> values_;
};

}  // namespace panj::sim
