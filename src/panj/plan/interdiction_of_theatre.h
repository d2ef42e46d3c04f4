// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "panj/plan/ground.h"
#include "panj/plan/interdiction_instance.h"
#include "panj/plan/resimulation.h"

namespace panj::plan {

struct TheatreInterdictionOptions {
  std::size_t checkpoints = 6;  ///< that can be equipped
  /// Units of each kind that equip one: a team and its sensors.
  spillover::ByKind<double> equipment{0, 4, 1, 0};
  /// In place of the raster that the theatre names. Without any: ways by the stated difficulty of
  /// the ground.
  std::optional<std::filesystem::path> elevation{};
  /// Hours on the way after which one smuggler in e (37 of 100) is still unseen: an assumption.
  double exposure_hours = 72;
};

/// Smuggling over a theatre's border.
///
/// Evaders start in the border zones, in proportion to their share of the trade: at the zone's town
/// where the theatre names one, else at the middle of its border. They go to the capital of home,
/// or its first town. Checkpoints are the stretches, at their middle, and the crossings. A way
/// passes with chance e^{−hours/exposure} × (1 − stop), where stop is the simulator's for
/// trafficking on that stretch, equipped or not (stop_chance.h).
///
/// Hours: by least-cost walking over the raster (geo::walking_hours), on the far bank up to the
/// border and on the home bank from there; else 5 km/h along and off the line, divided by the
/// attractiveness that the theatre states for the ground, which is its ease.
///
/// Throws InvalidInput for a raster that does not cover the border and both ends of every way, or
/// has no height where one starts, crosses or ends.
NamedInterdiction interdiction_of(const Ground& ground, const TheatreInterdictionOptions& options);

/// The border's stretch of each checkpoint of `interdiction_of`, in its order.
std::vector<std::size_t> stretches_of_checkpoints(const Ground& ground);

/// Chosen checkpoints as levers: their equipment arrives in the first year.
Candidate equipped(const Ground& ground, const std::vector<std::size_t>& checkpoints,
                   const TheatreInterdictionOptions& options);
/// The same equipment spread evenly by length.
Candidate spread_evenly(const Ground& ground, std::size_t checkpoints,
                        const TheatreInterdictionOptions& options);

}  // namespace panj::plan
