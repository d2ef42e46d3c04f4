// SPDX-License-Identifier: Apache-2.0
#include "panj/spillover/detail/record.h"

#include <algorithm>

#include "panj/sim/vector_units.h"
#include "panj/spillover/load.h"
#include "panj/spillover/toll_steps.h"

namespace panj::spillover::detail {
namespace {

using sim::LaneTable;

template <class Pack>
PANJ_INLINE Pack sum_of_rows(const LaneTable& table, std::size_t lane) {
  Pack sum{};
  for (std::size_t i = 0, n = table.rows(); i < n; ++i) sum += sim::load<Pack>(&table.row(i)[lane]);
  return sum;
}

}  // namespace

/// One pack of lanes in one step.
template <class Pack>
struct Recorder::Place {
  const Step& now;
  State& state;
  std::size_t lane;

  PANJ_INLINE double* row(std::size_t r) const { return &state.record.row(r)[lane]; }
  PANJ_INLINE void plus(std::size_t r, Pack value) const {
    sim::store(row(r), sim::load<Pack>(row(r)) + value);
  }
  PANJ_INLINE Pack value(const LaneTable& table, std::size_t r = 0) const {
    return sim::load<Pack>(&table.row(r)[lane]);
  }
};

Recorder::Recorder(const World& world, const sim::OutcomeTable& table)
    : world_(&world),
      table_(&table),
      per_year_of_effects_(
          1.0 / (static_cast<double>(world.s.years()) - static_cast<double>(world.effects_from))),
      attempts_(first("attempts")),
      detected_(first("detected")),
      stopped_(first("stopped")),
      breaches_(first("breaches")),
      expected_attempts_(first("expected_attempts")),
      expected_breaches_(first("expected_breaches")),
      reported_(first("reported_incidents")),
      fatalities_(first("fatalities")),
      worst_(first("worst_incident")),
      runs_(first("trafficking_runs")),
      entering_(first("tonnes_entering")),
      seized_(first("tonnes_seized")),
      through_(first("tonnes_through")),
      stock_(first("tonnes_stock")),
      cost_(first("cost_musd")),
      militants_(first("militants")),
      militants_end_(first("militants_end")),
      hardship_(first("hardship")),
      cohesion_(first("cohesion")),
      divergence_(first("divergence")),
      intelligence_(first("intelligence")),
      readiness_(first("readiness")),
      corruption_(first("corruption")),
      cover_(first("funds_cover")),
      tolerance_(first("tolerance")),
      equipment_(first("equipment")),
      backlog_(first("backlog")),
      by_group_(first("militants_by_group")),
      by_zone_(first("militants_by_zone")),
      stretch_attempts_(first("stretch_attempts")),
      stretch_breaches_(first("stretch_breaches")),
      stretch_incidents_(first("stretch_incidents")),
      stretch_reported_(first("stretch_reported")),
      killing_(first("incidents_killing")) {}

template <class Pack>
PANJ_INLINE void Recorder::add_attempts(const Place<Pack>& at) const {
  const auto year = static_cast<std::size_t>(at.now.in.year);
  const Workings& work = at.state.now;
  for (std::size_t k = 0; k < kArmedAttempts.size(); ++k) {
    const Type e = kArmedAttempts[k];
    const std::size_t cell = year * kArmedAttempts.size() + k;
    Pack rate{};
    Pack breaching{};
    for (std::size_t i = 0; i < world_->g.size(); ++i) {
      const Pack here = at.value(work.rate[e], i);
      rate += here;
      breaching += here * (1.0 - at.value(work.stop[e], i));
    }
    at.plus(expected_attempts_ + cell, rate * world_->dt);
    at.plus(expected_breaches_ + cell, breaching * world_->dt);
    at.plus(attempts_ + cell, sum_of_rows<Pack>(work.attempts[e], at.lane));
    at.plus(detected_ + cell, sum_of_rows<Pack>(work.detected[e], at.lane));
    at.plus(stopped_ + cell, sum_of_rows<Pack>(work.stopped[e], at.lane));
    at.plus(breaches_ + cell, sum_of_rows<Pack>(work.breaches[e], at.lane));
  }
  at.plus(reported_ + year, sum_of_rows<Pack>(work.reported, at.lane));
  at.plus(fatalities_ + year, sum_of_rows<Pack>(work.deaths, at.lane));
  double* worst = at.row(worst_ + year);
  sim::store(worst, sim::max(sim::load<Pack>(worst), at.value(work.worst)));
}

template <class Pack>
PANJ_INLINE void Recorder::add_flows(const Place<Pack>& at) const {
  const auto year = static_cast<std::size_t>(at.now.in.year);
  const Workings& work = at.state.now;
  at.plus(runs_ + year,
          sum_of_rows<Pack>(work.seized, at.lane) + sum_of_rows<Pack>(work.through, at.lane));
  at.plus(entering_ + year, kLoadTonnes * sum_of_rows<Pack>(work.entering, at.lane));
  at.plus(seized_ + year, kLoadTonnes * sum_of_rows<Pack>(work.seized, at.lane));
  at.plus(through_ + year, kLoadTonnes * sum_of_rows<Pack>(work.through, at.lane));
  at.plus(cost_ + year, at.value(work.cost));
}

template <class Pack>
PANJ_INLINE void Recorder::add_levels(const Place<Pack>& at) const {
  const auto year = static_cast<std::size_t>(at.now.in.year);
  const std::size_t zones = world_->p.zones.size();
  const double share = world_->dt;
  const State& s = at.state;
  Pack everyone{};
  Pack tolerated{};
  Pack covered{};
  for (std::size_t k = 0; k < world_->p.groups.size(); ++k) {
    Pack heads{};
    for (std::size_t z = 0; z < zones; ++z) heads += at.value(s.militants, k * zones + z);
    everyone += heads;
    tolerated += heads * at.value(s.now.tolerance, k);
    covered += heads * at.value(s.now.cover, k);
  }
  const Pack some = sim::max(everyone, 1.0);
  at.plus(militants_ + year, everyone * share);
  at.plus(tolerance_ + year, tolerated / some * share);
  at.plus(cover_ + year, covered / some * share);
  at.plus(hardship_ + year, sim::exp(at.value(s.hardship)) * share);
  at.plus(cohesion_ + year, sim::logistic(at.value(s.cohesion)) * share);
  at.plus(divergence_ + year, sim::broadcast<Pack>(at.now.in.standing.divergence * share));
  at.plus(intelligence_ + year, at.value(s.now.intelligence) * share);
  at.plus(readiness_ + year, sim::broadcast<Pack>(at.now.in.readiness * share));
  at.plus(corruption_ + year, at.value(s.corruption) * share);
}

template <class Pack>
PANJ_INLINE void Recorder::add_stretches(const Place<Pack>& at) const {
  if (static_cast<std::size_t>(at.now.in.year) < world_->effects_from) return;
  const Workings& work = at.state.now;
  const double share = world_->dt * per_year_of_effects_;
  for (std::size_t i = 0; i < world_->g.size(); ++i) {
    for (std::size_t k = 0; k < kArmedAttempts.size(); ++k) {
      const Type e = kArmedAttempts[k];
      const std::size_t cell = i * kArmedAttempts.size() + k;
      const Pack rate = at.value(work.rate[e], i);
      at.plus(stretch_attempts_ + cell, rate * share);
      at.plus(stretch_breaches_ + cell, rate * (1.0 - at.value(work.stop[e], i)) * share);
      at.plus(stretch_incidents_ + cell, at.value(work.breaches[e], i) * per_year_of_effects_);
    }
    at.plus(stretch_reported_ + i, at.value(work.reported, i) * per_year_of_effects_);
  }
  for (std::size_t step = 0; step < kTollSteps.size(); ++step) {
    at.plus(killing_ + step, at.value(work.toll, step));
  }
}

template <class Pack>
PANJ_INLINE void Recorder::keep_ends(const Place<Pack>& at) const {
  const auto year = static_cast<std::size_t>(at.now.in.year);
  const std::size_t zones = world_->p.zones.size();
  const std::size_t groups = world_->p.groups.size();
  const State& s = at.state;
  sim::store(at.row(militants_end_ + year), sum_of_rows<Pack>(s.militants, at.lane));
  sim::store(at.row(stock_ + year), kLoadTonnes * sum_of_rows<Pack>(s.stock, at.lane));
  for (std::size_t j = 0; j < kKinds; ++j) {
    sim::store(at.row(equipment_ + year * kKinds + j), sum_of_rows<Pack>(s.equipment[j], at.lane));
    sim::store(at.row(backlog_ + year * kKinds + j), sum_of_rows<Pack>(s.backlog[j], at.lane));
  }
  for (std::size_t k = 0; k < groups; ++k) {
    for (std::size_t z = 0; z < zones; ++z) {
      const Pack heads = at.value(s.militants, k * zones + z);
      at.plus(by_group_ + year * groups + k, heads);
      at.plus(by_zone_ + year * zones + z, heads);
    }
  }
}

void Recorder::add(const Step& now, State& state) const {
  const bool year_ends = (now.index + 1) % world_->s.steps_per_year == 0;
  sim::with_vector_units([&]<class Pack>() PANJ_KERNEL {
    for (std::size_t lane = 0; lane < now.width(); lane += sim::kLanesIn<Pack>) {
      const Place<Pack> at{now, state, lane};
      add_attempts(at);
      add_flows(at);
      add_levels(at);
      add_stretches(at);
      if (year_ends) keep_ends(at);
    }
  });
}

void Recorder::write(const State& state, const sim::Lanes& lanes, sim::OutcomeBlock& block) const {
  for (std::size_t cell = 0; cell < table_->total_cells(); ++cell) {
    const auto from = state.record.row(cell);
    std::copy_n(from.begin(), lanes.padded(), block.cell_row(cell).begin());
  }
}

}  // namespace panj::spillover::detail
