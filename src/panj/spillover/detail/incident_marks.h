// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "panj/sim/pack.h"
#include "panj/spillover/detail/world.h"
#include "panj/spillover/state.h"

namespace panj::spillover::detail {

/// Where and what is attempted, in one pack of lanes.
struct AttemptPlace {
  std::size_t segment = 0;
  Type type = kAttack;
  std::size_t first_lane = 0;
};

/// Draws how many attempts there are in each lane and what becomes of them: detected, intercepted,
/// stopped in the belt, deaths, losses, reports. Most lanes have none.
[[gnu::noinline]] void mark_incidents(const Step& now, State& state, const AttemptPlace& place,
                                      std::span<const double> means, std::span<const double> lucks);

/// Deaths in one breach: min(⌊s (ζ^{−1/α} − 1)⌋, 200), so that P(Y ≥ y) = (1 + y/s)^{−α}.
double toll(double u, double scale, double tail);
inline constexpr double kMostDeaths = 200;

/// Militants lost for each stopped attack and for each attempt to infiltrate.
inline constexpr double kLostInStoppedAttack = 5;
inline constexpr double kLostByInfiltration = 4;

}  // namespace panj::spillover::detail
