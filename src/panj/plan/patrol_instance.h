// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "panj/plan/instance_file.h"
#include "panj/plan/patrol.h"
#include "panj/plan/solution.h"

namespace panj::plan {

// Patrol games as instance files; each reader throws InvalidInput with every fault.

/// "patrol_zero_sum": resources, loss_if_uncovered, loss_if_covered.
ZeroSumGame read_zero_sum(const InstanceFile& file);
Solution solve_zero_sum_instance(const InstanceFile& file, const SolveOptions& options);

}  // namespace panj::plan
