// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "panj/plan/calendar.h"
#include "panj/plan/instance_file.h"
#include "panj/plan/solution.h"

namespace panj::plan {

/// "exercise_calendar". `budget_per_year` may be one number or one for each year.
CalendarProblem read_calendar(const InstanceFile& file);

/// A calendar as JSON: exercises with month, region, members and cost; readiness by stretch and
/// month, the weakest of them; what one more exercise in a year with the money for it, or one
/// closed month more to choose from, would give to 1e-5 (at least, where "gain_is_proven" is
/// false). An exercise that helps has an "extra_cost": of the cheapest calendar with that gain,
/// over this one; one that cannot be held has the rules that block it ("blocked_by"). Null stands
/// for what was too much work to know. Threads never change the answer.
Solution solve_calendar_problem(const CalendarProblem& problem, unsigned threads = 0);
Solution solve_calendar_instance(const InstanceFile& file, const SolveOptions& options);

/// The exercises of a solution.
std::vector<Exercise> exercises_of(const CalendarProblem& problem, const Solution& solution);

/// month,region,members,cost — one row an exercise, members separated by spaces.
std::string calendar_csv(const CalendarProblem& problem, const std::vector<Exercise>& exercises);
/// stretch,month,readiness — one row a stretch and month.
std::string readiness_csv(const CalendarProblem& problem, const std::vector<Exercise>& exercises);
/// One event over the whole month for each exercise.
std::string calendar_icalendar(const CalendarProblem& problem,
                               const std::vector<Exercise>& exercises);

}  // namespace panj::plan
