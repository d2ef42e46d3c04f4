// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "panj/plan/calendar.h"
#include "panj/plan/future_regret.h"
#include "panj/plan/resimulation.h"

namespace panj::plan {

/// A calendar of a theatre in the simulator, beside exercises as practised, on the same luck.
struct CalendarContest {
  /// As practised (P0), the calendar, and where the theatre has a plain programme (P1) that
  /// programme, and the programme with the calendar.
  spillover::SimulationResult simulation;
  Contest against_practised;
  std::optional<Contest> with_programme;  ///< programme and calendar against the programme alone
  std::string verdict;
  FutureRegret regret;  ///< of the calendar against exercises as practised
};

/// The exercises as levers in a world of these parameters, in which an exercise may do more or
/// less, and cost more or less, than the planner had it. The calendar is held again after its last
/// year, to the end of the horizon.
std::vector<spillover::HeldExercise> held_exercises(const Ground& ground,
                                                    const CalendarProblem& problem,
                                                    const std::vector<Exercise>& exercises,
                                                    const spillover::Parameters& parameters);

struct CalendarContestOptions {
  ResimulationOptions simulation{};
  FutureOptions futures{};  ///< to look for regret in
};

/// `problem` comes from calendar_of(ground, …).
CalendarContest contest_calendar(const Ground& ground, const CalendarProblem& problem,
                                 const std::vector<Exercise>& exercises,
                                 const CalendarContestOptions& options);

}  // namespace panj::plan
