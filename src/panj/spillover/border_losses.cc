// SPDX-License-Identifier: Apache-2.0
#include "panj/sim/vector_units.h"
#include "panj/spillover/detail/luck.h"
#include "panj/spillover/detail/submodels.h"

namespace panj::spillover::detail {
namespace {

/// Losses of a zone split over groups in proportion to who infiltrates (M_gz o_g2), in whole
/// persons: with cumulative shares and one random offset, so that each group's mean is exact.
template <class Pack>
PANJ_INLINE void lose(const Step& now, State& state, std::size_t z, std::size_t lane) {
  const World& w = now.world;
  const Pack lost = sim::load<Pack>(&state.now.lost.row(z)[lane]);
  if (!sim::any(sim::less(0.0, lost))) return;
  const std::size_t zones = w.p.zones.size();
  Pack sum{};
  for (std::size_t k = 0; k < w.p.groups.size(); ++k) {
    sum += w.p.groups[k].attempt_weight[kInfiltration] *
           sim::load<Pack>(&state.militants.row(k * zones + z)[lane]);
  }
  const Pack scale = lost / sim::max(sum, 1e-300);
  const Pack offset = luck_pack<Pack>(
      now.lanes.replicate(lane),
      luck_key(now.lanes.seed, now.index, Stage::border_losses, static_cast<std::uint32_t>(z)))[0];
  Pack cumulative{};
  Pack before{};
  for (std::size_t k = 0; k < w.p.groups.size(); ++k) {
    double* militants = &state.militants.row(k * zones + z)[lane];
    const Pack here = sim::load<Pack>(militants);
    cumulative += w.p.groups[k].attempt_weight[kInfiltration] * here;
    const Pack reached = sim::floor(scale * cumulative + offset);
    const Pack gone = sim::min(reached - before, here);
    before = reached;
    sim::store(militants, here - gone);
    double* flows = &state.now.turnover.row(k)[lane];
    sim::store(flows, sim::load<Pack>(flows) - gone);
  }
}

}  // namespace

void lose_militants(const Step& now, State& state) {
  if (now.world.s.ideal.people_frozen || now.world.s.ideal.no_losses) return;
  sim::with_vector_units([&]<class Pack>() PANJ_KERNEL {
    for (std::size_t z = 0; z < now.world.p.zones.size(); ++z) {
      if (now.world.segments_of[z].empty()) continue;
      for (std::size_t lane = 0; lane < now.width(); lane += sim::kLanesIn<Pack>) {
        lose<Pack>(now, state, z, lane);
      }
    }
  });
}

}  // namespace panj::spillover::detail
