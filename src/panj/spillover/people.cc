// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "panj/sim/count_quantile.h"
#include "panj/sim/vector_units.h"
#include "panj/spillover/detail/laws.h"
#include "panj/spillover/detail/luck.h"
#include "panj/spillover/detail/submodels.h"
#include "panj/spillover/model.h"

namespace panj::spillover::detail {
namespace {

/// What holds for all zones of a group in a step.
template <class Pack>
struct GroupRates {
  sim::Chance<Pack> leaves;  ///< of attrition
  Pack recruits;             ///< per head
  Pack arrivals;             ///< foreign fighters, all zones
};

/// The draws of one zone, in the order of their words.
enum ZoneDraw : std::size_t { attrition, newcomers, movers, settlers, kZoneDraws };

/// All numbers of a group in a step: kZoneDraws words for each zone.
template <class Pack>
using GroupLuck = std::array<Pack, kMostZones * kZoneDraws>;

template <class Pack>
PANJ_INLINE void draw_luck(const Step& now, std::size_t k, std::size_t lane, GroupLuck<Pack>& u) {
  for (std::size_t z = 0; z < now.world.p.zones.size(); ++z) {
    const Words<Pack> words =
        luck_pack<Pack>(now.lanes.replicate(lane),
                        luck_key(now.lanes.seed, now.index, Stage::people,
                                 static_cast<std::uint32_t>(k), static_cast<std::uint32_t>(z)));
    for (std::size_t word = 0; word < kZoneDraws; ++word) u[z * kZoneDraws + word] = words[word];
  }
}

template <class Pack>
PANJ_INLINE Pack everyone(const Step& now, const State& state, std::size_t lane) {
  Pack total{};
  const std::size_t rows = now.world.p.groups.size() * now.world.p.zones.size();
  for (std::size_t row = 0; row < rows; ++row)
    total += sim::load<Pack>(&state.militants.row(row)[lane]);
  return total;
}

template <class Pack>
PANJ_INLINE GroupRates<Pack> rates_of(const Step& now, const State& state, Pack room, std::size_t k,
                                      std::size_t lane) {
  const World& w = now.world;
  const PeopleParameters& people = w.p.people;
  const GroupParameters& group = w.p.groups[k];
  const Pack tolerance = sim::load<Pack>(&state.now.tolerance.row(k)[lane]);
  const Pack cover = sim::load<Pack>(&state.now.cover.row(k)[lane]);
  const Pack hardship = sim::exp(sim::load<Pack>(&state.hardship.row(0)[lane]));
  const Pack unpaid = 1.0 - sim::min(2.0 * cover, 1.0);
  const Pack exponent = bounded_exponent(people.hardship_response, hardship) +
                        bounded_exponent(w.p.feedback * people.funds_response, cover) +
                        people.tolerance_response * (tolerance - group.tolerance);
  const Pack leaving = people.attrition + people.repression * (1.0 - tolerance) +
                       w.p.feedback * people.unpaid_desertion * unpaid;
  return {.leaves = sim::chance_of_hazard(leaving * w.dt),
          .recruits = group.recruitment * w.dt * sim::exp(exponent) * room,
          .arrivals = people.foreign_fighters * group.arrival_share * w.dt *
                      sim::exp(sim::load<Pack>(&state.arrivals.row(0)[lane]))};
}

/// Attrition, newcomers and movers of one group and zone; returns the movers. Recruits and foreign
/// fighters come as one Poisson count, which is what the sum of two is.
template <class Pack>
PANJ_INLINE Pack turn_over(const Step& now, State& state, const GroupRates<Pack>& rates,
                           std::array<std::size_t, 2> group_zone, const Pack* u, std::size_t lane) {
  const World& w = now.world;
  const auto [k, z] = group_zone;
  double* militants = &state.militants.row(k * w.p.zones.size() + z)[lane];
  const Pack before = sim::load<Pack>(militants);
  const Pack left = sim::binomial_quantile(u[attrition], before, rates.leaves);
  const Pack stayed = before - left;
  const Pack joined = sim::poisson_quantile(
      u[newcomers], rates.recruits * stayed + rates.arrivals * w.p.zones[z].arrival_share);
  const Pack here = stayed + joined;
  const Pack moving = sim::binomial_quantile(u[movers], here, w.moved);
  sim::store(militants, here - moving);
  double* flows = &state.now.turnover.row(k)[lane];
  sim::store(flows, sim::load<Pack>(flows) + (joined - left));
  return moving;
}

/// Movers ~ Multinomial(pool; π_gz), zone by zone of what is left: nobody is created or lost.
template <class Pack>
PANJ_INLINE void settle(const Step& now, State& state, std::size_t k, Pack pool,
                        const GroupLuck<Pack>& u, std::size_t lane) {
  const World& w = now.world;
  const std::size_t zones = w.p.zones.size();
  for (std::size_t z = 0; z < zones; ++z) {
    const Pack settled = z + 1 == zones ? pool
                                        : sim::binomial_quantile(u[z * kZoneDraws + settlers], pool,
                                                                 w.settled[k * zones + z]);
    double* militants = &state.militants.row(k * zones + z)[lane];
    sim::store(militants, sim::load<Pack>(militants) + settled);
    pool -= settled;
  }
}

template <class Pack>
PANJ_INLINE void step_people(const Step& now, State& state) {
  const World& w = now.world;
  GroupLuck<Pack> u;
  for (std::size_t lane = 0; lane < now.width(); lane += sim::kLanesIn<Pack>) {
    const Pack room =
        sim::max(1.0 - everyone<Pack>(now, state, lane) / w.p.people.crowding_level, 0.0);
    for (std::size_t k = 0; k < w.p.groups.size(); ++k) {
      const GroupRates<Pack> rates = rates_of(now, state, room, k, lane);
      draw_luck(now, k, lane, u);
      Pack pool{};
      for (std::size_t z = 0; z < w.p.zones.size(); ++z) {
        pool += turn_over(now, state, rates, {k, z}, &u[z * kZoneDraws], lane);
      }
      settle(now, state, k, pool, u, lane);
    }
  }
}

}  // namespace

void advance_people(const Step& now, State& state) {
  std::ranges::fill(state.now.turnover.values(), 0.0);
  if (now.world.s.ideal.people_frozen) return;
  sim::with_vector_units([&]<class Pack>() PANJ_KERNEL { step_people<Pack>(now, state); });
}

}  // namespace panj::spillover::detail
