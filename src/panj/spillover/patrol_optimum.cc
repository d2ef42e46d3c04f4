// SPDX-License-Identifier: Apache-2.0
#include "panj/sim/vector_units.h"
#include "panj/spillover/detail/laws.h"
#include "panj/spillover/detail/submodels.h"
#include "panj/spillover/harm.h"

namespace panj::spillover::detail {
namespace {

/// Pooled teams are dealt out in so many equal parts.
constexpr int kParts = 12;

/// Deals out the pooled teams of one pack of lanes, part by part.
template <class Pack>
class Optimum {
 public:
  Optimum(const Step& now, State& state, std::size_t lane)
      : now_(now), w_(now.world), state_(state), lane_(lane) {}

  PANJ_INLINE void run() {
    const double pooled = w_.p.defence.pooled_share;
    std::array<Pack, 2> part{};
    for (std::size_t t = 0; t < kTeams.size(); ++t) {
      for (std::size_t i = 0; i < w_.g.size(); ++i) {
        const Pack owned = sim::load<Pack>(&state_.equipment[kTeams[t]].row(i)[lane_]);
        part[t] += owned * (pooled / kParts);
        sim::store(&state_.now.teams[t].row(i)[lane_], owned * (1 - pooled));
      }
    }
    for (std::size_t i = 0; i < w_.g.size(); ++i) set_gains(i);
    for (int k = 0; k < kParts; ++k) {
      for (std::size_t t = 0; t < kTeams.size(); ++t) place(t, part[t]);
    }
  }

 private:
  /// What stands still on a stretch.
  struct Site {
    Pack guards{};
    Pack readiness{};
    Pack length{};
  };

  /// Σ_e a_e r̂_ie ∂(p^d p^r)/∂(one team) of both kinds.
  PANJ_INLINE std::array<Pack, 2> gains(const ByKind<Pack>& units, const ByType<Pack>& rates,
                                        const Site& site) const {
    const DefenceParameters& d = w_.p.defence;
    const double patrol = d.patrol_effect[2];
    const Pack intelligence = sim::load<Pack>(&state_.now.intelligence.row(0)[lane_]);
    const Pack response =
        d.response_scale / site.length * (1.0 + d.intelligence_response * intelligence);
    std::array<Pack, 2> gain{};
    for (const Type e : kArmedAttempts) {
      const Pack scale =
          d.detection_scale / site.length * (1.0 + d.intelligence_gain[e] * intelligence);
      const Coverage<Pack> cover =
          coverage<Pack>(d, e, site.guards * site.readiness, site.readiness, patrol, units);
      const Pack unseen = sim::exp(-scale * cover.detection);
      const Pack unmet = sim::exp(-response * cover.response);
      const Pack by_detection = kHarm[e] * rates[e] * (1.0 - unmet) * unseen * scale;
      const Pack by_response = kHarm[e] * rates[e] * (1.0 - unseen) * unmet * response;
      gain[0] += site.readiness * patrol *
                 (by_detection * d.detection[kMobile][e] + by_response * d.response[kMobile][e]);
      gain[1] += patrol * (by_detection * d.detection[kAir][e] + by_response * d.response[kAir][e]);
    }
    return gain;
  }

  PANJ_INLINE void set_gains(std::size_t i) {
    const ByKind<Pack> units{sim::load<Pack>(&state_.equipment[kPost].row(i)[lane_]),
                             sim::load<Pack>(&state_.equipment[kSensor].row(i)[lane_]),
                             sim::load<Pack>(&state_.now.teams[0].row(i)[lane_]),
                             sim::load<Pack>(&state_.now.teams[1].row(i)[lane_])};
    ByType<Pack> rates{};
    for (const Type e : kArmedAttempts)
      rates[e] = sim::load<Pack>(&state_.smoothed[e].row(i)[lane_]);
    const auto gain =
        gains(units, rates,
              {.guards = sim::broadcast<Pack>(w_.ref.guards[i] * now_.in.guards_factor),
               .readiness = sim::broadcast<Pack>(now_.in.readiness_on[i]),
               .length = sim::broadcast<Pack>(w_.g.stretches[i].length_km())});
    for (std::size_t t = 0; t < kTeams.size(); ++t) {
      sim::store(&state_.now.gain[t].row(i)[lane_], gain[t]);
    }
  }

  /// Each lane's part goes where it gains most there; then the gain there is worked out anew.
  PANJ_INLINE void place(std::size_t t, Pack part) {
    Pack best = sim::load<Pack>(&state_.now.gain[t].row(0)[lane_]);
    Pack where{};
    for (std::size_t i = 1; i < w_.g.size(); ++i) {
      const Pack gain = sim::load<Pack>(&state_.now.gain[t].row(i)[lane_]);
      const auto better = sim::less(best, gain);
      best = sim::select(better, gain, best);
      where = sim::select(better, sim::broadcast<Pack>(static_cast<double>(i)), where);
    }
    ByKind<Pack> units{};
    ByType<Pack> rates{};
    Site site;
    for (std::size_t l = 0; l < sim::kLanesIn<Pack>; ++l) {
      const auto i = static_cast<std::size_t>(where[l]);
      const std::size_t lane = lane_ + l;
      state_.now.teams[t].row(i)[lane] += part[l];
      units[kPost][l] = state_.equipment[kPost].row(i)[lane];
      units[kSensor][l] = state_.equipment[kSensor].row(i)[lane];
      units[kMobile][l] = state_.now.teams[0].row(i)[lane];
      units[kAir][l] = state_.now.teams[1].row(i)[lane];
      for (const Type e : kArmedAttempts) rates[e][l] = state_.smoothed[e].row(i)[lane];
      site.guards[l] = w_.ref.guards[i] * now_.in.guards_factor;
      site.readiness[l] = now_.in.readiness_on[i];
      site.length[l] = w_.g.stretches[i].length_km();
    }
    const auto gain = gains(units, rates, site);
    for (std::size_t l = 0; l < sim::kLanesIn<Pack>; ++l) {
      const auto i = static_cast<std::size_t>(where[l]);
      for (std::size_t k = 0; k < kTeams.size(); ++k)
        state_.now.gain[k].row(i)[lane_ + l] = gain[k][l];
    }
  }

  const Step& now_;
  const World& w_;
  State& state_;
  std::size_t lane_;
};

}  // namespace

void place_where_most_useful(const Step& now, State& state) {
  sim::with_vector_units([&]<class Pack>() PANJ_KERNEL {
    for (std::size_t lane = 0; lane < now.width(); lane += sim::kLanesIn<Pack>) {
      Optimum<Pack>(now, state, lane).run();
    }
  });
}

}  // namespace panj::spillover::detail
