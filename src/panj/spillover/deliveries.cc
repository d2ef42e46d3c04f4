// SPDX-License-Identifier: Apache-2.0
#include "panj/sim/count_quantile.h"
#include "panj/sim/vector_units.h"
#include "panj/spillover/detail/counts.h"
#include "panj/spillover/detail/luck.h"
#include "panj/spillover/detail/submodels.h"

namespace panj::spillover::detail {
namespace {

void schedule_units(const Step& now, State& state) {
  for (const Due& due : now.in.due) {
    for (std::size_t i = 0; i < due.units.size(); ++i) {
      for (double& waiting : state.backlog[due.kind].row(i)) waiting += due.units[i];
    }
  }
}

bool anything_waits(const State& state) {
  for (const sim::LaneTable& backlog : state.backlog) {
    for (const double waiting : backlog.values()) {
      if (waiting > 0) return true;
    }
  }
  return false;
}

/// Delivered ~ Bin(B, 1 − e^{−Δ C/(τ_S C⁰)}): slower when the alliance is less united.
template <class Pack>
PANJ_INLINE void deliver(const Step& now, State& state) {
  const World& w = now.world;
  const double speed = w.dt / (now.in.slippage_years * w.ref.cohesion);
  for (std::size_t i = 0; i < w.g.size(); ++i) {
    for (std::size_t lane = 0; lane < now.width(); lane += sim::kLanesIn<Pack>) {
      const Pack cohesion = sim::logistic(sim::load<Pack>(&state.cohesion.row(0)[lane]));
      const sim::Chance<Pack> arrives = sim::chance_of_hazard(speed * cohesion);
      const Words<Pack> u =
          luck_pack<Pack>(now.lanes.replicate(lane),
                          luck_key(now.lanes.seed, now.index, Stage::delivery, w.g.places[i]));
      Pack cost = sim::load<Pack>(&state.now.cost.row(0)[lane]);
      for (std::size_t j = 0; j < kKinds; ++j) {
        double* waiting = &state.backlog[j].row(i)[lane];
        double* standing = &state.equipment[j].row(i)[lane];
        double* delivered = &state.delivered[j].row(i)[lane];
        const Pack arrived = sim::binomial_quantile(u[j], sim::load<Pack>(waiting), arrives);
        sim::store(waiting, sim::load<Pack>(waiting) - arrived);
        sim::store(standing, sim::load<Pack>(standing) + arrived);
        sim::store(delivered, sim::load<Pack>(delivered) + arrived);
        cost += arrived * w.p.defence.unit_price[j];
      }
      sim::store(&state.now.cost.row(0)[lane], cost);
    }
  }
}

/// Losses of one stretch, kind by kind: each count uses up its part of the lane's number.
[[gnu::noinline]] void lose_units(const Step& now, State& state, std::size_t i, std::size_t lane,
                                  double u) {
  for (std::size_t j = 0; j < kKinds; ++j) {
    double& standing = state.equipment[j].row(i)[lane];
    const CountAndRest lost = few_of_and_rest(u, standing, now.world.lost[j]);
    standing -= lost.count;
    u = lost.rest;
  }
}

/// Loss net of maintenance ~ Bin(E, P(δ_E)): mostly none of any kind, so one comparison comes
/// first.
template <class Pack>
PANJ_INLINE void wear_out(const Step& now, State& state) {
  const World& w = now.world;
  for (std::size_t lane = 0; lane < now.width(); lane += sim::kLanesIn<Pack>) {
    Words<Pack> u{};
    for (std::size_t i = 0; i < w.g.size(); ++i) {
      if (i % kWords == 0) {
        u = luck_pack<Pack>(now.lanes.replicate(lane),
                            luck_key(now.lanes.seed, now.index, Stage::loss, w.g.places[i]));
      }
      Pack mean{};
      for (std::size_t j = 0; j < kKinds; ++j) {
        mean += sim::load<Pack>(&state.equipment[j].row(i)[lane]) * w.lost[j];
      }
      const auto some = sim::less(1.0 - mean, u[i % kWords]);  // Π (1−p)^E ≥ 1 − Σ Ep
      if (!sim::any(some)) continue;
      for (std::size_t l = 0; l < sim::kLanesIn<Pack>; ++l) {
        if (some[l] != 0) lose_units(now, state, i, lane + l, u[i % kWords][l]);
      }
    }
  }
}

}  // namespace

void advance_equipment(const Step& now, State& state) {
  state.now.cost.set_row(0, 0.0);
  if (now.world.s.ideal.equipment_by_density) return;
  schedule_units(now, state);
  if (anything_waits(state))
    sim::with_vector_units([&]<class Pack>() PANJ_KERNEL { deliver<Pack>(now, state); });
  sim::with_vector_units([&]<class Pack>() PANJ_KERNEL { wear_out<Pack>(now, state); });
}

}  // namespace panj::spillover::detail
