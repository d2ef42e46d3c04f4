// SPDX-License-Identifier: Apache-2.0
#include "panj/spillover/stop_chance.h"

#include <cmath>

#include "panj/spillover/detail/laws.h"

namespace panj::spillover {

StopChance stop_chance(const Parameters& p, Type type, const Guarding& guarding,
                       const Circumstances& now) {
  const DefenceParameters& d = p.defence;
  const detail::Coverage<double> cover = detail::coverage(
      d, type, now.readiness * guarding.guards, now.readiness, now.patrol_effect, guarding.units);
  const double gain = 1 + d.intelligence_gain[type] * now.intelligence;
  const double response_gain = 1 + d.intelligence_response * now.intelligence;
  return {
      .seen = 1 - std::exp(-d.detection_scale / guarding.length_km * gain * cover.detection),
      .met = 1 - std::exp(-d.response_scale / guarding.length_km * response_gain * cover.response),
      .honest = 1 - now.corruption * detail::corruption_effect(p, type)};
}

}  // namespace panj::spillover
