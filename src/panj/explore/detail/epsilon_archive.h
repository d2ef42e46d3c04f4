// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace panj::explore::detail {

/// A point of the search.
struct Candidate {
  std::vector<double> settings;
  std::vector<double> objectives;
};

/// Keeps one point for each box of size ε that no other box dominates (Laumanns et al. 2002).
class EpsilonArchive {
 public:
  explicit EpsilonArchive(std::vector<double> epsilons) : epsilons_(std::move(epsilons)) {}

  /// True when the point opened a new box: the search moves on.
  bool add(const Candidate& candidate);

  std::size_t size() const { return points_.size(); }
  const Candidate& operator[](std::size_t i) const { return points_[i]; }
  std::span<const Candidate> points() const { return points_; }

 private:
  std::vector<double> box_of(std::span<const double> objectives) const;
  double distance_to_corner(const Candidate& candidate) const;

  std::vector<double> epsilons_;
  std::vector<Candidate> points_;
  std::vector<std::vector<double>> boxes_;
};

}  // namespace panj::explore::detail
