// SPDX-License-Identifier: Apache-2.0
#include "panj/sim/count_quantile.h"
#include "panj/sim/vector_units.h"
#include "panj/spillover/detail/laws.h"
#include "panj/spillover/detail/luck.h"
#include "panj/spillover/detail/submodels.h"
#include "panj/spillover/load.h"

namespace panj::spillover::detail {
namespace {

using sim::Pack;

/// Loads that enter a zone's stock and loads that leave it for the border; returns these.
PANJ_INLINE Pack release(const Step& now, State& state, std::size_t z, std::size_t lane) {
  const World& w = now.world;
  const TraffickingParameters& t = w.p.trafficking;
  const Words<Pack> u =
      luck_pack(now.lanes.replicate(lane),
                luck_key(now.lanes.seed, now.index, Stage::supply, static_cast<std::uint32_t>(z)));
  const Pack hardship = sim::exp(sim::load(&state.hardship.row(0)[lane]));
  const Pack level = sim::exp(sim::load(&state.supply.row(0)[lane]) +
                              bounded_exponent(t.hardship_response, hardship));
  const double tonnes = t.supply * w.p.zones[z].supply_share * w.dt;
  const Pack entering = sim::poisson_quantile(u[0], level * (tonnes / kLoadTonnes));
  double* stock = &state.stock.row(z)[lane];
  const Pack held = sim::load(stock) + entering;
  const Pack deterred = sim::load(&state.now.deterred[kTrafficking].row(z)[lane]);
  const double speed = w.dt / t.stock_time * now.in.season[kTrafficking];
  const Pack released = sim::binomial_quantile(u[1], held, 1.0 - sim::exp(-speed * deterred));
  sim::store(stock, held - released);
  sim::store(&state.now.entering.row(z)[lane], entering);
  return released;
}

/// Runs over the zone's segments by their pull, each seized with the stretch's stop probability.
PANJ_INLINE void route(const Step& now, State& state, Pack runs, std::size_t z, std::size_t lane) {
  const World& w = now.world;
  Pack rest = sim::load(&state.now.pull_sum[kTrafficking].row(z)[lane]);
  Pack seized_in_zone{};
  Pack left = runs;
  const std::vector<std::size_t>& segments = w.segments_of[z];
  for (std::size_t n = 0; n < segments.size(); ++n) {
    const std::size_t k = segments[n];
    const Segment& segment = w.g.segments[k];
    const Words<Pack> u = luck_pack(
        now.lanes.replicate(lane), luck_key(now.lanes.seed, now.index, Stage::runs, segment.place));
    const Pack pull = sim::load(&state.now.pull[kTrafficking].row(k)[lane]);
    const bool last = n + 1 == segments.size();
    const Pack share = sim::min(pull / sim::max(rest, 1e-300), 1.0);
    const Pack here = last ? left : sim::binomial_quantile(u[0], left, share);
    const Pack stop = sim::load(&state.now.stop[kTrafficking].row(segment.stretch)[lane]);
    const Pack seized = sim::binomial_quantile(u[1], here, stop);
    left -= here;
    rest -= pull;
    seized_in_zone += seized;
    double* attempts = &state.now.attempts[kTrafficking].row(segment.stretch)[lane];
    double* stopped = &state.now.stopped[kTrafficking].row(segment.stretch)[lane];
    sim::store(attempts, sim::load(attempts) + here);
    sim::store(stopped, sim::load(stopped) + seized);
  }
  sim::store(&state.now.seized.row(z)[lane], seized_in_zone);
  sim::store(&state.now.through.row(z)[lane], runs - seized_in_zone);
}

PANJ_INLINE void advance(const Step& now, State& state) {
  const World& w = now.world;
  for (std::size_t lane = 0; lane < now.width(); lane += sim::kPackLanes) {
    for (std::size_t i = 0; i < w.g.size(); ++i) {
      sim::store(&state.now.attempts[kTrafficking].row(i)[lane], Pack{});
      sim::store(&state.now.stopped[kTrafficking].row(i)[lane], Pack{});
    }
    for (std::size_t z = 0; z < w.p.zones.size(); ++z) {
      if (w.segments_of[z].empty()) continue;
      route(now, state, release(now, state, z, lane), z, lane);
    }
  }
}

}  // namespace

void advance_trafficking(const Step& now, State& state) {
  sim::with_vector_units([&]() PANJ_KERNEL { advance(now, state); });
}

}  // namespace panj::spillover::detail
