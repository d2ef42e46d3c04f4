// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "panj/plan/instance_file.h"
#include "panj/plan/line_game.h"
#include "panj/plan/roster.h"
#include "panj/plan/solution.h"

namespace panj::plan {

/// "roster_comb": coverage, each a fraction as text ("3/4", "0.75") or a number taken as written.
std::vector<Fraction> read_coverage(const InstanceFile& file);
Solution solve_roster_instance(const InstanceFile& file, const SolveOptions& options);

/// "line_patrol": games of nodes and attack_duration (at the top, or within "optimum").
std::vector<LineGame> read_line_games(const InstanceFile& file);
Solution solve_line_instance(const InstanceFile& file, const SolveOptions& options);

}  // namespace panj::plan
