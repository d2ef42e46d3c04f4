// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/detail/placement_states.h"

#include <algorithm>
#include <cmath>

#include "panj/core/contract.h"

namespace panj::plan::detail {
namespace {

/// Every n¹ ≤ … ≤ n^levels ≤ cap in lexicographic order.
void list_points(int cap, std::size_t levels, std::vector<int>& prefix, std::vector<int>& units) {
  if (prefix.size() == levels) {
    units.insert(units.end(), prefix.begin(), prefix.end());
    return;
  }
  for (int n = prefix.empty() ? 0 : prefix.back(); n <= cap; ++n) {
    prefix.push_back(n);
    list_points(cap, levels, prefix, units);
    prefix.pop_back();
  }
}

}  // namespace

double StateSpace::count(const PlacementModel& model) {
  double count = 1;
  for (const int cap : model.cap) {
    for (std::size_t h = 1; h <= model.levels; ++h) {
      count *= (cap + static_cast<double>(h)) / static_cast<double>(h);
    }
  }
  return count;
}

StateSpace::StateSpace(const PlacementModel& model)
    : levels_(model.levels), types_(model.types), axes_(model.kinds) {
  for (std::size_t k = model.kinds; k-- > 0;) {
    std::vector<int> prefix;
    list_points(model.cap[k], levels_, prefix, axes_[k].units);
    axes_[k].points = axes_[k].units.size() / levels_;
    axes_[k].stride = size_;
    size_ *= axes_[k].points;
  }
  for (std::size_t k = 0; k < model.kinds; ++k) add_steps(k);
  for (std::size_t h = 0; h < levels_; ++h) {
    for (std::size_t a = 0; a < types_; ++a) {
      std::vector<double>& missed = missed_.emplace_back(size_, 1.0);
      for (std::size_t n = 0; n < size_; ++n) {
        for (std::size_t k = 0; k < model.kinds; ++k) {
          missed[n] *= std::pow(model.miss[k * types_ + a], units(n, k, h));
        }
      }
    }
  }
}

void StateSpace::add_steps(std::size_t kind) {
  const Axis& axis = axes_[kind];
  for (std::size_t h = 0; h < levels_; ++h) {
    Step step{kind, h, {}};
    for (std::size_t to = 0; to < axis.points; ++to) {
      std::vector<int> before(&axis.units[to * levels_], &axis.units[to * levels_] + levels_);
      for (std::size_t above = h; above < levels_; ++above) --before[above];
      if (before[h] < (h == 0 ? 0 : before[h - 1])) continue;
      for (std::size_t from = 0; from < to; ++from) {
        if (std::equal(before.begin(), before.end(), &axis.units[from * levels_])) {
          step.from_to.emplace_back(from, to);
        }
      }
    }
    steps_.push_back(std::move(step));
  }
}

std::size_t StateSpace::state_of(const std::vector<int>& units) const {
  std::size_t state = 0;
  for (std::size_t k = 0; k < axes_.size(); ++k) {
    const Axis& axis = axes_[k];
    std::size_t point = 0;
    while (point < axis.points &&
           !std::equal(&axis.units[point * levels_], &axis.units[point * levels_] + levels_,
                       &units[k * levels_])) {
      ++point;
    }
    PANJ_EXPECT(point < axis.points);
    state += point * axis.stride;
  }
  return state;
}

}  // namespace panj::plan::detail
