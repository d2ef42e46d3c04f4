// SPDX-License-Identifier: Apache-2.0
#include "panj/sim/vector_units.h"
#include "panj/spillover/detail/luck.h"
#include "panj/spillover/detail/submodels.h"

namespace panj::spillover::detail {
namespace {

/// y, φ, ψ and the noise of c share one block of luck; c waits for the alliance.
template <class Pack>
PANJ_INLINE void step_economy(const Step& now, State& state) {
  const World& w = now.world;
  for (std::size_t lane = 0; lane < now.width(); lane += sim::kLanesIn<Pack>) {
    const Words<Pack> u = luck_pack<Pack>(
        now.lanes.replicate(lane), luck_key(now.lanes.seed, now.index, Stage::surroundings, 0));
    double* hardship = &state.hardship.row(0)[lane];
    double* arrivals = &state.arrivals.row(0)[lane];
    double* supply = &state.supply.row(0)[lane];
    sim::store(hardship, w.hardship.next(sim::load<Pack>(hardship),
                                         sim::broadcast<Pack>(now.in.hardship_target),
                                         sim::normal_quantile(u[0])));
    sim::store(arrivals,
               w.arrivals.next(sim::load<Pack>(arrivals), sim::broadcast<Pack>(w.arrivals_mean),
                               sim::normal_quantile(u[1])));
    sim::store(supply, w.supply.next(sim::load<Pack>(supply), sim::broadcast<Pack>(w.supply_mean),
                                     sim::normal_quantile(u[2])));
    sim::store(&state.now.cohesion_noise.row(0)[lane], sim::normal_quantile(u[3]));
  }
}

}  // namespace

void advance_economy(const Step& now, State& state) {
  sim::with_vector_units([&]<class Pack>() PANJ_KERNEL { step_economy<Pack>(now, state); });
}

}  // namespace panj::spillover::detail
