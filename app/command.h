// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>
#include <vector>

namespace panj::app {

/// The exit codes are part of the contract with scripts.
enum class ExitCode { done = 0, failed = 1, usage = 2, invalid_input = 3, quarantined = 4 };

/// Options that every subcommand takes.
struct CommonOptions {
  bool json = false;  ///< machine-readable result on stdout, logs on stderr
  std::uint64_t seed = 1;
  unsigned threads = 0;                ///< 0: as many as the machine has
  std::vector<std::string> arguments;  ///< the command line as given, for manifests
};

void add_common_options(CLI::App& command, CommonOptions& common);

/// Each subcommand declares itself and stores how it ends in `exit_code` when it runs.
using AddCommand = void (*)(CLI::App& program, CommonOptions& common, ExitCode& exit_code);

void add_theatre(CLI::App& program, CommonOptions& common, ExitCode& exit_code);
void add_ingest(CLI::App& program, CommonOptions& common, ExitCode& exit_code);
void add_incidents(CLI::App& program, CommonOptions& common, ExitCode& exit_code);
void add_panel(CLI::App& program, CommonOptions& common, ExitCode& exit_code);
void add_forecast(CLI::App& program, CommonOptions& common, ExitCode& exit_code);
void add_fit(CLI::App& program, CommonOptions& common, ExitCode& exit_code);
void add_backtest(CLI::App& program, CommonOptions& common, ExitCode& exit_code);
void add_score(CLI::App& program, CommonOptions& common, ExitCode& exit_code);
void add_simulate(CLI::App& program, CommonOptions& common, ExitCode& exit_code);
void add_calibrate(CLI::App& program, CommonOptions& common, ExitCode& exit_code);
void add_explore(CLI::App& program, CommonOptions& common, ExitCode& exit_code);
void add_plan(CLI::App& program, CommonOptions& common, ExitCode& exit_code);
void add_share(CLI::App& program, CommonOptions& common, ExitCode& exit_code);
void add_brief(CLI::App& program, CommonOptions& common, ExitCode& exit_code);

}  // namespace panj::app
