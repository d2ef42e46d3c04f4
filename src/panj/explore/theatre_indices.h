// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "panj/explore/sobol_indices.h"
#include "panj/explore/theatre_study.h"

namespace panj::explore {

/// The most assumptions that Sobol indices of a theatre are worked out for at once: each costs as
/// many points again as there are base points, and the strongest few are what they are for.
inline constexpr std::size_t kMostIndexed = 12;

/// Which outcome, under which package, over which assumptions.
struct IndicesQuestion {
  std::vector<std::string> assumptions;  ///< names of dimensions of futures
  std::size_t package = 0;               ///< index in the study's packages
  std::size_t headline = 0;
  std::size_t replicates = 20;  ///< at each point
};

/// Shares of the variance of a headline's mean over replicates.
struct TheatreIndices {
  std::vector<std::string> subjects;  ///< the assumptions in words, in the question's order
  SobolIndices indices;
  std::size_t runs = 0;  ///< points × replicates
  /// Share of the variance that is luck of the replicates beyond what all points have in common,
  /// from a two-way layout of points and replicates. 0 with one replicate, which cannot tell.
  double chance_share = 0.0;
};

/// Sobol indices of a headline over some assumptions, on the scales and within the draw ranges that
/// the theatre gives them; all others stay as stated. Every point has the same luck, so that the
/// output is a function of the assumptions. Cost: points × (assumptions + 2) × replicates runs.
///
///     const TheatreStudy study(theatre, {.futures = 1, .packages = {"P4"}});
///     theatre_indices(study, {.assumptions = {"defence.belt_cost", "defence.guard_cost"},
///                             .headline = find_headline("cost_musd_per_year")}, {.points = 256});
///
/// Throws InvalidInput for assumptions that do not vary (nearest name), are given twice, none or
/// too many, and when some points contradict the model.
TheatreIndices theatre_indices(const TheatreStudy& study, const IndicesQuestion& question,
                               const SobolOptions& options);

}  // namespace panj::explore
