// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "panj/plan/instance_file.h"
#include "panj/plan/solution.h"

namespace panj::plan {

/// The problems that `solve` knows, as "problem" of an instance file names them.
std::vector<std::string> known_problems();

/// Reads the numbers of an instance by the schema of its problem and solves it. Throws InvalidInput
/// with every fault of the file.
///
///     const Solution solution = solve(read_instance("p2_zero_sum_50.json"), {});
Solution solve(const InstanceFile& instance, const SolveOptions& options);

}  // namespace panj::plan
