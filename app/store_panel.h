// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "panj/core/date.h"
#include "panj/event/panel_of_incidents.h"
#include "panj/event/store.h"

namespace panj::app {

/// How a workspace's incidents are counted; the same options for every command that counts them.
struct StorePanelOptions {
  std::string from;
  std::string to;
  std::vector<std::string> types;
  std::string theatre;
  std::string border;
  double stretch_km = 50.0;
  double within_km = 50.0;
  event::PanelOfIncidentsOptions counting;
  std::vector<const CLI::Option*> of_stretches{};  ///< options that only stretches have
};

void add_store_panel_options(CLI::App& command, StorePanelOptions& options);

/// The options with all they name read. Throws InvalidInput for a file that cannot be used, and
/// CLI::ValidationError for options that do not fit each other.
event::PanelOfIncidentsOptions counting_of(const StorePanelOptions& options);

/// What the columns of the panel are called: "country", "deaths".
event::PanelColumns columns_of(const StorePanelOptions& options);

struct CountedPanel {
  event::Panel panel;
  std::uint64_t left_out = 0;  ///< incidents whose unit is not known, or too far away
};

/// Says on the log how many were left out, unless none was.
void warn_of_left_out(const CountedPanel& panel, const std::string& unit);

/// The store's incidents as known at the end of that day.
CountedPanel count_incidents(const event::EventStore& store,
                             const event::PanelOfIncidentsOptions& counting, Date as_of);

}  // namespace panj::app
