// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "panj/plan/general_sum.h"
#include "panj/plan/instance_file.h"
#include "panj/plan/solution.h"

namespace panj::plan {

// Games against an attacker with gains of its own as instance files: resources,
// attacker_gain_uncovered and _covered, defender_gain_uncovered and _covered; quantal also
// rationality. Readers throw InvalidInput with every fault.

GeneralSumGame read_general_sum(const InstanceFile& file);
Solution solve_general_sum_instance(const InstanceFile& file, const SolveOptions& options);

struct QuantalGame {
  GeneralSumGame game;
  double rationality = 0;
};
QuantalGame read_quantal(const InstanceFile& file);
Solution solve_quantal_instance(const InstanceFile& file, const SolveOptions& options);

}  // namespace panj::plan
