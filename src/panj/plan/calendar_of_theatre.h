// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "panj/plan/calendar.h"
#include "panj/plan/ground.h"

namespace panj::plan {

struct TheatreCalendarOptions {
  int years = 2;                                 ///< from the first year in which measures bite
  std::optional<int> exercises_per_year{};       ///< nothing: as practised
  std::optional<double> budget_musd_per_year{};  ///< nothing: what that many cost
};

/// Joint exercises on a theatre's border: regions are its landscapes, members its alliance's.
///
/// Readiness follows the simulator's law (docs/methods/spillover.md): it decays to its floor and an
/// exercise closes the share α_X of what is missing. The simulator knows one readiness for the
/// whole border; here an exercise does more in its own region and half as much 200 km off, with the
/// mean over the border unchanged. The leader and the exposed member take part in each: that counts
/// in full and costs what the theatre states; others add, and cost, in proportion to their weight.
CalendarProblem calendar_of(const Ground& ground, const TheatreCalendarOptions& options);

/// A calendar, and the lowest readiness that the practised months and members (leader and exposed)
/// give with the best choice of regions, by the same law.
struct TheatreCalendar {
  CalendarProblem problem;
  std::optional<Calendar> calendar;  ///< nothing when the rules admit none
  double practised = 0;
};
TheatreCalendar plan_calendar(const Ground& ground, const TheatreCalendarOptions& options);
double practised_readiness(const Ground& ground, const TheatreCalendarOptions& options);

}  // namespace panj::plan
