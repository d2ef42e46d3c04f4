// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "panj/plan/detail/placement_pricing.h"

namespace panj::plan::detail {

/// One path for each stretch, and others to take in its place, for goals that are sums over
/// stretches. At prices π of money the excess of a path is its loss + π × spend above those of the
/// cheapest path of its stretch; the value of a choice is a bound + Σ excess + π × money left.
struct PathChoice {
  struct Stretch {
    std::vector<Path> paths;     ///< the least excess first
    std::vector<double> excess;  ///< ≥ 0 but for rounding
    std::vector<double> spend;   ///< [(path, row)]
    std::size_t chosen = 0;
  };
  std::vector<Stretch> stretches;
  std::vector<double> budget;       ///< [row], enough for what is chosen
  std::vector<double> money_price;  ///< [row] π ≥ 0

  std::vector<Path> chosen() const;
};

struct ExchangeOptions {
  std::uint64_t steps = 10'000'000;  ///< combinations of paths looked at
  std::uint64_t seed = 1;
  std::uint32_t chain = 0;  ///< which of several independent searches
  std::function<bool()> stop = [] { return false; };
};

/// Improves what is chosen: of two to six stretches at a time, drawn at random, the best other
/// paths that can be paid together are searched, those of all other stretches kept. As no excess
/// and no price is negative, a combination is given up as soon as its excess alone is too large,
/// which leaves few to look at. What is worse is taken as well, with the chances of annealing.
/// Returns the best choice met, never worse than the first.
PathChoice exchange_paths(PathChoice choice, const ExchangeOptions& options);

}  // namespace panj::plan::detail
