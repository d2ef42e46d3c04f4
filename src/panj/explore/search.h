// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "panj/explore/dimension.h"
#include "panj/explore/matrix.h"

namespace panj::explore {

/// What is searched: settings within ranges, several objectives, all to be minimised.
struct SearchProblem {
  std::vector<Dimension> levers;
  /// Differences that matter, one for each objective: of two points in the same box of this size
  /// only one is kept. All above 0.
  std::vector<double> epsilons;
  /// Fills one row of objectives for each row of settings. Called with a whole generation, so that
  /// it can spread the work over threads; a row's result must not depend on the others.
  std::function<void(const Matrix& settings, Matrix& objectives)> evaluate;
};

struct SearchOptions {
  std::size_t evaluations = 10000;
  std::size_t population = 100;
  std::uint64_t seed = 1;
  /// For the record of convergence; empty: none is kept.
  std::vector<double> hypervolume_reference{};
  std::size_t record_every = 1000;  ///< evaluations
};

struct SearchRecord {
  std::size_t evaluations = 0;
  std::size_t points = 0;  ///< in the archive
  double hypervolume = 0.0;
};

/// The points found, none of which ε-dominates another, ordered by their first objective.
struct SearchResult {
  Matrix settings;
  Matrix objectives;
  std::vector<SearchRecord> record;
};

/// Multi-objective evolutionary search: NSGA-II (Deb et al. 2002) with simulated binary crossover
/// and polynomial mutation, an archive by ε-dominance (Laumanns et al. 2002), and a new population
/// around the archive when it stands still (Kollat & Reed 2006). Same result for any number of
/// threads. Throws InvalidInput for faulty ranges.
SearchResult search(const SearchProblem& problem, const SearchOptions& options);

}  // namespace panj::explore
