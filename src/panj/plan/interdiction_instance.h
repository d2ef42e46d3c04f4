// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "panj/plan/instance_file.h"
#include "panj/plan/interdiction.h"
#include "panj/plan/solution.h"

namespace panj::plan {

/// A problem with the names of its checkpoints and evaders.
struct NamedInterdiction {
  InterdictionProblem problem;
  std::vector<std::string> checkpoints;
  std::vector<std::string> evaders;
};

/// "interdict_smuggling": checkpoints, evaders, evader_probability, equip_cost, budget, routes
/// [[evader, checkpoint, P, Q], …] with indices from 0.
NamedInterdiction read_interdiction(const InstanceFile& file);

/// The plan as JSON: checkpoints to equip, what passes with none and all equipped, each evader's
/// way before and after, what a further unit of budget prevents (solved anew), and which checkpoint
/// is next when this plan is kept.
Solution solve_named_interdiction(const NamedInterdiction& named, const SolveOptions& options);
Solution solve_interdiction_instance(const InstanceFile& file, const SolveOptions& options);

}  // namespace panj::plan
