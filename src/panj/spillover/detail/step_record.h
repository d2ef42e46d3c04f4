// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "panj/sim/outcome.h"
#include "panj/spillover/detail/world.h"
#include "panj/spillover/state.h"

namespace panj::spillover::detail {

/// Keeps what each step comes to in `state.record`, beside the sums of the Recorder.
class StepRecorder {
 public:
  StepRecorder(const World& world, const sim::OutcomeTable& table);

  void keep(const Step& now, State& state) const;

 private:
  /// Where an outcome's rows are: `cells` of them for each step.
  struct Rows {
    std::size_t first = 0;
    std::size_t cells = 0;
  };
  struct Page;
  void keep_events(const Page& page) const;
  void keep_flows(const Page& page) const;
  void keep_levels(const Page& page) const;
  Rows rows(const char* outcome) const;

  const World* world_;
  const sim::OutcomeTable* table_;
  Rows attempts_, detected_, stopped_, breaches_, expected_attempts_, expected_breaches_;
  Rows fatalities_, reported_, entering_, seized_, through_, stock_, cost_;
  Rows hardship_, cohesion_, divergence_, intelligence_, readiness_, corruption_;
  Rows militants_, tolerance_, cover_, equipment_, backlog_;
};

}  // namespace panj::spillover::detail
