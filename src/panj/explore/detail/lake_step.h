// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <span>

#include "panj/explore/detail/random_kinds.h"
#include "panj/explore/lake.h"
#include "panj/sim/elementary.h"
#include "panj/sim/lane_random.h"
#include "panj/sim/pack.h"

namespace panj::explore::detail {

/// One year of a lake under a policy, for a number or a pack of numbers.
class LakeStep {
 public:
  LakeStep(const LakeSettings& settings, const LakePolicy& policy)
      : kept_(1 - settings.decay),
        power_(settings.recycling),
        c1_(policy.c1),
        c2_(policy.c2),
        first_(policy.w1 / cube_of(policy.r1)),
        second_((1 - policy.w1) / cube_of(policy.r2)) {}

  template <class V>
  PANJ_INLINE V release(V state) const {
    const V one = sim::abs(state - c1_);
    const V two = sim::abs(state - c2_);
    const V rule = first_ * (one * one * one) + second_ * (two * two * two);
    return sim::min(sim::max(rule, V{} + 0.01), V{} + 0.1);
  }
  template <class V>
  PANJ_INLINE V next(V state, V release, V inflow) const {
    const V recycled = power_ == 2.0 ? state * state : sim::exp(power_ * sim::log(state));
    return kept_ * state + recycled / (1.0 + recycled) + release + inflow;
  }

 private:
  static double cube_of(double r) { return sim::abs(r) * r * r; }

  double kept_;
  double power_;
  double c1_;
  double c2_;
  double first_;
  double second_;
};

inline constexpr double kFirstRelease = 0.1;
inline constexpr double kSteady = 0.02;  ///< a larger rise of the release counts against inertia

/// The inflow of one year, one number for each lane.
inline void fill_inflow(const sim::Lanes& lanes, const LakeSettings& settings, int year,
                        std::span<double> inflow) {
  const double ratio = settings.inflow_deviation / settings.inflow_mean;
  const double deviation = std::sqrt(std::log1p(ratio * ratio));
  const double location = std::log(settings.inflow_mean) - deviation * deviation / 2;
  sim::fill_normal(lanes, {.step = year, .kind = lake_noise_kind}, inflow);
  for (double& value : inflow) value = sim::exp(location + deviation * value);
}

}  // namespace panj::explore::detail
