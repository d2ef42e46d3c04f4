// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "panj/event/panel.h"

namespace panj::app {

/// Where a panel is read from; the same options for every command that takes one.
struct PanelOptions {
  std::string file;
  event::PanelColumns columns;
};

/// Gives the option --panel, which is required.
inline CLI::Option* add_panel_options(CLI::App& command, PanelOptions& options) {
  CLI::Option* file =
      command
          .add_option("--panel", options.file,
                      "Table with the columns year, month, country, deaths_sb (others are ignored)")
          ->required()
          ->type_name("FILE");
  command.add_option("--unit-column", options.columns.unit, "Column that names the unit")
      ->capture_default_str()
      ->type_name("NAME");
  command.add_option("--value-column", options.columns.value, "Column with deaths or counts")
      ->capture_default_str()
      ->type_name("NAME");
  return file;
}

}  // namespace panj::app
