// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "panj/sim/vector_units.h"
#include "panj/spillover/detail/counts.h"
#include "panj/spillover/detail/incident_marks.h"
#include "panj/spillover/detail/laws.h"
#include "panj/spillover/detail/luck.h"
#include "panj/spillover/detail/submodels.h"

namespace panj::spillover::detail {
namespace {

/// 1 + X̃ with X̃ = X_max (1 − e^{−X/X_max}).
template <class Pack>
PANJ_INLINE void excite(const Step& now, State& state) {
  const World& w = now.world;
  const double cap = w.p.attempts.excitation_cap;
  for (const Type e : kArmedAttempts) {
    const double* memory = state.excitation[e].values().data();
    double* excited = state.now.excited[e].values().data();
    for (std::size_t k = 0; k < state.excitation[e].values().size(); k += sim::kLanesIn<Pack>) {
      const Pack x = sim::load<Pack>(memory + k);
      const Pack capped =
          w.s.ideal.uncapped_excitation ? x : cap * (1.0 - sim::decay(x * (1.0 / cap)));
      sim::store(excited + k, 1.0 + capped);
    }
  }
}

/// Operations next door relative to the model's own rate, where a driver gives them.
template <class Pack>
PANJ_INLINE Pack operations(const Step& now, std::size_t lane) {
  const auto& samples = now.world.s.operations;
  Pack relative = sim::broadcast<Pack>(1.0);
  if (samples.empty()) return relative;
  for (std::size_t l = 0; l < sim::kLanesIn<Pack>; ++l) {
    const auto& sample = samples[now.lanes.replicate(lane + l) % samples.size()];
    const auto step = static_cast<std::size_t>(now.index);
    if (step < sample.size()) relative[l] = sample[step];
  }
  return relative;
}

/// Attempts a year from each zone: season, militants, their funds and how they are tolerated.
template <class Pack>
PANJ_INLINE void press(const Step& now, State& state, std::size_t lane) {
  const World& w = now.world;
  const PeopleParameters& people = w.p.people;
  const Pack driver = operations<Pack>(now, lane);
  for (std::size_t z = 0; z < w.p.zones.size(); ++z) {
    for (const Type e : kArmedAttempts) sim::store(&state.now.pressure[e].row(z)[lane], Pack{});
  }
  for (std::size_t k = 0; k < w.p.groups.size(); ++k) {
    const GroupParameters& group = w.p.groups[k];
    const Pack cover = sim::load<Pack>(&state.now.cover.row(k)[lane]);
    const Pack tolerance = sim::load<Pack>(&state.now.tolerance.row(k)[lane]);
    const Pack activity =
        driver *
        sim::exp(bounded_exponent(w.p.feedback * people.operations_funds, cover) +
                 w.p.feedback * people.operations_tolerance * (tolerance - group.tolerance));
    for (std::size_t z = 0; z < w.p.zones.size(); ++z) {
      if (w.segments_of[z].empty()) continue;
      const Pack active =
          activity * sim::load<Pack>(&state.militants.row(k * w.p.zones.size() + z)[lane]);
      for (const Type e : kArmedAttempts) {
        const double rate =
            w.p.attempts.rate[e] * now.in.season[e] * group.attempt_weight[e] / 1000.0;
        double* pressure = &state.now.pressure[e].row(z)[lane];
        sim::store(pressure, sim::load<Pack>(pressure) + rate * active);
      }
    }
  }
}

/// Pressure for each unit of pull, so that a segment needs one product.
template <class Pack>
PANJ_INLINE void share_out(const Step& now, State& state, std::size_t lane) {
  const World& w = now.world;
  for (std::size_t z = 0; z < w.p.zones.size(); ++z) {
    if (w.segments_of[z].empty()) continue;
    for (const Type e : kArmedAttempts) {
      double* pressure = &state.now.pressure[e].row(z)[lane];
      sim::store(pressure, sim::load<Pack>(pressure) *
                               sim::load<Pack>(&state.now.deterred[e].row(z)[lane]) /
                               sim::load<Pack>(&state.now.pull_sum[e].row(z)[lane]));
    }
  }
}

void clear(State& state) {
  for (const Type e : kArmedAttempts) {
    for (sim::LaneTable* table :
         {&state.now.rate[e], &state.now.attempts[e], &state.now.detected[e], &state.now.stopped[e],
          &state.now.breaches[e], &state.now.intercepted[e]}) {
      std::ranges::fill(table->values(), 0.0);
    }
  }
  for (sim::LaneTable* table : {&state.now.deaths, &state.now.reported, &state.now.worst,
                                &state.now.lost, &state.now.toll}) {
    std::ranges::fill(table->values(), 0.0);
  }
}

/// Λ on each segment, and the attempts that happen: u ≤ 1 − ΛΔ ≤ e^{−ΛΔ} means none.
template <class Pack>
PANJ_INLINE void attempt(const Step& now, State& state, std::size_t lane) {
  const World& w = now.world;
  for (std::size_t k = 0; k < w.g.segments.size(); ++k) {
    const Segment& segment = w.g.segments[k];
    const Words<Pack> u =
        luck_pack<Pack>(now.lanes.replicate(lane),
                        luck_key(now.lanes.seed, now.index, Stage::attempts, segment.place));
    for (std::size_t word = 0; word < kArmedAttempts.size(); ++word) {
      const Type e = kArmedAttempts[word];
      const Pack rate = sim::load<Pack>(&state.now.pull[e].row(k)[lane]) *
                        sim::load<Pack>(&state.now.pressure[e].row(segment.zone)[lane]) *
                        sim::load<Pack>(&state.now.excited[e].row(segment.stretch)[lane]);
      double* sum = &state.now.rate[e].row(segment.stretch)[lane];
      sim::store(sum, sim::load<Pack>(sum) + rate);
      const Pack mean = rate * w.dt;
      if (!sim::any(sim::less(1.0 - mean, u[word]))) continue;
      alignas(sizeof(Pack)) std::array<double, sim::kLanesIn<Pack>> means{};
      alignas(sizeof(Pack)) std::array<double, sim::kLanesIn<Pack>> lucks{};
      sim::store(means.data(), mean);
      sim::store(lucks.data(), u[word]);
      mark_incidents(now, state, {.segment = k, .type = e, .first_lane = lane}, means, lucks);
    }
  }
}

}  // namespace

void make_attempts(const Step& now, State& state) {
  clear(state);
  sim::with_vector_units([&]<class Pack>() PANJ_KERNEL {
    excite<Pack>(now, state);
    for (std::size_t lane = 0; lane < now.width(); lane += sim::kLanesIn<Pack>) {
      press<Pack>(now, state, lane);
      share_out<Pack>(now, state, lane);
      attempt<Pack>(now, state, lane);
    }
  });
}

}  // namespace panj::spillover::detail
