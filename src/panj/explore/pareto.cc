// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/pareto.h"

#include <algorithm>

#include "panj/core/contract.h"

namespace panj::explore {
namespace {

using Points = std::vector<std::vector<double>>;

double inclusive_volume(const std::vector<double>& point, std::span<const double> reference) {
  double volume = 1;
  for (std::size_t k = 0; k < reference.size(); ++k) volume *= reference[k] - point[k];
  return volume;
}

Points non_dominated(const Points& points) {
  Points kept;
  for (const auto& point : points) {
    const auto covered = [&](const std::vector<double>& other) {
      return other == point || dominates(other, point);
    };
    if (std::ranges::any_of(kept, covered)) continue;
    std::erase_if(kept, [&](const auto& other) { return dominates(point, other); });
    kept.push_back(point);
  }
  return kept;
}

/// Sweep along the first objective.
double area(Points points, std::span<const double> reference) {
  std::ranges::sort(points);
  double sum = 0;
  double height = reference[1];
  for (const auto& point : points) {
    if (point[1] >= height) continue;
    sum += (reference[0] - point[0]) * (height - point[1]);
    height = point[1];
  }
  return sum;
}

double volume(const Points& points, std::span<const double> reference);

/// What `points[index]` dominates and no later point does.
double exclusive_volume(const Points& points, std::size_t index,
                        std::span<const double> reference) {
  Points limited;
  for (std::size_t i = index + 1; i < points.size(); ++i) {
    std::vector<double> worse = points[i];
    for (std::size_t k = 0; k < worse.size(); ++k) worse[k] = std::max(worse[k], points[index][k]);
    limited.push_back(std::move(worse));
  }
  return inclusive_volume(points[index], reference) - volume(non_dominated(limited), reference);
}

double volume(const Points& points, std::span<const double> reference) {
  if (points.empty()) return 0.0;
  if (reference.size() == 2) return area(points, reference);
  double sum = 0;
  for (std::size_t i = 0; i < points.size(); ++i) sum += exclusive_volume(points, i, reference);
  return sum;
}

}  // namespace

bool dominates(std::span<const double> a, std::span<const double> b) {
  bool better = false;
  for (std::size_t k = 0; k < a.size(); ++k) {
    if (a[k] > b[k]) return false;
    better = better || a[k] < b[k];
  }
  return better;
}

std::vector<std::size_t> pareto_set(const Matrix& objectives) {
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < objectives.rows(); ++i) {
    const auto covered = [&](std::size_t j) {
      return std::ranges::equal(objectives.row(j), objectives.row(i)) ||
             dominates(objectives.row(j), objectives.row(i));
    };
    if (std::ranges::any_of(kept, covered)) continue;
    std::erase_if(kept,
                  [&](std::size_t j) { return dominates(objectives.row(i), objectives.row(j)); });
    kept.push_back(i);
  }
  return kept;
}

double hypervolume(const Matrix& objectives, std::span<const double> reference) {
  PANJ_EXPECT(objectives.rows() == 0 || objectives.columns() == reference.size());
  Points inside;
  for (std::size_t i = 0; i < objectives.rows(); ++i) {
    const auto row = objectives.row(i);
    const bool counts = std::ranges::equal(row, reference, std::ranges::less{});
    if (counts) inside.emplace_back(row.begin(), row.end());
  }
  if (reference.size() == 1) {
    double best = reference[0];
    for (const auto& point : inside) best = std::min(best, point[0]);
    return reference[0] - best;
  }
  Points front = non_dominated(inside);
  std::ranges::sort(front, std::ranges::greater{});
  return volume(front, reference);
}

}  // namespace panj::explore
