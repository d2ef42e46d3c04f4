// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>

#include "panj/sim/count_quantile.h"
#include "panj/sim/elementary.h"
#include "panj/sim/lanes.h"
#include "panj/spillover/geometry.h"
#include "panj/spillover/parameters.h"
#include "panj/spillover/reference.h"
#include "panj/spillover/schedule.h"
#include "panj/spillover/settings.h"

namespace panj::spillover::detail {

/// An Ornstein–Uhlenbeck step, exact for any length of step.
struct Reversion {
  Reversion(double speed, double noise, double step_years)
      : kept(sim::exp(-speed * step_years)),
        spread(noise * std::sqrt((1 - kept * kept) / (2 * speed))) {}

  template <class Number>
  PANJ_INLINE Number next(Number value, Number target, Number normal) const {
    return target + (value - target) * kept + spread * normal;
  }

  double kept;
  double spread;
};

/// P(r) = 1 − e^{−rΔ}.
template <class Number>
PANJ_INLINE Number chance(Number rate, double step_years) {
  return 1.0 - sim::exp(-rate * step_years);
}

/// What no step changes: parameters, border, values at the start, and factors for the step's
/// length.
struct World {
  World(const Parameters& parameters, const Geometry& geometry, const Settings& settings);

  Parameters p;
  Geometry g;
  Settings s;
  Reference ref;
  Neighbourhood near;

  std::vector<std::vector<std::size_t>> segments_of;  ///< by zone, west to east

  double dt;  ///< Δ, years
  Reversion hardship;
  Reversion arrivals;
  Reversion supply;
  Reversion cohesion;
  Reversion tolerance;
  double arrivals_mean;  ///< of log φ, so that e^φ has mean 1
  double supply_mean;    ///< of log ψ
  double memory_kept;    ///< ρ of excitation
  double learnt;         ///< share of what attackers learn in a step
  double rally_kept;
  double corruption_moved;
  double funds_kept;
  double smoothed;            ///< share of the newest rate in r̂
  ByKind<double> lost;        ///< chance that a unit is lost in a step
  sim::Chance<double> moved;  ///< that a militant relocates in a step
  /// That a mover settles in a zone, given in none before: [group · zones + zone].
  std::vector<sim::Chance<double>> settled;
  std::size_t effects_from;  ///< the first year, counted from the start, in which levers bite
};

/// One step of one batch.
struct Step {
  const World& world;
  const StepInputs& in;
  const sim::Lanes& lanes;
  int index;

  std::size_t width() const { return lanes.padded(); }
};

}  // namespace panj::spillover::detail
