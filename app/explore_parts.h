// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "command.h"
#include "panj/explore/exploration.h"

namespace panj::app {

// The subcommands of `panj explore`, one file each.

void add_explore_theatre(CLI::App& explore, CommonOptions& common, ExitCode& exit_code);
void add_explore_break_even(CLI::App& explore, CommonOptions& common);
void add_explore_lake(CLI::App& explore, CommonOptions& common);
void add_explore_prim(CLI::App& explore, CommonOptions& common);
void add_explore_search(CLI::App& explore, CommonOptions& common);
void add_explore_sobol(CLI::App& explore, CommonOptions& common);

/// Options on what futures are drawn and run, for every part that takes a theatre.
struct StudyCommand {
  std::string theatre;
  std::string design;
  bool sobol = false;
  explore::StudyOptions options;
};
void add_study_options(CLI::App& command, StudyCommand& study);
/// The design file of the options, if there is one: nothing else may then say what is drawn.
std::optional<explore::Design> read_study_design(const StudyCommand& study,
                                                 const theatre::Theatre& theatre);

/// `--history`: which futures count.
void add_history_option(CLI::App& command, std::string& history);
explore::HistoryUse history_use(const std::string& history);

/// An exploration for machines, and as text.
nlohmann::ordered_json to_json(const explore::Exploration& exploration);
std::string as_text(const explore::Exploration& exploration);

}  // namespace panj::app
