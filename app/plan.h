// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "command.h"

namespace panj::app {

// The subcommands of `panj plan`, each in a file of its own.
void add_plan_placement(CLI::App& plan, CommonOptions& common, ExitCode& exit_code);
void add_plan_patrol(CLI::App& plan, CommonOptions& common, ExitCode& exit_code);
void add_plan_interdict(CLI::App& plan, CommonOptions& common, ExitCode& exit_code);
void add_plan_exercises(CLI::App& plan, CommonOptions& common, ExitCode& exit_code);
void add_plan_solve(CLI::App& plan, CommonOptions& common, ExitCode& exit_code);

/// A result for people: numbers and texts one a line, lists of objects as tables.
std::string readable(const nlohmann::ordered_json& result);

}  // namespace panj::app
