// SPDX-License-Identifier: Apache-2.0
#include "panj/geo/stretch.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "panj/core/contract.h"

namespace panj::geo {
namespace {

std::vector<Stretch> between(std::span<const double> bounds_km) {
  const std::size_t count = bounds_km.size() - 1;
  const std::size_t digits = std::max<std::size_t>(2, std::to_string(count).size());
  std::vector<Stretch> stretches(count);
  for (std::size_t i = 0; i < count; ++i) {
    PANJ_EXPECT(bounds_km[i] < bounds_km[i + 1]);
    stretches[i] = {fmt::format("s{:0{}}", i + 1, digits), fmt::format("Stretch {}", i + 1),
                    bounds_km[i], bounds_km[i + 1]};
  }
  return stretches;
}

}  // namespace

std::vector<Stretch> stretches_by_count(double length_km, std::size_t count) {
  PANJ_EXPECT(length_km > 0.0 && count >= 1);
  std::vector<double> bounds(count + 1);
  for (std::size_t i = 0; i <= count; ++i) {
    bounds[i] = length_km * static_cast<double>(i) / static_cast<double>(count);
  }
  return between(bounds);
}

std::vector<Stretch> stretches_by_length(double length_km, double target_km) {
  PANJ_EXPECT(length_km > 0.0 && target_km > 0.0);
  const double count = std::max(1.0, std::round(length_km / target_km));
  return stretches_by_count(length_km, static_cast<std::size_t>(count));
}

std::vector<Stretch> stretches_cut_at(double length_km, std::span<const double> cuts_km) {
  std::vector<double> bounds{0.0};
  bounds.insert(bounds.end(), cuts_km.begin(), cuts_km.end());
  bounds.push_back(length_km);
  return between(bounds);
}

std::size_t stretch_at(std::span<const Stretch> stretches, double chainage_km) {
  PANJ_EXPECT(!stretches.empty());
  const auto after = std::ranges::upper_bound(stretches, chainage_km, {}, &Stretch::from_km);
  const auto index = std::distance(stretches.begin(), after);
  return static_cast<std::size_t>(std::max<std::ptrdiff_t>(index - 1, 0));
}

}  // namespace panj::geo
