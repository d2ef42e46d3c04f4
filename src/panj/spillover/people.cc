// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "panj/sim/count_quantile.h"
#include "panj/sim/vector_units.h"
#include "panj/spillover/detail/laws.h"
#include "panj/spillover/detail/luck.h"
#include "panj/spillover/detail/submodels.h"

namespace panj::spillover::detail {
namespace {

using sim::Pack;

/// What holds for all zones of a group in a step.
struct GroupRates {
  Pack leaves;    ///< chance of attrition
  Pack recruits;  ///< per head
  Pack arrivals;  ///< foreign fighters, all zones
};

PANJ_INLINE Pack everyone(const Step& now, const State& state, std::size_t lane) {
  Pack total{};
  const std::size_t rows = now.world.p.groups.size() * now.world.p.zones.size();
  for (std::size_t row = 0; row < rows; ++row) total += sim::load(&state.militants.row(row)[lane]);
  return total;
}

PANJ_INLINE GroupRates rates_of(const Step& now, const State& state, Pack room, std::size_t k,
                                std::size_t lane) {
  const World& w = now.world;
  const PeopleParameters& people = w.p.people;
  const GroupParameters& group = w.p.groups[k];
  const Pack tolerance = sim::load(&state.now.tolerance.row(k)[lane]);
  const Pack cover = sim::load(&state.now.cover.row(k)[lane]);
  const Pack hardship = sim::exp(sim::load(&state.hardship.row(0)[lane]));
  const Pack unpaid = 1.0 - sim::min(2.0 * cover, 1.0);
  const Pack exponent = bounded_exponent(people.hardship_response, hardship) +
                        bounded_exponent(w.p.feedback * people.funds_response, cover) +
                        people.tolerance_response * (tolerance - group.tolerance);
  return {.leaves = chance(people.attrition + people.repression * (1.0 - tolerance) +
                               w.p.feedback * people.unpaid_desertion * unpaid,
                           w.dt),
          .recruits = group.recruitment * w.dt * sim::exp(exponent) * room,
          .arrivals = people.foreign_fighters * group.arrival_share * w.dt *
                      sim::exp(sim::load(&state.arrivals.row(0)[lane]))};
}

/// Attrition, recruits, foreign fighters and movers of one group and zone; returns the movers.
PANJ_INLINE Pack turn_over(const Step& now, State& state, const GroupRates& rates,
                           std::array<std::size_t, 2> group_zone, std::size_t lane) {
  const World& w = now.world;
  const auto [k, z] = group_zone;
  const std::size_t row = k * w.p.zones.size() + z;
  const auto node = static_cast<std::uint32_t>((k << 8) | z);
  const Words<Pack> u = luck_pack(now.lanes.replicate(lane),
                                  luck_key(now.lanes.seed, now.index, Stage::people, node));
  double* militants = &state.militants.row(row)[lane];
  const Pack before = sim::load(militants);
  const Pack left = sim::binomial_quantile(u[0], before, rates.leaves);
  const Pack stayed = before - left;
  const Pack recruited = sim::poisson_quantile(u[1], rates.recruits * stayed);
  const Pack arrived = sim::poisson_quantile(u[2], rates.arrivals * w.p.zones[z].arrival_share);
  const Pack here = stayed + recruited + arrived;
  const Pack movers = sim::binomial_quantile(u[3], here, sim::broadcast(w.moved));
  sim::store(militants, here - movers);
  double* flows = &state.now.turnover.row(0)[lane];
  sim::store(flows, sim::load(flows) + (recruited + arrived - left));
  return movers;
}

/// Movers ~ Multinomial(pool; π_gz): nobody is created or lost.
PANJ_INLINE void settle(const Step& now, State& state, std::size_t k, Pack pool, std::size_t lane) {
  const World& w = now.world;
  const std::vector<double>& shares = w.p.groups[k].zone_share;
  double rest = 1.0;
  Words<Pack> u{};
  for (std::size_t z = 0; z < shares.size(); ++z) {
    if (z % kWords == 0) {
      u = luck_pack(now.lanes.replicate(lane), luck_key(now.lanes.seed, now.index, Stage::placement,
                                                        static_cast<std::uint32_t>(k),
                                                        static_cast<std::uint32_t>(z / kWords)));
    }
    const bool last = z + 1 == shares.size();
    const double share = last || shares[z] >= rest ? 1.0 : shares[z] / rest;
    const Pack settled =
        last ? pool : sim::binomial_quantile(u[z % kWords], pool, sim::broadcast(share));
    double* militants = &state.militants.row(k * shares.size() + z)[lane];
    sim::store(militants, sim::load(militants) + settled);
    pool -= settled;
    rest -= shares[z];
  }
}

PANJ_INLINE void advance(const Step& now, State& state) {
  const World& w = now.world;
  for (std::size_t lane = 0; lane < now.width(); lane += sim::kPackLanes) {
    const Pack room = sim::max(1.0 - everyone(now, state, lane) / w.p.people.crowding_level, 0.0);
    for (std::size_t k = 0; k < w.p.groups.size(); ++k) {
      const GroupRates rates = rates_of(now, state, room, k, lane);
      Pack pool{};
      for (std::size_t z = 0; z < w.p.zones.size(); ++z) {
        pool += turn_over(now, state, rates, {k, z}, lane);
      }
      settle(now, state, k, pool, lane);
    }
  }
}

}  // namespace

void advance_people(const Step& now, State& state) {
  state.now.turnover.set_row(0, 0.0);
  if (now.world.s.ideal.people_frozen) return;
  sim::with_vector_units([&]() PANJ_KERNEL { advance(now, state); });
}

}  // namespace panj::spillover::detail
