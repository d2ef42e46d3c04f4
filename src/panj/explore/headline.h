// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "panj/explore/experiment.h"
#include "panj/explore/regret.h"
#include "panj/theatre/theatre.h"

namespace panj::explore {

/// One number that sums up a replicate, for comparing packages.
struct Headline {
  std::string name{};
  std::string unit{};
  std::string description{};
  Direction direction = Direction::lower_is_better;
};

/// The numbers that every exploration of a theatre keeps, by place in this list:
/// contained, reported_per_year, breaches_per_year, fatalities_per_year, worst_incident,
/// tonnes_through_per_year, cost_musd_per_year, record_incidents, record_militants.
const std::vector<Headline>& headlines();

/// Index of a headline. Throws InvalidInput with the nearest name.
std::size_t find_headline(std::string_view name);

/// Works the headlines of each replicate out of the outcomes of a run of the spillover model.
class HeadlineReader {
 public:
  /// The theatre must say when a future counts as contained; the run must cover its years.
  HeadlineReader(const theatre::Theatre& theatre, const sim::OutcomeTable& table, int first_year);

  /// `values`: headlines × replicates, of which those of the block are filled from `first` on.
  void read(const sim::OutcomeBlock& block, std::size_t first, std::size_t replicates,
            std::span<double> values) const;

 private:
  double sum(const sim::OutcomeBlock& block, std::size_t outcome, theatre::Years years,
             std::size_t lane) const;
  double mean(const sim::OutcomeBlock& block, std::size_t outcome, theatre::Years years,
              std::size_t lane) const;

  theatre::Containment containment_;
  theatre::Years measures_;  ///< from the start of measures to the end of the run
  int first_year_;
  std::size_t reported_, worst_, fatalities_, through_, cost_, militants_, breaches_;
  std::size_t types_ = 0;
  std::vector<std::size_t> armed_{};  ///< types that are armed attacks
};

}  // namespace panj::explore
