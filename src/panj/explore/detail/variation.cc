// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/detail/variation.h"

#include <algorithm>
#include <cmath>

namespace panj::explore::detail {
namespace {

constexpr double kCrossoverIndex = 15;
constexpr double kMutationIndex = 20;

}  // namespace

std::vector<double> crossover(std::span<const double> a, std::span<const double> b,
                              RandomStream& random) {
  std::vector<double> child(a.begin(), a.end());
  for (std::size_t d = 0; d < child.size(); ++d) {
    const bool crosses = random.uniform() < 0.5;
    const double u = random.uniform();
    const bool near_b = random.uniform() < 0.5;
    if (!crosses || a[d] == b[d]) continue;
    const double spread = u < 0.5 ? std::pow(2 * u, 1 / (kCrossoverIndex + 1))
                                  : std::pow(2 * (1 - u), -1 / (kCrossoverIndex + 1));
    const double side = near_b ? -spread : spread;
    child[d] = std::clamp(((1 + side) * a[d] + (1 - side) * b[d]) / 2, 0.0, 1.0);
  }
  return child;
}

void mutate(std::span<double> point, RandomStream& random) {
  const double chance = 1 / static_cast<double>(point.size());
  for (double& x : point) {
    const bool mutates = random.uniform() < chance;
    const double u = random.uniform();
    if (!mutates) continue;
    const double step = u < 0.5 ? std::pow(2 * u, 1 / (kMutationIndex + 1)) - 1
                                : 1 - std::pow(2 * (1 - u), 1 / (kMutationIndex + 1));
    x = std::clamp(x + step, 0.0, 1.0);
  }
}

void scatter(std::span<double> point, RandomStream& random) {
  const auto size = static_cast<double>(point.size());
  const auto always = static_cast<std::size_t>(random.uniform() * size);
  for (std::size_t d = 0; d < point.size(); ++d) {
    const bool moves = random.uniform() < 1 / size || d == always;
    const double u = random.uniform();
    if (moves) point[d] = u;
  }
}

}  // namespace panj::explore::detail
