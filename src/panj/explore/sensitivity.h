// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "panj/explore/matrix.h"

namespace panj::explore {

// Which inputs move an output, from any sample of points (no special design needed).

struct PawnOptions {
  std::size_t slices = 10;  ///< equally filled slices of each input
  unsigned dummies = 200;   ///< shuffled inputs that show what chance alone gives
  std::uint64_t seed = 1;
};

/// How far the output's distribution moves when an input is known to lie in a slice, as
/// Kolmogorov–Smirnov distance (0 none, 1 all); moment-independent, so a change of spread or tail
/// counts as much as one of the mean.
struct Pawn {
  struct Input {
    double median = 0.0;   ///< over slices
    double maximum = 0.0;  ///< over slices
  };
  std::vector<Input> inputs;
  /// The 95 % quantile of `median` among inputs that have nothing to do with the output: below it
  /// an input cannot be told from chance.
  double chance_level = 0.0;
  /// What the largest `median` of as many unrelated inputs as there are inputs stays below, in 95 %
  /// of samples: among hundreds of inputs some pass `chance_level` by chance. From the
  /// shuffled inputs, as if log-normal, at 1 − 0.05 / inputs (Bonferroni).
  double chance_level_of_all = 0.0;
};

/// PAWN from given data (Pianosi & Wagener 2018). Needs at least two points a slice.
Pawn pawn(const Matrix& inputs, std::span<const double> output, const PawnOptions& options = {});

/// How differently an input is distributed where something happens (a failure) and elsewhere.
struct RegionalSensitivity {
  double distance = 0.0;  ///< Kolmogorov–Smirnov, 0 to 1
  double p_value = 1.0;   ///< of such a distance by chance
  /// Median of the input where it happens, minus elsewhere, in ranks from −1 to 1: the direction.
  double shift = 0.0;
};

/// Regional sensitivity (Spear & Hornberger 1980). All zero when it happens everywhere or nowhere.
std::vector<RegionalSensitivity> regional_sensitivity(const Matrix& inputs,
                                                      const std::vector<bool>& happens);

}  // namespace panj::explore
