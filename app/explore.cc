// SPDX-License-Identifier: Apache-2.0
#include "command.h"
#include "explore_parts.h"

namespace panj::app {

void add_explore(CLI::App& program, CommonOptions& common, ExitCode&) {
  CLI::App* explore = program.add_subcommand(
      "explore", "What holds up, where it fails and which unknown matters, over many futures");
  explore->require_subcommand(1);
  add_explore_lake(*explore, common);
  add_explore_prim(*explore, common);
  add_explore_sobol(*explore, common);
}

}  // namespace panj::app
