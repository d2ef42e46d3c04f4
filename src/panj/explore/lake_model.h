// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "panj/explore/lake.h"
#include "panj/sim/lane_table.h"
#include "panj/sim/lanes.h"
#include "panj/sim/outcome.h"

namespace panj::explore {

/// The lake under one policy as a sim::Model: a replicate is a sample of the inflow, a step a year.
/// `Lake` computes the same faster for many policies. Outcomes: state [year], utility, inertia,
/// reliability.
class LakeModel {
 public:
  struct State {
    sim::LaneTable now;      ///< rows: state, release, utility, steady years, years below critical
    sim::LaneTable history;  ///< state by year
  };

  LakeModel(const LakeSettings& settings, const LakePolicy& policy);

  const sim::OutcomeTable& outcomes() const { return table_; }
  int steps() const { return static_cast<int>(settings_.years) - 1; }
  State start(const sim::Lanes& lanes) const;
  void advance(State& state, const sim::Lanes& lanes, int step) const;
  void write_outcomes(const State& state, const sim::Lanes& lanes, sim::OutcomeBlock& block) const;

 private:
  LakeSettings settings_;
  LakePolicy policy_;
  double critical_;
  sim::OutcomeTable table_;
};

}  // namespace panj::explore
