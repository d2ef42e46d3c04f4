// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "panj/sim/vector_units.h"
#include "panj/spillover/detail/luck.h"
#include "panj/spillover/detail/submodels.h"

namespace panj::spillover::detail {
namespace {

/// A tolerance of exactly 0 or 1 has no logit.
double logit_of(double share) {
  const double inside = std::clamp(share, 1e-6, 1 - 1e-6);
  return sim::log(inside / (1 - inside));
}

/// b_g ← OU(b_g; logit ā_g − ψ_u (V − V⁰)).
template <class Pack>
PANJ_INLINE void step_tolerance(const Step& now, State& state) {
  const World& w = now.world;
  for (std::size_t k = 0; k < w.p.groups.size(); ++k) {
    const double level = logit_of(w.p.groups[k].tolerance);
    const auto node = static_cast<std::uint32_t>(k / kWords);
    for (std::size_t lane = 0; lane < now.width(); lane += sim::kLanesIn<Pack>) {
      const Pack u =
          luck_pack<Pack>(now.lanes.replicate(lane),
                          luck_key(now.lanes.seed, now.index, Stage::tolerance, node))[k % kWords];
      const Pack urged = sim::load<Pack>(&state.now.leverage.row(0)[lane]) - w.ref.leverage;
      const Pack target = level - w.p.tolerance.urging_effect * urged;
      double* logit = &state.tolerance.row(k)[lane];
      const Pack next = w.tolerance.next(sim::load<Pack>(logit), target, sim::normal_quantile(u));
      sim::store(logit, next);
      sim::store(&state.now.tolerance.row(k)[lane], sim::logistic(next));
    }
  }
}

}  // namespace

void advance_tolerance(const Step& now, State& state) {
  if (now.world.s.ideal.tolerance_frozen) return;
  sim::with_vector_units([&]<class Pack>() PANJ_KERNEL { step_tolerance<Pack>(now, state); });
}

}  // namespace panj::spillover::detail
