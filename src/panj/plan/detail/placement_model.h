// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "panj/plan/placement.h"

namespace panj::plan::detail {

/// The instance as the solver sees it: futures that only matter by their mean are one future, money
/// is a list of rows (cumulative with carry-over), and caps are no larger than what can be paid.
///
/// Indices: h level, t year, i stretch, a type, k kind. Everything that has levels comes level by
/// level.
struct PlacementModel {
  std::size_t stretches = 0;
  std::size_t years = 0;
  std::size_t types = 0;
  std::size_t kinds = 0;
  std::size_t levels = 1;
  PlacementGoal goal = PlacementGoal::expected;
  double alpha = 0;

  std::vector<double> probability;            ///< [s]
  std::vector<std::vector<double>> attempts;  ///< [s][(t, i, a)]
  std::vector<double> level_weight;           ///< [h]
  std::vector<double> best_losses;            ///< [s], of regret

  double share = 0;  ///< of the attempts that move
  std::size_t reach = 0;
  std::vector<double> attenuation;  ///< [distance]

  std::vector<double> initial_loss;  ///< [(i, a)] with existing units
  std::vector<double> miss;          ///< [(k, a)] 1 − detect
  std::vector<int> cap;              ///< [k]
  std::vector<std::size_t> lag;      ///< [k]
  std::vector<double> unit_spend;    ///< [(k, year of delivery, row t)]
  std::vector<double> budget;        ///< [(h, t)]
  bool carry_over = true;            ///< rows are sums up to their year
  std::vector<int> required;         ///< [(t, i)] units of kind 0 that must have been bought

  explicit PlacementModel(const PlacementInstance& instance);

  bool has_displacement() const { return share > 0 && reach > 0; }
  bool has_risk() const { return goal == PlacementGoal::cvar || goal == PlacementGoal::regret; }
  std::size_t cells() const { return years * stretches * types; }
  std::size_t cell(std::size_t t, std::size_t i, std::size_t a) const {
    return (t * stretches + i) * types + a;
  }
  /// What a unit of kind k delivered in year t takes from each row.
  const double* spend_of(std::size_t k, std::size_t t) const {
    return &unit_spend[(k * years + t) * years];
  }
  /// The largest weight a future can have: p/(1 − alpha), or 1 for regret.
  double weight_limit(std::size_t s) const;
};

}  // namespace panj::plan::detail
