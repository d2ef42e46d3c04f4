// SPDX-License-Identifier: Apache-2.0
#pragma once

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
/// "Types" here are those that are single events: attack, infiltration, fire.
sim::OutcomeTable outcome_table(const Parameters& parameters, const Geometry& geometry,
                                const Settings& settings);

}  // namespace panj::spillover
