// SPDX-License-Identifier: Apache-2.0
#include "panj/spillover/model.h"

#include <fmt/format.h>

#include "panj/core/problem.h"
#include "panj/spillover/detail/invariants.h"
#include "panj/spillover/detail/record.h"
#include "panj/spillover/detail/step_record.h"
#include "panj/spillover/detail/submodels.h"
#include "panj/spillover/outcomes.h"
#include "panj/spillover/schedule.h"

namespace panj::spillover {
namespace {

using detail::Step;
using detail::World;

void check_room(const Parameters& p) {
  Problems problems;
  const auto check = [&](const char* what, std::size_t count, std::size_t most) {
    if (count >= 1 && count <= most) return;
    problems.add({.field = what,
                  .what = fmt::format("holds {}", count),
                  .why = fmt::format("the model takes 1 to {}", most)});
  };
  check("threat.group", p.groups.size(), kMostGroups);
  check("threat.zone", p.zones.size(), kMostZones);
  problems.throw_if_any();
}

}  // namespace

SpilloverModel::SpilloverModel(const Parameters& parameters, const Geometry& geometry,
                               LeverSettings levers, const Settings& settings) {
  check_room(parameters);
  validate(settings);
  validate(levers, parameters, geometry.size(), "package");
  world_ = std::make_shared<const World>(parameters, geometry, settings);
  schedule_ = std::make_shared<const Schedule>(parameters, geometry, settings, std::move(levers));
  outcomes_ =
      std::make_shared<const sim::OutcomeTable>(outcome_table(parameters, geometry, settings));
  recorder_ = std::make_shared<const detail::Recorder>(*world_, *outcomes_);
  if (settings.by_step) {
    step_recorder_ = std::make_shared<const detail::StepRecorder>(*world_, *outcomes_);
  }
}

int SpilloverModel::steps() const {
  return world_->s.steps();
}
const Parameters& SpilloverModel::parameters() const {
  return world_->p;
}
const Geometry& SpilloverModel::geometry() const {
  return world_->g;
}
const Reference& SpilloverModel::reference() const {
  return world_->ref;
}
const Settings& SpilloverModel::settings() const {
  return world_->s;
}

void SpilloverModel::advance(State& state, const sim::Lanes& lanes, int step) const {
  const Step now{*world_, schedule_->step(step), lanes, step};
  const detail::StepCheck check(now, *schedule_, state);
  advance_equipment(now, state);
  advance_economy(now, state);
  advance_alliance(now, state);
  advance_tolerance(now, state);
  advance_people(now, state);
  place_patrols(now, state);
  advance_defence(now, state);
  choose_places(now, state);
  advance_trafficking(now, state);
  make_attempts(now, state);
  lose_militants(now, state);
  feed_back(now, state);
  count_cost(now, state);
  recorder_->add(now, state);
  if (step_recorder_) step_recorder_->keep(now, state);
  check.after(state);
}

void SpilloverModel::write_outcomes(const State& state, const sim::Lanes& lanes,
                                    sim::OutcomeBlock& block) const {
  recorder_->write(state, lanes, block);
}

}  // namespace panj::spillover
