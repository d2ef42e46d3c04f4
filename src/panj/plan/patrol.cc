// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/patrol.h"

#include <algorithm>
#include <cmath>

#include "panj/core/contract.h"

namespace panj::plan {
namespace {

struct Slope {
  double uncovered;
  double rate;  ///< coverage per unit of level, 1/(u − c)
};

/// The level at which the given stretches together take `resources`, if all of them take some.
double level_of(std::span<const Slope> slopes, double resources) {
  double sum_rate = 0;
  double sum = 0;
  for (const Slope& s : slopes) {
    sum_rate += s.rate;
    sum += s.rate * s.uncovered;
  }
  return (sum - resources) / sum_rate;
}

/// The root among `slopes`, of which all with a level above it count: sort and sweep.
double sweep(std::vector<Slope>& slopes, double resources) {
  std::ranges::sort(slopes, std::ranges::greater{}, &Slope::uncovered);
  double sum_rate = 0;
  double sum = 0;
  double level = slopes.front().uncovered;
  for (std::size_t i = 0; i < slopes.size(); ++i) {
    sum_rate += slopes[i].rate;
    sum += slopes[i].rate * slopes[i].uncovered;
    level = (sum - resources) / sum_rate;
    if (i + 1 < slopes.size() && level >= slopes[i + 1].uncovered) break;
  }
  return level;
}

}  // namespace

double lowest_level(std::span<const double> uncovered, std::span<const double> covered,
                    double resources) {
  PANJ_EXPECT(!uncovered.empty() && uncovered.size() == covered.size() && resources >= 0);
  const double floor = *std::ranges::max_element(covered);
  std::vector<Slope> slopes;
  double needed = 0;
  for (std::size_t i = 0; i < uncovered.size(); ++i) {
    if (uncovered[i] <= floor) continue;
    const double rate = 1 / (uncovered[i] - covered[i]);
    slopes.push_back({uncovered[i], rate});
    needed += rate * (uncovered[i] - floor);
  }
  if (slopes.empty() || needed <= resources) return floor;
  constexpr int kPasses = 12;
  for (int pass = 0; pass < kPasses; ++pass) {
    const double below = level_of(slopes, resources);  // the needed coverage is convex in the level
    const auto removed = std::erase_if(slopes, [&](const Slope& s) { return s.uncovered < below; });
    if (removed == 0) return below;
    if (slopes.empty()) return below;  // only by rounding
  }
  return sweep(slopes, resources);
}

std::vector<double> coverage_at_level(std::span<const double> uncovered,
                                      std::span<const double> covered, double level) {
  std::vector<double> coverage(uncovered.size(), 0.0);
  for (std::size_t i = 0; i < coverage.size(); ++i) {
    if (uncovered[i] <= level || uncovered[i] <= covered[i]) continue;
    coverage[i] = std::min(1.0, (uncovered[i] - level) / (uncovered[i] - covered[i]));
  }
  return coverage;
}

ZeroSumPatrol solve_zero_sum(const ZeroSumGame& game) {
  ZeroSumPatrol patrol;
  const auto& v = game.loss_if_uncovered;
  const auto& c = game.loss_if_covered;
  patrol.value = lowest_level(v, c, game.resources);
  patrol.coverage = coverage_at_level(v, c, patrol.value);
  const double rounding = 1e-12 * std::max(1.0, std::abs(patrol.value));
  for (std::size_t i = 0; i < v.size(); ++i) {
    patrol.coverage_used += patrol.coverage[i];
    const double left = v[i] - (v[i] - c[i]) * patrol.coverage[i];
    if (left >= patrol.value - rounding) patrol.attackable.push_back(i);
  }
  return patrol;
}

}  // namespace panj::plan
