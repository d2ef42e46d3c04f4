// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "panj/sim/elementary.h"
#include "panj/spillover/detail/record.h"
#include "panj/spillover/detail/world.h"
#include "panj/spillover/load.h"
#include "panj/spillover/model.h"
#include "panj/spillover/toll_steps.h"

namespace panj::spillover {
namespace {

using detail::World;
using sim::Lanes;
using sim::LaneTable;

double logit_of(double share) {
  const double inside = std::clamp(share, 1e-6, 1 - 1e-6);
  return sim::log(inside / (1 - inside));
}

void make_room(const World& w, const Lanes& lanes, Workings& now) {
  const std::size_t n = w.g.size();
  const std::size_t zones = w.p.zones.size();
  const std::size_t groups = w.p.groups.size();
  for (LaneTable* row :
       {&now.cohesion_noise, &now.intelligence, &now.leverage, &now.worst, &now.cost}) {
    *row = LaneTable(1, lanes);
  }
  now.tolerance = LaneTable(groups, lanes);
  now.cover = LaneTable(groups, lanes, 1.0);
  now.turnover = LaneTable(groups, lanes);
  for (LaneTable* by_stretch : {&now.teams[0], &now.teams[1], &now.gain[0], &now.gain[1],
                                &now.roster, &now.deaths, &now.reported}) {
    *by_stretch = LaneTable(n, lanes);
  }
  for (LaneTable* by_zone : {&now.lost, &now.entering, &now.seized, &now.through}) {
    *by_zone = LaneTable(zones, lanes);
  }
  now.toll = LaneTable(kTollSteps.size(), lanes);
  for (std::size_t e = 0; e < kTypes; ++e) {
    for (auto* by_stretch :
         {&now.detection, &now.interception, &now.stop, &now.excited, &now.rate, &now.attempts,
          &now.detected, &now.stopped, &now.breaches, &now.spread}) {
      (*by_stretch)[e] = LaneTable(n, lanes);
    }
    if (w.s.invariants == Invariants::checked) now.intercepted[e] = LaneTable(n, lanes);
    now.pull[e] = LaneTable(w.g.segments.size(), lanes);
    now.pull_sum[e] = LaneTable(zones, lanes);
    now.deterred[e] = LaneTable(zones, lanes, 1.0);
    now.pressure[e] = LaneTable(zones, lanes);
  }
}

void start_defence(const World& w, const Lanes& lanes, State& state) {
  const std::size_t n = w.g.size();
  for (std::size_t j = 0; j < kKinds; ++j) {
    state.equipment[j] = LaneTable(n, lanes);
    state.backlog[j] = LaneTable(n, lanes);
    state.delivered[j] = LaneTable(n, lanes);
    for (std::size_t i = 0; i < n; ++i) state.equipment[j].set_row(i, w.ref.equipment[j][i]);
  }
  for (std::size_t e = 0; e < kTypes; ++e) {
    state.perceived[e] = LaneTable(n, lanes);
    state.excitation[e] = LaneTable(n, lanes);
    state.smoothed[e] = LaneTable(n, lanes);
    for (std::size_t i = 0; i < n; ++i) {
      state.perceived[e].set_row(i, w.ref.stop[i][e]);
      state.excitation[e].set_row(i, w.ref.excitation[i][e]);
      state.smoothed[e].set_row(i, w.ref.rate[i][e]);
    }
  }
}

void start_groups(const World& w, const Lanes& lanes, State& state) {
  const std::size_t zones = w.p.zones.size();
  const std::size_t groups = w.p.groups.size();
  state.militants = LaneTable(groups * zones, lanes);
  state.funds = LaneTable(groups, lanes);
  state.tolerance = LaneTable(groups, lanes);
  for (std::size_t k = 0; k < groups; ++k) {
    double heads = 0;
    for (std::size_t z = 0; z < zones; ++z) {
      state.militants.set_row(k * zones + z, w.ref.militants[k][z]);
      heads += w.ref.militants[k][z];
    }
    state.funds.set_row(k, w.p.funds.upkeep * heads * w.p.funds.cover);
    state.tolerance.set_row(k, logit_of(w.p.groups[k].tolerance));
    state.now.tolerance.set_row(k, w.p.groups[k].tolerance);
  }
  state.stock = LaneTable(zones, lanes);
  const TraffickingParameters& t = w.p.trafficking;
  for (std::size_t z = 0; z < zones; ++z) {
    if (w.segments_of[z].empty()) continue;
    state.stock.set_row(
        z, std::round(t.supply * w.p.zones[z].supply_share * t.stock_time / kLoadTonnes));
  }
}

}  // namespace

State SpilloverModel::start(const sim::Lanes& lanes) const {
  const World& w = *world_;
  State state;
  make_room(w, lanes, state.now);
  start_defence(w, lanes, state);
  start_groups(w, lanes, state);
  for (LaneTable* row : {&state.hardship, &state.arrivals, &state.supply, &state.rally}) {
    *row = LaneTable(1, lanes);
  }
  state.corruption = LaneTable(1, lanes, w.p.trafficking.corruption);
  state.cohesion = LaneTable(1, lanes, logit_of(w.p.cohesion.initial));
  state.record = LaneTable(outcomes_->total_cells(), lanes);
  return state;
}

}  // namespace panj::spillover
