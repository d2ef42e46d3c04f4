// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "command.h"

namespace panj::app {

// The subcommands of `panj explore`, one file each.

void add_explore_lake(CLI::App& explore, CommonOptions& common);
void add_explore_prim(CLI::App& explore, CommonOptions& common);
void add_explore_sobol(CLI::App& explore, CommonOptions& common);

}  // namespace panj::app
