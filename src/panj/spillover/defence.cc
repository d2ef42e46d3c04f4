// SPDX-License-Identifier: Apache-2.0
#include "panj/sim/vector_units.h"
#include "panj/spillover/detail/laws.h"
#include "panj/spillover/detail/submodels.h"

namespace panj::spillover::detail {
namespace {

/// What holds for one pack of lanes on the whole border.
template <class Pack>
struct Situation {
  Pack intelligence;
  Pack corruption;
  double patrol;
};

template <class Pack>
PANJ_INLINE Situation<Pack> situation_of(const Step& now, const State& state, std::size_t lane) {
  const auto policy = static_cast<std::size_t>(now.in.levers->patrol);
  const bool corrupt = !now.world.s.ideal.no_corruption;
  return {.intelligence = sim::load<Pack>(&state.now.intelligence.row(0)[lane]),
          .corruption = corrupt ? sim::load<Pack>(&state.corruption.row(0)[lane]) : Pack{},
          .patrol = now.world.p.defence.patrol_effect[policy]};
}

/// p^d = 1 − e^{−θ}, p^r = 1 − e^{−ϑ} and U on one stretch.
template <class Pack>
PANJ_INLINE void defend(const Step& now, State& state, const Situation<Pack>& at, std::size_t i,
                        std::size_t lane) {
  const World& w = now.world;
  const DefenceParameters& d = w.p.defence;
  const Idealisation& ideal = w.s.ideal;
  const double length = w.g.stretches[i].length_km();
  const ByKind<Pack> units{sim::load<Pack>(&state.equipment[kPost].row(i)[lane]),
                           sim::load<Pack>(&state.equipment[kSensor].row(i)[lane]),
                           sim::load<Pack>(&state.now.teams[0].row(i)[lane]),
                           sim::load<Pack>(&state.now.teams[1].row(i)[lane])};
  const double readiness = now.in.readiness_on[i];
  const Pack guards = sim::broadcast<Pack>(readiness * now.in.guards_factor * w.ref.guards[i]);
  const Pack response =
      (d.response_scale / length) * (1.0 + d.intelligence_response * at.intelligence);
  for (std::size_t e = 0; e < kTypes; ++e) {
    const Coverage<Pack> cover = coverage(d, e, guards, readiness, at.patrol, units);
    const Pack detection =
        (d.detection_scale / length) * (1.0 + d.intelligence_gain[e] * at.intelligence);
    const Pack seen = ideal.detection ? sim::broadcast<Pack>(*ideal.detection)
                                      : 1.0 - sim::decay(detection * cover.detection);
    const Pack met = ideal.interception ? sim::broadcast<Pack>(*ideal.interception)
                                        : 1.0 - sim::decay(response * cover.response);
    const Pack honest = met * (1.0 - at.corruption * corruption_effect(w.p, e));
    const double belt = now.in.belt_cover * d.belt_stop * belt_effect(e);
    sim::store(&state.now.detection[e].row(i)[lane], seen);
    sim::store(&state.now.interception[e].row(i)[lane], honest);
    sim::store(&state.now.stop[e].row(i)[lane], 1.0 - (1.0 - seen * honest) * (1.0 - belt));
  }
}

template <class Pack>
PANJ_INLINE void defend_all(const Step& now, State& state) {
  for (std::size_t lane = 0; lane < now.width(); lane += sim::kLanesIn<Pack>) {
    const Situation<Pack> at = situation_of<Pack>(now, state, lane);
    for (std::size_t i = 0; i < now.world.g.size(); ++i) defend(now, state, at, i, lane);
  }
}

/// Ũ ← Ũ + (U − Ũ)(1 − e^{−Δ/τ_U}).
template <class Pack>
PANJ_INLINE void learn(const Step& now, State& state) {
  for (std::size_t e = 0; e < kTypes; ++e) {
    double* perceived = state.perceived[e].values().data();
    const double* stop = state.now.stop[e].values().data();
    const std::size_t size = state.perceived[e].values().size();
    for (std::size_t k = 0; k < size; k += sim::kLanesIn<Pack>) {
      const Pack old = sim::load<Pack>(perceived + k);
      sim::store(perceived + k, old + (sim::load<Pack>(stop + k) - old) * now.world.learnt);
    }
  }
}

}  // namespace

void advance_defence(const Step& now, State& state) {
  sim::with_vector_units([&]<class Pack>() PANJ_KERNEL {
    defend_all<Pack>(now, state);
    learn<Pack>(now, state);
  });
  if (!sees_only_mean(now)) return;
  place_unseen(now, state);
  sim::with_vector_units([&]<class Pack>() PANJ_KERNEL { defend_all<Pack>(now, state); });
}

}  // namespace panj::spillover::detail
