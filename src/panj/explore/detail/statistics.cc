// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/detail/statistics.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "panj/core/contract.h"

namespace panj::explore::detail {

std::vector<std::size_t> order_of(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return values[i]; });
  return order;
}

double quantile(std::span<const double> sorted, double probability) {
  PANJ_EXPECT(!sorted.empty());
  const double place = probability * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - std::floor(place)) * (sorted[above] - sorted[below]);
}

double ks_distance(std::span<const double> sorted_a, std::span<const double> sorted_b) {
  double distance = 0;
  std::size_t a = 0;
  std::size_t b = 0;
  while (a < sorted_a.size() && b < sorted_b.size()) {
    const double value = std::min(sorted_a[a], sorted_b[b]);
    while (a < sorted_a.size() && sorted_a[a] == value) ++a;
    while (b < sorted_b.size() && sorted_b[b] == value) ++b;
    const double share_a = static_cast<double>(a) / static_cast<double>(sorted_a.size());
    const double share_b = static_cast<double>(b) / static_cast<double>(sorted_b.size());
    distance = std::max(distance, std::abs(share_a - share_b));
  }
  return distance;
}

double ks_p_value(double distance, double size_a, double size_b) {
  const double root = std::sqrt(size_a * size_b / (size_a + size_b));
  const double scaled = (root + 0.12 + 0.11 / root) * distance;
  double sum = 0;
  for (int k = 1; k <= 100; ++k) {
    const double term = std::exp(-2.0 * k * k * scaled * scaled);
    sum += k % 2 == 1 ? term : -term;
    if (term < 1e-16) break;
  }
  return scaled < 0.2 ? 1.0 : std::clamp(2 * sum, 0.0, 1.0);
}

}  // namespace panj::explore::detail
