// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "panj/sim/pack.h"
#include "panj/spillover/kinds.h"
#include "panj/spillover/parameters.h"

namespace panj::spillover::detail {

/// h_γ(x) = e^{γ (x−1)/(x+1)}: the exponent, for x ≥ 0; between −γ and γ.
template <class Number>
PANJ_INLINE Number bounded_exponent(double gamma, Number x) {
  return gamma * (x - 1.0) / (x + 1.0);
}

/// The widths that cover one kilometre at the start of a step: Σ w × units for each type, without
/// scale, length or intelligence. `mobile_factor` is readiness × patrol effect.
template <class Number>
struct Coverage {
  Number detection{};
  Number response{};
};

/// What stops attempts of one type on one stretch: guards and posts hold still, teams move.
template <class Number, class Readiness>
PANJ_INLINE Coverage<Number> coverage(const DefenceParameters& d, std::size_t e,
                                      Number ready_guards, Readiness readiness, double patrol,
                                      const ByKind<Number>& units) {
  const Readiness mobile = readiness * patrol;
  return {.detection = ready_guards * d.guard_detection[e] + units[kPost] * d.detection[kPost][e] +
                       units[kSensor] * d.detection[kSensor][e] +
                       units[kMobile] * (mobile * d.detection[kMobile][e]) +
                       units[kAir] * (patrol * d.detection[kAir][e]),
          .response = ready_guards * d.guard_response[e] + units[kPost] * d.response[kPost][e] +
                      units[kSensor] * d.response[kSensor][e] +
                      units[kMobile] * (mobile * d.response[kMobile][e]) +
                      units[kAir] * (patrol * d.response[kAir][e])};
}

/// Share of corruption that undoes stops of a type: (η_K, η_K, 1, 0).
inline double corruption_effect(const Parameters& p, std::size_t e) {
  if (e == kTrafficking) return 1.0;
  return e == kFire ? 0.0 : p.trafficking.corruption_on_armed;
}

/// Share of the belt that holds for a type: (1, 1, ½, 0).
inline double belt_effect(std::size_t e) {
  if (e == kTrafficking) return 0.5;
  return e == kFire ? 0.0 : 1.0;
}

}  // namespace panj::spillover::detail
