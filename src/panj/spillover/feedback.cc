// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "panj/sim/vector_units.h"
#include "panj/spillover/detail/laws.h"
#include "panj/spillover/detail/submodels.h"
#include "panj/spillover/load.h"
#include "panj/spillover/model.h"

namespace panj::spillover::detail {
namespace {

constexpr double kMillionsPerBillion = 1000.0;
/// More deaths in a step than these rally nobody further.
constexpr double kRallyingDeaths = 25.0;

template <class Pack>
PANJ_INLINE Pack militants_in(const Step& now, const State& state, std::size_t z,
                              std::size_t lane) {
  Pack sum{};
  for (std::size_t k = 0; k < now.world.p.groups.size(); ++k) {
    sum += sim::load<Pack>(&state.militants.row(k * now.world.p.zones.size() + z)[lane]);
  }
  return sum;
}

/// Levy on what goes through each zone, donations, diverted relief, upkeep; and the cover f_g.
template <class Pack>
PANJ_INLINE void fund(const Step& now, State& state, std::size_t lane) {
  const World& w = now.world;
  const FundsParameters& f = w.p.funds;
  const std::size_t zones = w.p.zones.size();
  std::array<Pack, kMostZones> levy_per_head{};
  Pack everyone{};
  for (std::size_t z = 0; z < zones; ++z) {
    const Pack heads = militants_in<Pack>(now, state, z, lane);
    const Pack tonnes = kLoadTonnes * sim::load<Pack>(&state.now.through.row(z)[lane]);
    levy_per_head[z] = f.levy * w.p.trafficking.price * tonnes / sim::max(heads, 1.0);
    everyone += heads;
  }
  const Pack diverted_per_head = kMillionsPerBillion * w.p.economy.diversion * now.in.released *
                                 w.dt / sim::max(everyone, 1.0);
  for (std::size_t k = 0; k < w.p.groups.size(); ++k) {
    Pack heads{};
    Pack income{};
    for (std::size_t z = 0; z < zones; ++z) {
      const Pack here = sim::load<Pack>(&state.militants.row(k * zones + z)[lane]);
      heads += here;
      income += here * levy_per_head[z];
    }
    income += w.ref.donations[k] * w.dt + heads * diverted_per_head;
    double* funds = &state.funds.row(k)[lane];
    const Pack left =
        sim::max(sim::load<Pack>(funds) * w.funds_kept + income - f.upkeep * w.dt * heads, 0.0);
    sim::store(funds, left);
    sim::store(&state.now.cover.row(k)[lane], left / (f.upkeep * f.cover * sim::max(heads, 1.0)));
  }
}

/// K ← K + (K⁰ h(V_t/V_t⁰) − K)(1 − e^{−κ_K Δ}).
template <class Pack>
PANJ_INLINE void corrupt(const Step& now, State& state, std::size_t lane) {
  const World& w = now.world;
  const TraffickingParameters& t = w.p.trafficking;
  Pack tonnes{};
  for (std::size_t z = 0; z < w.p.zones.size(); ++z) {
    tonnes += kLoadTonnes * sim::load<Pack>(&state.now.through.row(z)[lane]);
  }
  const Pack value = tonnes * (t.price / w.dt) / std::max(w.ref.value_through, 1e-300);
  const Pack target =
      t.corruption * sim::exp(bounded_exponent(w.p.feedback * t.corruption_response, value));
  double* corruption = &state.corruption.row(0)[lane];
  const Pack old = sim::load<Pack>(corruption);
  sim::store(corruption, sim::min(old + (target - old) * w.corruption_moved, 1.0));
}

template <class Pack>
PANJ_INLINE void rally(const Step& now, State& state, std::size_t lane) {
  Pack deaths{};
  for (std::size_t i = 0; i < now.world.g.size(); ++i) {
    deaths += sim::load<Pack>(&state.now.deaths.row(i)[lane]);
  }
  double* memory = &state.rally.row(0)[lane];
  sim::store(memory, sim::load<Pack>(memory) * now.world.rally_kept +
                         now.world.p.cohesion.rally * sim::min(deaths, kRallyingDeaths));
}

/// Z_jf = breaches + ξ · stopped, spread along the border: one pass in each direction.
template <class Pack>
PANJ_INLINE void spread(const Step& now, State& state, Type source, std::size_t lane) {
  const World& w = now.world;
  const Neighbourhood& near = w.near;
  sim::LaneTable& spread = state.now.spread[source];
  const auto event = [&](std::size_t j) PANJ_KERNEL {
    return near.scale(j) *
           (sim::load<Pack>(&state.now.breaches[source].row(j)[lane]) +
            w.p.attempts.stopped_weight * sim::load<Pack>(&state.now.stopped[source].row(j)[lane]));
  };
  Pack west{};
  for (std::size_t i = 0; i < near.size(); ++i) {
    west = west * near.decay(i) + event(i);
    sim::store(&spread.row(i)[lane], west);
  }
  Pack east{};
  for (std::size_t i = near.size(); i-- > 0;) {
    double* sum = &spread.row(i)[lane];
    if (i + 1 < near.size()) east = (east + event(i + 1)) * near.decay(i + 1);
    sim::store(sum, sim::load<Pack>(sum) + east);
  }
}

/// X_ie ← X_ie ρ + Σ_f n_ef ((1−ρ)/Δ) Σ_j Γ_ij Z_jf / μ⁰_ie.
template <class Pack>
PANJ_INLINE void remember(const Step& now, State& state, Type e, std::size_t lane) {
  const World& w = now.world;
  const double gain = w.p.feedback * (1 - w.memory_kept) / w.dt;
  for (std::size_t i = 0; i < w.g.size(); ++i) {
    double* memory = &state.excitation[e].row(i)[lane];
    Pack follow_ups{};
    if (w.ref.rate[i][e] > 0) {
      const double scale = gain * w.near.length(i) / w.ref.rate[i][e];
      for (const Type source : kArmedAttempts) {
        follow_ups += w.p.attempts.excitation[e][source] * scale *
                      sim::load<Pack>(&state.now.spread[source].row(i)[lane]);
      }
    }
    sim::store(memory, sim::load<Pack>(memory) * w.memory_kept + follow_ups);
  }
}

/// r̂ follows the expected rate, for patrols that are placed by it.
template <class Pack>
PANJ_INLINE void smooth(const Step& now, State& state) {
  for (const Type e : kArmedAttempts) {
    double* smoothed = state.smoothed[e].values().data();
    const double* rate = state.now.rate[e].values().data();
    for (std::size_t k = 0; k < state.smoothed[e].values().size(); k += sim::kLanesIn<Pack>) {
      const Pack old = sim::load<Pack>(smoothed + k);
      sim::store(smoothed + k, old + (sim::load<Pack>(rate + k) - old) * now.world.smoothed);
    }
  }
}

}  // namespace

void feed_back(const Step& now, State& state) {
  sim::with_vector_units([&]<class Pack>() PANJ_KERNEL {
    for (std::size_t lane = 0; lane < now.width(); lane += sim::kLanesIn<Pack>) {
      fund<Pack>(now, state, lane);
      corrupt<Pack>(now, state, lane);
      for (const Type source : kArmedAttempts) spread<Pack>(now, state, source, lane);
      for (const Type e : kArmedAttempts) remember<Pack>(now, state, e, lane);
      rally<Pack>(now, state, lane);
    }
    smooth<Pack>(now, state);
  });
}

}  // namespace panj::spillover::detail
