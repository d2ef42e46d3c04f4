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

// What several of them share.

/// The folder of a theatre, or its theatre.toml: else the subject of a plan is an instance's file.
bool names_theatre(const std::string& subject);
/// --time-limit
void add_time_limit(CLI::App& command, double& seconds);
/// --out, a file in place of stdout
void add_output(CLI::App& command, std::string& path);

}  // namespace panj::app
