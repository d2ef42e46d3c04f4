// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "panj/plan/roster.h"

namespace panj::plan {

/// How crews patrol shift after shift. Between two of them, also over night, a crew gets no
/// further than its reach; it may stay where it is.
struct ShiftRules {
  std::size_t crews = 1;  ///< on duty in each shift, one stretch a crew, never two on one stretch
  std::vector<double> place{};  ///< of each stretch along the border
  double reach = 0;             ///< between two places, in the unit of `place`
};

/// What crews do from one shift to the next, in the long run: the same in every shift.
///
/// Rosters of all crews over all shifts are the columns of the problem: there are far too many to
/// list, and no need to. Crews that move within reach are a flow through shifts and stretches, at
/// most one crew to a stretch and shift, and every such flow is a mixture of rosters. So coverage
/// is kept exactly, whatever the reach. Of all flows that keep it this is the least predictable
/// one (largest entropy), found by scaling (Sinkhorn 1967). Crews without a stretch rest, all at
/// one place: how many rest in a shift is then one amount of the flow, and as even as that of a
/// stretch. It is the stretch with the most coverage within reach, so that most crews can be
/// relieved.
class ShiftPlan {
 public:
  /// Crews on a stretch, or resting there.
  struct Post {
    std::size_t stretch = 0;
    bool rests = false;
    std::int64_t amount = 0;  ///< crews in each shift, in parts of `unit()`
  };
  struct Move {
    std::uint32_t from = 0;  ///< posts
    std::uint32_t to = 0;
    std::int64_t amount = 0;
  };

  /// Coverage in [0, 1] with a sum of at most `crews`. It is taken as it is when its fractions have
  /// a common denominator up to 2^50, else cut to a multiple of 2^−50.
  ShiftPlan(std::span<const Fraction> coverage, ShiftRules rules);

  const ShiftRules& rules() const { return rules_; }
  const std::vector<Post>& posts() const { return posts_; }
  const std::vector<Move>& moves() const { return moves_; }
  std::int64_t unit() const { return unit_; }
  /// The chance that a stretch is patrolled in a shift; the same in each.
  std::vector<Fraction> coverage() const;

  /// Who sees a crew, and knows the plan, guesses with this chance where it will be next.
  double chance_to_guess() const;
  /// The same if crews could go anywhere.
  double chance_to_guess_without_limit() const;

 private:
  void place_crews(std::span<const Fraction> coverage);
  bool is_within_reach(std::size_t from, std::size_t to) const;  ///< stretches
  std::size_t place_of_rest() const;
  void spread_moves();

  ShiftRules rules_;
  std::int64_t unit_ = 1;
  std::vector<Post> posts_;
  std::vector<Move> moves_;  ///< by post of departure
};

}  // namespace panj::plan
