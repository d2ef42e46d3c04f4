// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "panj/brief/content_plan.h"
#include "panj/plan/calendar_contest.h"
#include "panj/plan/calendar_of_theatre.h"
#include "panj/plan/patrol_of_theatre.h"
#include "panj/plan/placement_study.h"

namespace panj::brief {

// Plans of a theatre as part of a brief's content.

/// The schedule within the theatre's budget, and how the same money as the even programme's does
/// beside it.
Investment investment_of(const plan::PlacementStudy& study);
Patrol patrol_of(const plan::TheatrePatrol& patrol);
/// `calendar` must have one; `contest`: whether it helps, from the simulator.
ExerciseCalendar calendar_of(const plan::TheatreCalendar& calendar,
                             const plan::CalendarContest& contest);

}  // namespace panj::brief
