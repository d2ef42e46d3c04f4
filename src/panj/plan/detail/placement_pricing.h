// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "panj/plan/detail/placement_states.h"

namespace panj::plan::detail {

/// What the dynamic programmes pay: for undetected loss, and for money.
struct Prices {
  std::vector<double> weight;  ///< [(h, t, i, a)] on undetected loss per attempt
  std::vector<double> money;   ///< [(h, t)] ≥ 0 on each budget row
  double constant = 0;         ///< the bound is the sum of the paths' costs plus this
};

/// Limits on units bought and in service, [(h, t, i, k)].
struct UnitLimits {
  std::vector<std::int16_t> low;
  std::vector<std::int16_t> high;

  explicit UnitLimits(const PlacementModel& model);
};

/// One way to buy for one stretch: the state in service in each year, and what it costs.
struct Path {
  std::size_t stretch = 0;
  double cost = 0;  ///< infinite when no path obeys the limits
  std::vector<std::uint32_t> states;

  bool operator==(const Path&) const = default;
};

/// How many paths of a stretch are wanted.
struct PathCount {
  std::size_t paths = 0;  ///< the cheapest of all
  /// The cheapest to each of so many ends (units bought in all), the cheapest ends. The cheapest
  /// paths of all may differ by no more than when things are bought.
  std::size_t ends = 0;
};

/// Finds the cheapest path of every stretch by dynamic programming,
///     V_t(n) = f_t(n) + min over n' ≤ n of V_{t−1}(n') + Σ_k cost_{kt} (n_k − n'_k),
/// the minimum by one sweep for each kind (and level). Eight stretches go side by side, as they
/// share every cost but f.
class PathPricer {
 public:
  PathPricer(const PlacementModel& model, const StateSpace& states, unsigned threads);

  std::vector<Path> cheapest(const Prices& prices, const UnitLimits& limits) const;

  /// Paths of every stretch that cost at most `window` more than its cheapest, cheapest first.
  std::vector<std::vector<Path>> near(const Prices& prices, const UnitLimits& limits, double window,
                                      const PathCount& most) const;

  /// The cost of a given path.
  double cost(const Path& path, const Prices& prices) const;

 private:
  const PlacementModel& model_;
  const StateSpace& states_;
  unsigned threads_;
};

}  // namespace panj::plan::detail
