// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "panj/sim/ensemble.h"
#include "panj/spillover/simulate.h"

namespace panj::spillover::detail {

/// Sums up what each step comes to, package by package: every outcome over `time` on the border as
/// a whole, by type, kind, group or zone. Memory does not grow with the replicates.
class StepSink : public sim::Sink {
 public:
  StepSink(const sim::OutcomeTable& table, std::size_t packages);

  void take(std::span<const sim::OutcomeBlock> blocks) override;
  std::vector<StepSeries> series(std::size_t package) const;

 private:
  /// What one series adds up: cells of the table for the first step; those of the next lie `stride`
  /// further on.
  struct Source {
    std::string outcome;
    std::string of;
    std::string unit;
    std::size_t stride = 0;
    std::vector<std::size_t> cells{};
  };
  void add_sources(const sim::OutcomeTable& table, std::size_t outcome);
  void add_source(const sim::OutcomeTable& table, std::size_t outcome, const std::string& over);

  std::size_t steps_;
  std::vector<Source> sources_;
  std::vector<std::vector<Tally>> tallies_;  ///< by package: [source · steps + step]
};

}  // namespace panj::spillover::detail
