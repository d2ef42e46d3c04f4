// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "panj/sim/outcome.h"
#include "panj/spillover/detail/world.h"
#include "panj/spillover/state.h"

namespace panj::spillover::detail {

/// Adds up the outcomes step by step in `state.record`, which has a row for each cell of the table.
class Recorder {
 public:
  Recorder(const World& world, const sim::OutcomeTable& table);

  void add(const Step& now, State& state) const;
  void write(const State& state, const sim::Lanes& lanes, sim::OutcomeBlock& block) const;

 private:
  template <class Pack>
  struct Place;
  template <class Pack>
  void add_attempts(const Place<Pack>& at) const;
  template <class Pack>
  void add_flows(const Place<Pack>& at) const;
  template <class Pack>
  void add_levels(const Place<Pack>& at) const;
  template <class Pack>
  void add_stretches(const Place<Pack>& at) const;
  template <class Pack>
  void keep_ends(const Place<Pack>& at) const;
  std::size_t first(const char* outcome) const { return table_->offset(table_->find(outcome)); }

  const World* world_;
  const sim::OutcomeTable* table_;
  double per_year_of_effects_;

  // The first row of each outcome.
  std::size_t attempts_, detected_, stopped_, breaches_, expected_attempts_, expected_breaches_;
  std::size_t reported_, fatalities_, worst_, runs_, entering_, seized_, through_, stock_, cost_;
  std::size_t militants_, militants_end_, hardship_, cohesion_, divergence_, intelligence_,
      readiness_, corruption_, cover_, tolerance_;
  std::size_t equipment_, backlog_, by_group_, by_zone_;
  std::size_t stretch_attempts_, stretch_breaches_, stretch_incidents_, stretch_reported_, killing_;
};

}  // namespace panj::spillover::detail
