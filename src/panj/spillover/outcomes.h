// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "panj/sim/outcome.h"
#include "panj/spillover/geometry.h"
#include "panj/spillover/parameters.h"
#include "panj/spillover/settings.h"

namespace panj::spillover {

/// Outcomes of one replicate, by name (dimensions in brackets):
///
///   [year, type]     attempts, detected, stopped, breaches: counts of attack, infiltration, fire;
///                    expected_attempts, expected_breaches: Λ and Λ(1−U), far less noisy
///   [year]           reported_incidents, fatalities, worst_incident, trafficking_runs,
///                    tonnes_entering, tonnes_seized, tonnes_through, cost_musd; means over the
///                    year of militants, hardship, cohesion, divergence, intelligence, readiness,
///                    corruption, funds_cover, tolerance; militants_end, tonnes_stock at its end
///   [year, kind]     equipment, backlog at the end of the year
///   [year, group], [year, zone]  militants_by_group, militants_by_zone at the end of the year
///   [stretch, type]  stretch_attempts, stretch_breaches (expected) and stretch_incidents
///                    (breaches), a year, over the years in which levers bite
///   [stretch]        stretch_reported, likewise
///   [deaths]         incidents_killing: incidents with at least so many deaths, over these years
///
/// With Settings::by_step, for each step (`time` is where it starts):
///
///   [time, stretch, type]  step_attempts, step_detected, step_stopped, step_breaches,
///                    step_expected_attempts, step_expected_breaches
///   [time, stretch]  step_fatalities, step_reported_incidents
///   [time]           step_tonnes_entering, step_tonnes_seized, step_tonnes_through,
///                    step_tonnes_stock (at its end), step_cost_musd, step_hardship, step_cohesion,
///                    step_divergence, step_intelligence, step_readiness, step_corruption
///   [time, group, zone]  step_militants at its end
///   [time, group]    step_tolerance, step_funds_cover
///   [time, kind]     step_equipment, step_backlog at its end
///
/// "Types" here are those that are single events: attack, infiltration, fire.
sim::OutcomeTable outcome_table(const Parameters& parameters, const Geometry& geometry,
                                const Settings& settings);

/// Where each step starts, in days since 1 January of the first year: the first of the month where
/// there are twelve steps a year.
std::vector<double> step_starts(const Settings& settings);

}  // namespace panj::spillover
