// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "panj/spillover/detail/world.h"
#include "panj/spillover/state.h"

namespace panj::spillover::detail {

/// Checks the invariants of one step: compares the state before with the state after.
///
/// 1 states are finite and ≥ 0 (but logarithms and logits, which are finite), counts whole; 2 each
/// group's militants change by who came, left and was lost alone, not by moving; 3 equipment ≤
/// start + delivered, delivered + backlog = scheduled; 4 probabilities within [0, 1], shares sum to
/// 1; 5 loads: entering = seized + through + change of stock; 6 militants change by what came, left
/// and was lost (the sum of 2); 7 detected ≥ intercepted, stopped ≥ intercepted and breaches ≤
/// attempts, deaths only from breaches; 8 patrols keep the number of teams. (9 is a test.) Throws
/// sim::ReplicateError.
class StepCheck {
 public:
  StepCheck(const Step& now, const Schedule& schedule, const State& before);
  void after(const State& state) const;

 private:
  bool on_;
  const Step& now_;
  ByKind<std::vector<double>> scheduled_;  ///< so far, by stretch
  std::vector<double> militants_before_;   ///< group by lane
  std::vector<double> stock_before_;       ///< zone by lane
};

}  // namespace panj::spillover::detail
