// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "panj/core/date.h"
#include "panj/plan/line_game.h"
#include "panj/plan/roster.h"

namespace panj::plan {

/// Stretches to patrol on one day.
struct PatrolDay {
  Date day{};
  std::vector<std::size_t> stretches;  ///< in line order
};

/// Draws a roster for each of `days` days from `first`. Each day's comb takes the stretches in an
/// order of its own, so that who patrols next to whom tells nothing; each stretch keeps exactly its
/// coverage as chance. The draws belong to the seed alone: whoever knows it knows every roster.
std::vector<PatrolDay> draw_patrols(std::span<const Fraction> coverage, Date first, int days,
                                    std::uint64_t seed);

/// Posts of a walk by the strategy of a line game, one a step: a window drawn by its share, and
/// from each window one of those that continue it, in proportion to their shares. `patrol` has
/// windows.
std::vector<std::size_t> draw_walk(const LinePatrol& patrol, std::size_t steps, std::uint64_t seed);

/// A seed that nobody can guess, from the system.
std::uint64_t secret_seed();

/// date,stretch — one row a patrol. `names` has one name for each stretch.
std::string patrol_csv(std::span<const PatrolDay> days, std::span<const std::string> names);
std::string patrol_icalendar(std::span<const PatrolDay> days, std::span<const std::string> names);

}  // namespace panj::plan
