// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "panj/sim/lanes.h"
#include "panj/sim/outcome.h"
#include "panj/spillover/geometry.h"
#include "panj/spillover/levers.h"
#include "panj/spillover/parameters.h"
#include "panj/spillover/reference.h"
#include "panj/spillover/settings.h"
#include "panj/spillover/state.h"

namespace panj::spillover {

namespace detail {
struct World;
class Recorder;
class StepRecorder;
}  // namespace detail
class Schedule;

/// The spillover model of one theatre under one package: a sim::Model.
///
///     const Parameters p = parameters_of(theatre);
///     const SpilloverModel model(p, equal_stretches(p, 24), levers_of(p, package),
///                                {.first_year = 2022, .last_year = 2030});
///     State state = model.start(lanes);
///     for (int step = 0; step < model.steps(); ++step) model.advance(state, lanes, step);
///
/// docs/methods/spillover.md has the equations. A step goes through the submodels in a fixed order,
/// each in the file of its name: deliveries, economy, alliance, tolerance, people, patrols,
/// defence, choice, trafficking, attempts (incidents, border_losses), feedback, cost, record,
/// invariants. Two models with the same parameters, geometry and settings see the same luck, and
/// the same history until the measures start.
class SpilloverModel {
 public:
  using State = spillover::State;

  /// Throws InvalidInput where settings or levers cannot be, or follow-up attempts never end.
  SpilloverModel(const Parameters& parameters, const Geometry& geometry, LeverSettings levers,
                 const Settings& settings);

  const sim::OutcomeTable& outcomes() const { return *outcomes_; }
  int steps() const;
  State start(const sim::Lanes& lanes) const;
  void advance(State& state, const sim::Lanes& lanes, int step) const;
  void write_outcomes(const State& state, const sim::Lanes& lanes, sim::OutcomeBlock& block) const;

  const Parameters& parameters() const;
  const Geometry& geometry() const;
  const Reference& reference() const;
  const Settings& settings() const;
  const Schedule& schedule() const { return *schedule_; }

 private:
  std::shared_ptr<const detail::World> world_;
  std::shared_ptr<const Schedule> schedule_;
  std::shared_ptr<const sim::OutcomeTable> outcomes_;
  std::shared_ptr<const detail::Recorder> recorder_;
  std::shared_ptr<const detail::StepRecorder> step_recorder_;  ///< none unless settings.by_step
};

/// Groups and zones that the model has room for.
inline constexpr std::size_t kMostGroups = 64;
inline constexpr std::size_t kMostZones = 64;

}  // namespace panj::spillover
