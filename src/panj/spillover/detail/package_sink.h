// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "panj/sim/ensemble.h"
#include "panj/spillover/model.h"
#include "panj/spillover/simulate.h"

namespace panj::spillover::detail {

/// The engine's options for an ensemble of packages; steps before levers bite are shared.
sim::EnsembleOptions ensemble_options(const Parameters& parameters,
                                      const SimulationOptions& options, const std::string& task);

/// Sums replicates up, package by package and against the first.
class PackageSink : public sim::Sink {
 public:
  PackageSink(std::span<const SpilloverModel> models, const SimulationOptions& options);

  void take(std::span<const sim::OutcomeBlock> blocks) override;
  SimulationResult result(std::span<const Scenario> scenarios) const;
  /// Of one replicate, as kHeadlines.
  std::vector<double> headlines_of(const sim::OutcomeBlock& block, std::size_t lane) const;

 private:
  /// An outcome by year: a sum of rows of the table.
  struct YearSeries {
    std::string name;
    std::string unit;
    std::vector<std::vector<std::size_t>> cells;  ///< by year
  };
  struct Package {
    std::vector<Tally> headlines;
    std::vector<sim::Moments> differences;
    std::vector<std::uint64_t> improved;
    std::vector<std::uint64_t> equal;
    std::vector<std::vector<Tally>> series;  ///< by series and year
    std::vector<sim::Moments>
        stretch_cells;  ///< stretch_attempts to incidents_killing, which follow each other
    std::vector<std::uint64_t> any_reported;  ///< replicates, by stretch
    std::vector<sim::Moments> deadly_years;   ///< share of years, by kTollSteps
    std::uint64_t contained = 0;
  };

  void add_series(const std::string& name, const std::string& unit, const std::string& outcome,
                  const std::vector<std::size_t>& parts);
  bool is_contained(const sim::OutcomeBlock& block, std::size_t lane) const;
  void add(const sim::OutcomeBlock& block, std::size_t lane, Package& package) const;
  void compare(const std::vector<double>& first, const std::vector<double>& mine,
               Package& package) const;
  void count_deadly_years(const sim::OutcomeBlock& block, std::size_t lane, Package& package) const;
  double sum(const sim::OutcomeBlock& block, std::size_t lane, std::size_t series,
             std::pair<std::size_t, std::size_t> years) const;
  std::size_t find(const std::string& series) const;
  std::size_t year(int calendar) const;  ///< must be one of the run
  PackageResult result_of(const Package& package, const Scenario& scenario) const;

  const sim::OutcomeTable* table_;
  Settings settings_;
  theatre::Containment containment_;
  bool tells_containment_;  ///< the run covers its years
  std::size_t years_;
  std::size_t effects_from_;
  std::size_t stretches_;
  std::size_t first_stretch_cell_;
  std::size_t first_reported_cell_;  ///< of stretch_reported
  std::vector<YearSeries> series_;
  std::vector<Package> packages_;
  std::uint64_t count_ = 0;

  // Places in series_.
  std::size_t reported_, fatalities_, breaches_, armed_, infiltration_, expected_armed_, attempts_;
  std::size_t through_, seized_, cost_, militants_end_, worst_;
};

}  // namespace panj::spillover::detail
