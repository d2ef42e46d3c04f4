// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "panj/plan/detail/placement_model.h"

namespace panj::plan::detail {

/// Units bought for one stretch, of every kind and at every level, as one number: the grid of the
/// dynamic programme. A kind's axis holds every n¹ ≤ n² ≤ … ≤ cap (one number a level).
class StateSpace {
 public:
  /// How one more unit, at level h and all above, leads from point `from` to `to` of an axis.
  struct Step {
    std::size_t kind = 0;
    std::size_t level = 0;
    std::vector<std::pair<std::size_t, std::size_t>> from_to;
  };

  explicit StateSpace(const PlacementModel& model);

  /// Of an instance, without building it; not a number of states anyone can count when infinite.
  static double count(const PlacementModel& model);

  std::size_t size() const { return size_; }
  std::size_t points(std::size_t kind) const { return axes_[kind].points; }
  std::size_t stride(std::size_t kind) const { return axes_[kind].stride; }
  const std::vector<Step>& steps() const { return steps_; }

  std::size_t point(std::size_t state, std::size_t kind) const {
    return state / axes_[kind].stride % axes_[kind].points;
  }
  int units_at(std::size_t kind, std::size_t level, std::size_t point) const {
    return axes_[kind].units[point * levels_ + level];
  }
  int units(std::size_t state, std::size_t kind, std::size_t level) const {
    return units_at(kind, level, point(state, kind));
  }
  /// Π_k (1 − detect)^units by state, for a level and a type.
  const std::vector<double>& missed(std::size_t level, std::size_t type) const {
    return missed_[level * types_ + type];
  }
  /// The state with these units, [(k, h)].
  std::size_t state_of(const std::vector<int>& units) const;

 private:
  struct Axis {
    std::size_t points = 0;
    std::size_t stride = 0;
    std::vector<int> units;  ///< [(point, level)]
  };
  void add_steps(std::size_t kind);

  std::size_t levels_;
  std::size_t types_;
  std::size_t size_ = 1;
  std::vector<Axis> axes_;
  std::vector<Step> steps_;
  std::vector<std::vector<double>> missed_;
};

}  // namespace panj::plan::detail
