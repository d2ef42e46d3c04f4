// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <exception>
#include <span>

#include "command.h"
#include "panj/core/log.h"
#include "panj/core/manifest.h"
#include "panj/core/problem.h"
#include "panj/core/text.h"

#if defined(__GLIBC__)
#include <malloc.h>
#endif

namespace panj::app {

void add_common_options(CLI::App& command, CommonOptions& common) {
  command.add_flag("--json", common.json, "Print the result as JSON on stdout");
  // Unsigned numbers are read as C does, where -1 is the largest.
  const auto not_negative = [](const std::string& text) {
    return text.starts_with('-') ? "'" + text + "' must not be negative" : std::string{};
  };
  command.add_option("--seed", common.seed, "Seed of all random numbers")
      ->check(not_negative)
      ->capture_default_str();
  command.add_option("--threads", common.threads, "Threads to use; 0 takes all of the machine's")
      ->check(not_negative)
      ->capture_default_str();
}

namespace {

/// In the order of the help text: the main job first.
constexpr auto kCommands = std::to_array<AddCommand>({
    add_brief,
    add_theatre,
    add_ingest,
    add_incidents,
    add_panel,
    add_forecast,
    add_backtest,
    add_score,
    add_simulate,
    add_fit,
    add_calibrate,
    add_explore,
    add_plan,
    add_share,
});

/// Batches of replicates come and go: their memory is kept for the next, as fresh pages cost more
/// than what is computed on them.
void keep_freed_memory() {
#if defined(__GLIBC__)
  constexpr int kBytes = 64 << 20;
  mallopt(M_TRIM_THRESHOLD, kBytes);
  mallopt(M_MMAP_THRESHOLD, kBytes);
#endif
}

/// What to say when one of the first words is no command where one is needed; empty when all are,
/// or an option comes.
std::string unknown_command(const CLI::App& program, std::span<const std::string> arguments) {
  const CLI::App* group = &program;
  std::string called = "panj";
  for (const std::string& word : arguments) {
    if (word.starts_with('-') || group->get_require_subcommand_min() == 0) return {};
    const auto commands = group->get_subcommands([](const CLI::App*) { return true; });
    const auto found = std::ranges::find(commands, word, [](auto* c) { return c->get_name(); });
    if (found == commands.end()) {
      std::vector<std::string> names;
      names.reserve(commands.size());
      for (const CLI::App* command : commands) names.push_back(command->get_name());
      return fmt::format("{}: no command '{}': {}", called, printable(word, 100),
                         suggest_name(word, names));
    }
    group = *found;
    called += " " + word;
  }
  return {};
}

int run(int argc, char** argv) {
  keep_freed_memory();
  start_logging();
  CLI::App program(
      "Panj: where will instability next door spill over the border, how sure are we,\n"
      "and what should be strengthened first?",
      "panj");
  program.set_version_flag("--version", version());
  program.require_subcommand(1);
  program.footer(
      "Exit codes: 0 done, 1 failed, 2 usage, 3 invalid input (nothing written),\n"
      "4 done with quarantined rows.");
  CommonOptions common;
  common.arguments.assign(argv + 1, argv + argc);
  auto exit_code = ExitCode::done;
  for (const AddCommand add : kCommands) add(program, common, exit_code);
  if (const std::string named = unknown_command(program, common.arguments); !named.empty()) {
    fmt::print(stderr, "{}\n", named);
    return static_cast<int>(ExitCode::usage);
  }
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return program.exit(error) == 0 ? 0 : static_cast<int>(ExitCode::usage);
  }
  return static_cast<int>(exit_code);
}

}  // namespace
}  // namespace panj::app

int main(int argc, char** argv) {
  using panj::app::ExitCode;
  try {
    return panj::app::run(argc, argv);
  } catch (const panj::InvalidInput& error) {
    fmt::print(stderr, "{}\n", error.what());
    fmt::print(stderr, "{} problem{} found; nothing was written\n", error.problems().size(),
               error.problems().size() == 1 ? "" : "s");
    return static_cast<int>(ExitCode::invalid_input);
  } catch (const std::exception& error) {
    fmt::print(stderr, "panj: {}\n", error.what());
    return static_cast<int>(ExitCode::failed);
  }
}
