// SPDX-License-Identifier: Apache-2.0
#include "command.h"
#include "explore_parts.h"

namespace panj::app {

void add_study_options(CLI::App& command, StudyCommand& study) {
  explore::StudyOptions& options = study.options;
  command.add_option("THEATRE", study.theatre, "Folder of the theatre, or its theatre.toml");
  CLI::Option* const futures =
      command.add_option("--futures", options.futures, "Draws of all assumptions together")
          ->check(CLI::Range(1, 10000000))
          ->capture_default_str();
  command.add_option("--replicates", options.replicates, "Runs of each future under each package")
      ->check(CLI::Range(1, 1000000))
      ->capture_default_str();
  command.add_option("--packages", options.packages, "Ids with commas between; all without it")
      ->delimiter(',')
      ->type_name("A,B");
  CLI::Option* const sobol =
      command.add_flag("--sobol-design", study.sobol,
                       "Draw futures from a scrambled Sobol sequence instead of a Latin hypercube");
  CLI::Option* const constraint =
      command.add_option("--constraint", options.constraints,
                         "A bound that every future keeps: 'a <= b', over names of assumptions");
  CLI::Option* const correlation =
      command.add_option("--correlation", options.correlations,
                         "Ranks that go together: 'a ~ b = 0.5', over names of assumptions");
  command.add_option("--design", study.design, "Take the futures from this file instead (CSV)")
      ->type_name("FILE")
      ->excludes(futures)
      ->excludes(sobol)
      ->excludes(constraint)
      ->excludes(correlation);
}

std::optional<explore::Design> read_study_design(const StudyCommand& study,
                                                 const theatre::Theatre& theatre) {
  if (study.design.empty()) return std::nullopt;
  return explore::read_design(study.design, explore::FutureSpace(theatre).design_dimensions());
}

void add_history_option(CLI::App& command, std::string& history) {
  command
      .add_option("--history", history,
                  "filter: only futures that reproduce the record count; ignore: all do")
      ->check(CLI::IsMember({"filter", "ignore"}))
      ->capture_default_str();
}

explore::HistoryUse history_use(const std::string& history) {
  return history == "ignore" ? explore::HistoryUse::ignore : explore::HistoryUse::filter;
}

void add_explore(CLI::App& program, CommonOptions& common, ExitCode& exit_code) {
  CLI::App* explore = program.add_subcommand(
      "explore",
      "Which package holds up over thousands of plausible futures, where it fails, and which\n"
      "unknown matters; on one machine or, under mpirun, on many");
  add_explore_break_even(*explore, common);
  add_explore_lake(*explore, common);
  add_explore_prim(*explore, common);
  add_explore_search(*explore, common);
  add_explore_sobol(*explore, common);
  add_explore_theatre(*explore, common, exit_code);
}

}  // namespace panj::app
