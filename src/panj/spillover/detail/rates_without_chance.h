// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "panj/spillover/geometry.h"
#include "panj/spillover/parameters.h"
#include "panj/spillover/schedule.h"
#include "panj/spillover/settings.h"

namespace panj::spillover::detail {

/// Λ over the whole border in the last step where nothing is left to chance: no feedback, people
/// frozen, no noise in cohesion, equipment that comes at once and is never lost.
///
/// A second computation of readiness, cohesion, intelligence, defence, learning and choice, in
/// plain arithmetic from the equations: the model must agree with it to rounding.
ByType<double> rates_without_chance(const Parameters& parameters, const Geometry& geometry,
                                    const Settings& settings, const LeverSettings& levers);

}  // namespace panj::spillover::detail
