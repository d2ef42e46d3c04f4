// SPDX-License-Identifier: Apache-2.0
#include "panj/sim/vector_units.h"
#include "panj/spillover/detail/submodels.h"

namespace panj::spillover::detail {

/// Deliveries have been paid for on arrival (deliveries.cc); here what is paid by time.
void count_cost(const Step& now, State& state) {
  const World& w = now.world;
  const DefenceParameters& d = w.p.defence;
  double guards = 0;
  for (const double here : w.ref.guards) guards += here;
  const double running = w.dt * (d.guard_cost * guards * now.in.guards_factor +
                                 d.belt_cost * w.g.length_km * now.in.belt_cover +
                                 d.sharing_cost * now.in.shared_links) +
                         now.in.exercise_cost;
  sim::with_vector_units([&]<class Pack>() PANJ_KERNEL {
    for (std::size_t lane = 0; lane < now.width(); lane += sim::kLanesIn<Pack>) {
      Pack cost = sim::load<Pack>(&state.now.cost.row(0)[lane]) + running;
      for (std::size_t j = 0; j < kKinds; ++j) {
        Pack units{};
        for (std::size_t i = 0; i < w.g.size(); ++i) {
          units += sim::load<Pack>(&state.equipment[j].row(i)[lane]);
        }
        cost += units * (d.unit_price[j] * d.upkeep_share * w.dt);
      }
      sim::store(&state.now.cost.row(0)[lane], cost);
    }
  });
}

}  // namespace panj::spillover::detail
