// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

#include "panj/sim/vector_units.h"
#include "panj/spillover/detail/laws.h"
#include "panj/spillover/detail/luck.h"
#include "panj/spillover/detail/submodels.h"

namespace panj::spillover::detail {
namespace {

using theatre::PatrolPolicy;

/// The length of border over which a random roster varies as an exponential.
constexpr double kRosterKm = 56.0;

/// A share φ_m of all teams stands by `share(i, lane)`, the rest stays where it was delivered.
template <class Share>
void deal_out(const Step& now, State& state, Share share) {
  const World& w = now.world;
  const double pooled = w.p.defence.pooled_share;
  for (std::size_t t = 0; t < kTeams.size(); ++t) {
    const sim::LaneTable& owned = state.equipment[kTeams[t]];
    for (std::size_t lane = 0; lane < now.width(); ++lane) {
      double all = 0;
      for (std::size_t i = 0; i < w.g.size(); ++i) all += owned.row(i)[lane];
      for (std::size_t i = 0; i < w.g.size(); ++i) {
        state.now.teams[t].row(i)[lane] =
            (1 - pooled) * owned.row(i)[lane] + pooled * all * share(i, lane);
      }
    }
  }
}

void place_as_delivered(State& state) {
  for (std::size_t t = 0; t < kTeams.size(); ++t) {
    std::ranges::copy(state.equipment[kTeams[t]].values(), state.now.teams[t].values().begin());
  }
}

void place_by_length(const Step& now, State& state) {
  const Geometry& g = now.world.g;
  deal_out(now, state,
           [&](std::size_t i, std::size_t) { return g.stretches[i].length_km() / g.length_km; });
}

void place_by_shares(const Step& now, State& state, const std::vector<double>& shares) {
  double sum = 0;
  for (const double share : shares) sum += share;
  deal_out(now, state, [&](std::size_t i, std::size_t) { return shares[i] / sum; });
}

/// Gamma(ℓ/56 km) quantile: the sum over parts of a stretch is distributed as the whole.
double roster_weight(double length_km, double u) {
  const double shape = length_km / kRosterKm;
  if (std::abs(shape - 1) < 1e-9) return -sim::log(u);
  return std::max(boost::math::gamma_p_inv(shape, u), 1e-300);
}

void draw_roster(const Step& now, State& state) {
  const World& w = now.world;
  sim::LaneTable& weights = state.now.roster;
  std::vector<double> sums(now.width(), 0.0);
  for (std::size_t i = 0; i < w.g.size(); ++i) {
    for (std::size_t lane = 0; lane < now.width(); ++lane) {
      const Words<double> u =
          luck(now.lanes.replicate(lane),
               luck_key(now.lanes.seed, now.index, Stage::patrol, w.g.places[i]));
      weights.row(i)[lane] = roster_weight(w.g.stretches[i].length_km(), u[0]);
      sums[lane] += weights.row(i)[lane];
    }
  }
  deal_out(now, state,
           [&](std::size_t i, std::size_t lane) { return weights.row(i)[lane] / sums[lane]; });
}

}  // namespace

bool sees_only_mean(const Step& now) {
  return now.in.levers->patrol == PatrolPolicy::randomised && now.in.levers->patrol_shares.empty();
}

void place_patrols(const Step& now, State& state) {
  const LeverSettings& levers = *now.in.levers;
  if (!levers.patrol_shares.empty()) return place_by_shares(now, state, levers.patrol_shares);
  switch (levers.patrol) {
    case PatrolPolicy::fixed:
      return place_as_delivered(state);
    case PatrolPolicy::randomised:
      return place_by_length(now, state);
    case PatrolPolicy::optimised:
      return place_where_most_useful(now, state);
  }
}

void place_unseen(const Step& now, State& state) {
  draw_roster(now, state);
}

}  // namespace panj::spillover::detail
