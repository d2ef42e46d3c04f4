// SPDX-License-Identifier: Apache-2.0
#include "panj/sim/vector_units.h"
#include "panj/spillover/detail/submodels.h"

namespace panj::spillover::detail {
namespace {

/// c ← OU(c; logit C⁰ − χ_D (D − D⁰) + ω_C + φ_fb Y), then I and V = u C s̄.
template <class Pack>
PANJ_INLINE void step_alliance(const Step& now, State& state) {
  const World& w = now.world;
  const CohesionParameters& c = w.p.cohesion;
  const double level =
      sim::log(c.initial / (1 - c.initial)) -
      c.divergence_effect * (now.in.standing.divergence - w.ref.standing.divergence) +
      now.in.cohesion_shift;
  for (std::size_t lane = 0; lane < now.width(); lane += sim::kLanesIn<Pack>) {
    double* logit = &state.cohesion.row(0)[lane];
    const Pack target = level + w.p.feedback * sim::load<Pack>(&state.rally.row(0)[lane]);
    const Pack noise = sim::load<Pack>(&state.now.cohesion_noise.row(0)[lane]);
    const Pack next = w.cohesion.next(sim::load<Pack>(logit), target, noise);
    const Pack cohesion = sim::logistic(next);
    sim::store(logit, next);
    sim::store(&state.now.intelligence.row(0)[lane], now.in.sources->seen(cohesion));
    sim::store(&state.now.leverage.row(0)[lane], cohesion * (now.in.urging * now.in.standing.mean));
  }
}

}  // namespace

void advance_alliance(const Step& now, State& state) {
  sim::with_vector_units([&]<class Pack>() PANJ_KERNEL { step_alliance<Pack>(now, state); });
}

}  // namespace panj::spillover::detail
