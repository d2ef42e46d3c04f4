// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "panj/spillover/detail/world.h"
#include "panj/spillover/state.h"

namespace panj::spillover::detail {

// The submodels in the order of a step; each in the file of its name. Each reads what those before
// it have worked out in this step, and otherwise what the last step left.

void advance_equipment(const Step& now, State& state);        ///< deliveries.cc
void advance_economy(const Step& now, State& state);          ///< economy.cc
void advance_alliance(const Step& now, State& state);         ///< alliance.cc
void advance_tolerance(const Step& now, State& state);        ///< tolerance.cc
void advance_people(const Step& now, State& state);           ///< people.cc
void place_patrols(const Step& now, State& state);            ///< patrols.cc, as attackers see them
void place_where_most_useful(const Step& now, State& state);  ///< patrol_optimum.cc
/// Whether attackers know only the average of the roster, so that `place_unseen` places them anew.
bool sees_only_mean(const Step& now);
void place_unseen(const Step& now, State& state);         ///< patrols.cc
void advance_defence(const Step& now, State& state);      ///< defence.cc
void choose_places(const Step& now, State& state);        ///< choice.cc
void advance_trafficking(const Step& now, State& state);  ///< trafficking.cc
void make_attempts(const Step& now, State& state);        ///< attempts.cc
void lose_militants(const Step& now, State& state);       ///< border_losses.cc
void feed_back(const Step& now, State& state);            ///< feedback.cc
void count_cost(const Step& now, State& state);           ///< cost.cc

}  // namespace panj::spillover::detail
