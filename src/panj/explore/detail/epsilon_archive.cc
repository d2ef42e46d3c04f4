// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/detail/epsilon_archive.h"

#include <cmath>

#include "panj/explore/pareto.h"

namespace panj::explore::detail {

std::vector<double> EpsilonArchive::box_of(std::span<const double> objectives) const {
  std::vector<double> box(objectives.size());
  for (std::size_t k = 0; k < box.size(); ++k) box[k] = std::floor(objectives[k] / epsilons_[k]);
  return box;
}

double EpsilonArchive::distance_to_corner(const Candidate& candidate) const {
  double squares = 0;
  for (std::size_t k = 0; k < epsilons_.size(); ++k) {
    const double scaled = candidate.objectives[k] / epsilons_[k];
    squares += (scaled - std::floor(scaled)) * (scaled - std::floor(scaled));
  }
  return squares;
}

bool EpsilonArchive::add(const Candidate& candidate) {
  const std::vector<double> box = box_of(candidate.objectives);
  for (std::size_t i = 0; i < points_.size(); ++i) {
    if (dominates(boxes_[i], box)) return false;
    if (boxes_[i] != box) continue;
    const bool better = dominates(candidate.objectives, points_[i].objectives) ||
                        (!dominates(points_[i].objectives, candidate.objectives) &&
                         distance_to_corner(candidate) < distance_to_corner(points_[i]));
    if (better) points_[i] = candidate;
    return false;
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < points_.size(); ++i) {
    if (dominates(box, boxes_[i])) continue;
    if (kept != i) {
      points_[kept] = std::move(points_[i]);
      boxes_[kept] = std::move(boxes_[i]);
    }
    ++kept;
  }
  points_.resize(kept);
  boxes_.resize(kept);
  points_.push_back(candidate);
  boxes_.push_back(box);
  return true;
}

}  // namespace panj::explore::detail
