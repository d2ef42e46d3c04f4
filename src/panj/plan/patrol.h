// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace panj::plan {

/// Patrols spread over stretches of a border: coverage is the chance that a stretch is patrolled,
/// and adds up to at most `resources`.
///
/// Filling to a level: stretch i is worth `uncovered[i]` to the other side without a patrol and
/// `covered[i]` ≤ uncovered[i] with one. The lowest level ℓ to which `resources` can press the best
/// of them is the larger of max covered and the root of Σ clip((uᵢ − ℓ)/(uᵢ − cᵢ), 0, 1) = m
/// (Kiekintveld et al. 2009, "Computing optimal randomized resource allocations for massive
/// security games"). A stretch with uᵢ = cᵢ takes no coverage.
///
/// Cost O(n log n) at worst: passes of Newton's method from below leave few stretches to sort. A
/// million stretches take about 20 ms.
double lowest_level(std::span<const double> uncovered, std::span<const double> covered,
                    double resources);

/// The least coverage that presses every stretch to `level`.
std::vector<double> coverage_at_level(std::span<const double> uncovered,
                                      std::span<const double> covered, double level);

/// Zero-sum patrol: what the other side gains we lose.
struct ZeroSumGame {
  double resources = 0;  ///< ≥ 0, need not be whole
  std::vector<double> loss_if_uncovered;
  std::vector<double> loss_if_covered;  ///< each at most the loss uncovered
};

struct ZeroSumPatrol {
  double value = 0;  ///< the largest loss that is left: min over coverage of max over stretches
  std::vector<double> coverage;
  std::vector<std::size_t> attackable;  ///< stretches with that loss, in line order
  double coverage_used = 0;
};

/// min max_i [v_i − (v_i − c_i) x_i] over 0 ≤ x ≤ 1, Σx ≤ m; at least one stretch. The value is
/// unique; the coverage is the least one that reaches it.
ZeroSumPatrol solve_zero_sum(const ZeroSumGame& game);

}  // namespace panj::plan
