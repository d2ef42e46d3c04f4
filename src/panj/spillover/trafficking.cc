// SPDX-License-Identifier: Apache-2.0
#include "panj/sim/count_quantile.h"
#include "panj/sim/vector_units.h"
#include "panj/spillover/detail/laws.h"
#include "panj/spillover/detail/luck.h"
#include "panj/spillover/detail/submodels.h"
#include "panj/spillover/load.h"

namespace panj::spillover::detail {
namespace {

/// The chance that a run from a zone is seized: stops of its stretches, weighed by their pull.
template <class Pack>
PANJ_INLINE Pack seizure(const Step& now, const State& state, std::size_t z, std::size_t lane) {
  const World& w = now.world;
  Pack stopped{};
  for (const std::size_t k : w.segments_of[z]) {
    stopped += sim::load<Pack>(&state.now.pull[kTrafficking].row(k)[lane]) *
               sim::load<Pack>(&state.now.stop[kTrafficking].row(w.g.segments[k].stretch)[lane]);
  }
  return sim::min(stopped / sim::load<Pack>(&state.now.pull_sum[kTrafficking].row(z)[lane]), 1.0);
}

/// Loads that enter a zone's stock, leave it for the border, and are seized there. Each run takes a
/// stretch by itself, so how many of a zone are seized is one binomial.
template <class Pack>
PANJ_INLINE void traffic(const Step& now, State& state, Pack level, std::size_t z,
                         std::size_t lane) {
  const World& w = now.world;
  const TraffickingParameters& t = w.p.trafficking;
  const Words<Pack> u = luck_pack<Pack>(
      now.lanes.replicate(lane),
      luck_key(now.lanes.seed, now.index, Stage::supply, static_cast<std::uint32_t>(z)));
  const double tonnes = t.supply * w.p.zones[z].supply_share * w.dt;
  const Pack entering = sim::poisson_quantile(u[0], level * (tonnes / kLoadTonnes));
  double* stock = &state.stock.row(z)[lane];
  const Pack held = sim::load<Pack>(stock) + entering;
  const Pack deterred = sim::load<Pack>(&state.now.deterred[kTrafficking].row(z)[lane]);
  const double speed = w.dt / t.stock_time * now.in.season[kTrafficking];
  const Pack released = sim::binomial_quantile(u[1], held, 1.0 - sim::exp(-speed * deterred));
  const Pack seized = sim::binomial_quantile(u[2], released, seizure<Pack>(now, state, z, lane));
  sim::store(stock, held - released);
  sim::store(&state.now.entering.row(z)[lane], entering);
  sim::store(&state.now.seized.row(z)[lane], seized);
  sim::store(&state.now.through.row(z)[lane], released - seized);
}

template <class Pack>
PANJ_INLINE void step_trafficking(const Step& now, State& state) {
  const World& w = now.world;
  for (std::size_t lane = 0; lane < now.width(); lane += sim::kLanesIn<Pack>) {
    const Pack hardship = sim::exp(sim::load<Pack>(&state.hardship.row(0)[lane]));
    const Pack level = sim::exp(sim::load<Pack>(&state.supply.row(0)[lane]) +
                                bounded_exponent(w.p.trafficking.hardship_response, hardship));
    for (std::size_t z = 0; z < w.p.zones.size(); ++z) {
      if (!w.segments_of[z].empty()) traffic(now, state, level, z, lane);
    }
  }
}

}  // namespace

void advance_trafficking(const Step& now, State& state) {
  sim::with_vector_units([&]<class Pack>() PANJ_KERNEL { step_trafficking<Pack>(now, state); });
}

}  // namespace panj::spillover::detail
