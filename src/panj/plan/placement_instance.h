// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "panj/plan/instance_file.h"
#include "panj/plan/placement.h"
#include "panj/plan/solution.h"

namespace panj::plan {

/// An instance as its file has it, and what the user should know although it can be solved.
struct PlacementFile {
  PlacementInstance instance;
  std::vector<std::string> warnings;
};

/// Reads "place_equipment". Throws InvalidInput with every fault: negative or missing numbers, a
/// detection of 1 (which logarithms cannot hold), probabilities that do not sum to 1 within 1e-9,
/// repeated names, tables of the wrong length, a free kind without a cap, levels that do not rise.
PlacementFile read_placement(const InstanceFile& file);

/// The file of an instance: what `read_placement` reads.
nlohmann::ordered_json to_json(const PlacementInstance& instance);

/// The most units on a kind's axis, years, and states (products of the caps) that are searched.
inline constexpr double kMostPlacementStates = 4e6;

/// Throws InvalidInput when the caps allow too many combinations for the dynamic programme.
void require_solvable(const PlacementInstance& instance, const std::string& file);

/// Reads, solves and reports: for `panj plan solve`.
Solution solve_placement_instance(const InstanceFile& file, const SolveOptions& options);

}  // namespace panj::plan
