// SPDX-License-Identifier: Apache-2.0
#include "panj/sim/vector_units.h"
#include "panj/spillover/detail/laws.h"
#include "panj/spillover/detail/submodels.h"

namespace panj::spillover::detail {
namespace {

/// w_iz e^{−λ_e Ũ_ie} by segment, its sum by zone, and (S_ze/S⁰_ze)^{d_e}.
template <class Pack>
PANJ_INLINE void choose(const Step& now, State& state, std::size_t e, std::size_t lane) {
  const World& w = now.world;
  const AttemptParameters& a = w.p.attempts;
  for (std::size_t z = 0; z < w.p.zones.size(); ++z) {
    sim::store(&state.now.pull_sum[e].row(z)[lane], Pack{});
  }
  Pack avoided{};
  std::size_t stretch = w.g.size();
  for (std::size_t k = 0; k < w.g.segments.size(); ++k) {
    const Segment& segment = w.g.segments[k];
    if (segment.stretch != stretch) {
      stretch = segment.stretch;
      avoided =
          sim::decay(a.avoidance[e] * sim::load<Pack>(&state.perceived[e].row(stretch)[lane]));
    }
    const Pack pull = segment.weight * avoided;
    double* sum = &state.now.pull_sum[e].row(segment.zone)[lane];
    sim::store(&state.now.pull[e].row(k)[lane], pull);
    sim::store(sum, sim::load<Pack>(sum) + pull);
  }
  for (std::size_t z = 0; z < w.p.zones.size(); ++z) {
    if (w.g.zone_weight[z] <= 0) continue;
    const Pack inclusive =
        sim::load<Pack>(&state.now.pull_sum[e].row(z)[lane]) / w.g.zone_weight[z];
    sim::store(&state.now.deterred[e].row(z)[lane],
               sim::power(inclusive / w.ref.inclusive[z][e], a.deterrence[e]));
  }
}

}  // namespace

void choose_places(const Step& now, State& state) {
  sim::with_vector_units([&]<class Pack>() PANJ_KERNEL {
    for (std::size_t e = 0; e < kTypes; ++e) {
      for (std::size_t lane = 0; lane < now.width(); lane += sim::kLanesIn<Pack>) {
        choose<Pack>(now, state, e, lane);
      }
    }
  });
}

}  // namespace panj::spillover::detail
