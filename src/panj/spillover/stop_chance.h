// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "panj/spillover/kinds.h"
#include "panj/spillover/parameters.h"

namespace panj::spillover {

/// What stands on a stretch.
struct Guarding {
  double length_km = 0.0;
  double guards = 0.0;
  ByKind<double> units{};
};

/// What decides how well it works, apart from how much there is.
struct Circumstances {
  double readiness = 0.0;      ///< R
  double patrol_effect = 1.0;  ///< η_pat
  double intelligence = 0.0;   ///< I
  double corruption = 0.0;     ///< K
};

/// The chances that make up a stop: it happens when an attempt is seen, met and not let through.
struct StopChance {
  double seen = 0.0;    ///< p^d = 1 − e^{−θ}
  double met = 0.0;     ///< p^r = 1 − e^{−ϑ}
  double honest = 1.0;  ///< k_e

  double value() const { return seen * met * honest; }
};

/// The chance to stop an attempt on a stretch in front of any second line: the law of
/// docs/methods/spillover.md for one set of circumstances, without chance.
StopChance stop_chance(const Parameters& parameters, Type type, const Guarding& guarding,
                       const Circumstances& circumstances);

}  // namespace panj::spillover
