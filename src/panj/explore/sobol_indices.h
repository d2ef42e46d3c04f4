// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "panj/core/range.h"
#include "panj/explore/matrix.h"

namespace panj::explore {

/// Whether the share of pairs is wanted too, at the price of d further runs a point.
enum class SobolOrder { first_and_total, with_pairs };

struct SobolOptions {
  std::size_t points = 1024;  ///< N; a power of two keeps the sample balanced
  SobolOrder order = SobolOrder::first_and_total;
  unsigned resamples = 100;  ///< of the bootstrap; 0 for no intervals
  double level = 0.95;       ///< of the intervals
  std::uint64_t seed = 1;
  unsigned threads = 1;
};

/// Points to run a model at, on the unit cube: for each of N base points A, then B, then A with
/// column i of B (i = 1…d), and with pairs B with column i of A. N·(d + 2) rows, or N·(2d + 2).
/// A and B are the halves of one Owen-scrambled Sobol sequence in 2d dimensions (Saltelli et al.
/// 2010). 2d ≤ kMostSobolDimensions.
Matrix sobol_design(std::size_t dimensions, const SobolOptions& options);

/// Shares of the output's variance. Intervals are bootstrap percentile intervals over base points.
struct SobolIndices {
  std::vector<double> first;  ///< S_i: what knowing input i alone would remove
  std::vector<double> total;  ///< T_i: what remains when all but input i are known
  Matrix second;              ///< S_ij above and below the diagonal; empty unless asked for
  std::vector<Range> first_interval;
  std::vector<Range> total_interval;
  std::vector<std::vector<Range>> second_interval;  ///< [i][j], j > i
  double mean = 0.0;
  double variance = 0.0;
};

/// Indices from the outputs of `sobol_design`, in its order. With f centred on its mean:
/// S_i = mean f_B(f_ABi − f_A) / V (Saltelli et al. 2010), T_i = mean (f_A − f_ABi)² / 2V (Jansen
/// 1999), S_ij = mean (f_BAi f_ABj − f_A f_B) / V − S_i − S_j (Saltelli 2002). All zero when the
/// output does not vary. Throws InvalidInput when an output is not finite.
SobolIndices sobol_indices(std::span<const double> outputs, std::size_t dimensions,
                           const SobolOptions& options);

/// Runs a function of unit coordinates over the design and gives its indices.
///
///     sobol_indices_of([](std::span<const double> u) { return u[0] * u[1]; }, 2, {.points = 4096})
SobolIndices sobol_indices_of(const std::function<double(std::span<const double>)>& function,
                              std::size_t dimensions, const SobolOptions& options);

}  // namespace panj::explore
