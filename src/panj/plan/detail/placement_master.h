// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "panj/plan/detail/placement_column.h"

namespace panj::plan::detail {

/// Multipliers of the rows that tie the stretches together, projected onto what makes the bound
/// valid: money ≥ 0, futures in the risk set, displacement within the mobile share.
struct Multipliers {
  std::vector<double> money;   ///< [(h, t)]
  std::vector<double> future;  ///< [s], sums to 1
  std::vector<double>
      displacement;  ///< one for each link of `displacement_links`, times level weight
};

/// Stretch i can be hit in stretch j's place: one for each level, year, type and reachable pair.
struct DisplacementLink {
  std::size_t hit = 0;   ///< cell (h, t, i, a), with levels
  std::size_t from = 0;  ///< cell (h, t, j, a)
  double attenuation = 1;
};
std::vector<DisplacementLink> displacement_links(const PlacementModel& model);

/// Prices of the dynamic programmes; the cheapest paths' costs plus `constant` bound every plan for
/// ANY multipliers, as they are projected first.
Prices to_prices(const PlacementModel& model, const std::vector<DisplacementLink>& links,
                 Multipliers multipliers);

/// The master linear programme over columns, kept warm in CLP between calls.
///
///     min goal(G, z)  over  Σ_p x_p = 1 for each stretch,  Σ spend_p x_p ≤ B,
///     G ≥ Σ loss_p x_p,  z_i ≥ ψ^|i−j| G_j
class MasterProgram {
 public:
  struct Answer {
    double value = 0;
    double overspend = 0;  ///< money that no column could save: > 0 when there is no plan
    double work = 0;       ///< nominal seconds of one core
    Multipliers multipliers;
    std::vector<double> use;  ///< of each column
  };

  explicit MasterProgram(const PlacementModel& model);
  MasterProgram(const MasterProgram&) = delete;
  MasterProgram& operator=(const MasterProgram&) = delete;
  ~MasterProgram();

  void add(const Column& column);
  std::size_t columns() const;
  /// Only `allowed` columns may be used: one flag for each.
  Answer solve(const std::vector<char>& allowed);

  /// Best use of whole columns that CBC finds within `nodes`; empty when it finds none below
  /// `cutoff`. The linear programme must have been solved.
  std::vector<std::size_t> solve_integer(const std::vector<std::size_t>& columns, double cutoff,
                                         int nodes) const;

  const std::vector<DisplacementLink>& links() const { return links_; }

 private:
  struct Program;
  const PlacementModel& model_;
  std::vector<DisplacementLink> links_;
  std::unique_ptr<Program> program_;
};

}  // namespace panj::plan::detail
