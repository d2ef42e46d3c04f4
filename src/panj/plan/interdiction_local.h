// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "panj/plan/interdiction.h"

namespace panj::plan {

/// A good set of checkpoints to equip, without proof: from 31 starts (the most passed first, with
/// another one leading each), single additions and swaps until none helps. Deterministic.
std::vector<bool> local_search(const InterdictionProblem& problem);

}  // namespace panj::plan
