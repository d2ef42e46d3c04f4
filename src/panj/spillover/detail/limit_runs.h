// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "panj/spillover/limit_cases.h"
#include "panj/spillover/model.h"
#include "panj/spillover/reference_world.h"

namespace panj::spillover::detail {

struct Moments {
  double mean = 0.0;
  double variance = 0.0;
  std::size_t count = 0;

  double error() const;  ///< of the mean
};
Moments moments(const std::vector<double>& values);

/// All outcomes of all replicates of a run.
class Outcomes {
 public:
  Outcomes(sim::OutcomeTable table, std::vector<std::vector<double>> replicates)
      : table_(std::move(table)), replicates_(std::move(replicates)) {}

  // `part` counts in the outcome's second dimension.
  Moments yearly(const std::string& outcome, std::size_t part) const;  ///< years as a sample
  Moments replicate_means(const std::string& outcome, std::size_t part) const;  ///< over years
  Moments year(const std::string& outcome, std::size_t year, std::size_t part) const;
  Moments last_year(const std::string& outcome) const;
  double total(const std::string& outcome, std::size_t part) const;

 private:
  std::vector<std::vector<double>> by_year(const std::string& outcome, std::size_t part) const;

  sim::OutcomeTable table_;
  std::vector<std::vector<double>> replicates_;
};

/// The reference world in a setting of a limit case.
struct LimitRun {
  Parameters parameters = reference_world();
  Settings settings{.first_year = 2022, .last_year = 2030};
  std::size_t stretches = 24;
  std::function<void(LeverSettings&, std::size_t stretches)> levers{};

  Geometry geometry() const { return equal_stretches(parameters, stretches); }
  Reference reference() const { return reference_of(parameters, geometry(), settings.ideal); }
  double spectral_radius() const;
  SpilloverModel model() const;
  Outcomes simulate(const LimitCaseOptions& options) const;
  /// Λ over the whole border in the last step, by type and replicate, of the first `paths`.
  ByType<std::vector<double>> last_rates(const LimitCaseOptions& options, std::size_t paths) const;
  /// The same by the second computation: see rates_without_chance.h.
  ByType<double> rates_without_chance() const;
  double last_season(Type e) const;
};

}  // namespace panj::spillover::detail
