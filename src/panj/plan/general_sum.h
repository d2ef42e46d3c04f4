// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

namespace panj::plan {

/// Patrol against an attacker whose gains are not our losses. Every list has one entry for each
/// stretch.
struct GeneralSumGame {
  double resources = 0;                    ///< ≥ 0, need not be whole
  std::vector<double> attacker_uncovered;  ///< attacker's gain U without patrol
  std::vector<double> attacker_covered;    ///< with one, at most that
  std::vector<double> defender_uncovered;  ///< our gain D if attacked there without patrol
  std::vector<double> defender_covered;

  std::size_t size() const { return attacker_uncovered.size(); }
  double attacker_gain(std::size_t i, double coverage) const {
    return attacker_uncovered[i] + (attacker_covered[i] - attacker_uncovered[i]) * coverage;
  }
  double defender_gain(std::size_t i, double coverage) const {
    return defender_uncovered[i] + (defender_covered[i] - defender_uncovered[i]) * coverage;
  }
};

/// What is best when the attacker watches the coverage, then strikes where its gain is highest,
/// ties in our favour (strong Stackelberg equilibrium).
struct GeneralSumPatrol {
  double value = 0;                  ///< our gain
  std::size_t attacked_stretch = 0;  ///< of equally good ones the first
  double attacker_gain = 0;
  std::vector<double> coverage;
};

/// ORIGAMI (Kiekintveld et al. 2009) made complete: each stretch j can be the one that is attacked
/// if its gain can reach the lowest level ℓ* to which the resources press all others. A stretch
/// whose coverage helps us is then attacked at ℓ*, one whose coverage harms us at its uncovered
/// gain, and one whose gain no patrol changes gets what coverage is left over. So no case needs a
/// linear programme. O(n log n); at least one stretch.
GeneralSumPatrol solve_general_sum(const GeneralSumGame& game);

/// The same by one linear programme per stretch (Conitzer and Sandholm 2006): max Dⱼ(xⱼ) subject to
/// Uⱼ(xⱼ) ≥ Uᵢ(xᵢ) for all i, Σx ≤ m, solved by CLP. n programmes of n rows: a check, not a method
/// for many stretches.
GeneralSumPatrol solve_general_sum_by_programmes(const GeneralSumGame& game);

}  // namespace panj::plan
