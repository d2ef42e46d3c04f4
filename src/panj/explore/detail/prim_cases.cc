// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/detail/prim_cases.h"

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>

namespace panj::explore::detail {

bool is_inside(const Bounds& bounds, InputKind kind, double value) {
  if (kind == InputKind::category) {
    return ((bounds.categories >> static_cast<unsigned>(value)) & 1U) != 0;
  }
  return bounds.low <= value && value <= bounds.high;
}

Bounds bounds_around(const PrimInput& input) {
  Bounds bounds;
  if (input.values.empty()) return bounds;
  if (input.kind == InputKind::category) {
    for (const double c : input.values)
      bounds.categories |= std::uint64_t{1} << static_cast<unsigned>(c);
    return bounds;
  }
  const auto [low, high] = std::ranges::minmax(input.values);
  return {low, high, 0};
}

double upper_cut(std::span<const double> sorted, double probability) {
  const double place = static_cast<double>(sorted.size() - 1) * probability;
  auto below = static_cast<std::size_t>(std::floor(place));
  const auto above = static_cast<std::size_t>(std::ceil(place));
  while (sorted[below] == sorted[above] && below > 0) --below;
  return (sorted[below] + sorted[above]) / 2;
}

double lower_cut(std::span<const double> sorted, double probability) {
  const double place = static_cast<double>(sorted.size() - 1) * probability;
  const auto below = static_cast<std::size_t>(std::floor(place));
  auto above = static_cast<std::size_t>(std::ceil(place));
  while (sorted[below] == sorted[above] && above + 1 < sorted.size()) ++above;
  return (sorted[below] + sorted[above]) / 2;
}

double quasi_p(std::size_t hits, std::size_t cases, std::size_t wider_hits,
               std::size_t wider_cases) {
  if (hits == 0 || wider_hits == wider_cases) return 1.0;
  const double density = static_cast<double>(wider_hits) / static_cast<double>(wider_cases);
  return boost::math::ibeta(static_cast<double>(hits), static_cast<double>(cases - hits) + 1,
                            density);
}

}  // namespace panj::explore::detail
