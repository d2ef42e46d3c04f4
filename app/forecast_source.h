// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "fitted_options.h"
#include "panel_options.h"
#include "panj/forecast/revision.h"
#include "panj/forecast/vintages.h"
#include "store_panel.h"

namespace panj::app {

/// What a forecast rests on: a panel's file, or a workspace as it was known on a day.
struct ForecastSourceOptions {
  PanelOptions file;
  std::string workspace;
  StorePanelOptions store;
  std::string as_of;
};

/// `as_of` says what the option --as-of is good for.
void add_forecast_source_options(CLI::App& command, ForecastSourceOptions& options,
                                 const std::string& as_of);

/// What the columns of the panel are called. Throws CLI::RequiredError when there is no source.
event::PanelColumns columns_of(const ForecastSourceOptions& options);

/// The panel as models see it: with the neighbours that follow from how its units are made, where
/// they do (cells of a grid, stretches and bands in their order).
ModelledPanel modelled_panel(const ForecastSourceOptions& options, const event::Panel& panel);

/// The panel at the forecast's origin, and what became of its figures since.
struct ForecastSource {
  event::Panel panel{};
  event::PanelColumns columns{};
  Month origin{};
  std::optional<Date> as_of{};                ///< of a workspace
  std::optional<forecast::Revision> since{};  ///< when the workspace has later vintages
  forecast::RevisionModel revision{};         ///< from the vintages up to `as_of`
};

/// Reads the panel. From a workspace: as known on --as-of; without it on the last day of the origin
/// when there is one, else today. Throws InvalidInput when the origin lies outside what was known.
ForecastSource read_forecast_source(const ForecastSourceOptions& options,
                                    const std::string& origin);

/// The panel to test forecasts made at origins from `first` to `last`: of a file, its values of
/// today; of a workspace, what came (as known on --as-of, or now) and what was known at each
/// origin. Throws InvalidInput when nothing is known at all.
forecast::Vintages read_vintages(const ForecastSourceOptions& options, Month first, Month last);

/// The forecast of what will be known in the end, where enough was revised to learn from.
forecast::PredictiveSample with_revisions(const ForecastSource& source,
                                          forecast::PredictiveSample sample, std::uint64_t seed);

/// What a reader has to know of the vintages, a sentence a line; empty for a panel's file.
std::string describe_vintages(const ForecastSource& source);

nlohmann::ordered_json revision_json(const forecast::Revision& revision);

/// The same for machines: as_of, revised_since, revision_model.
nlohmann::ordered_json vintages_json(const ForecastSource& source);

}  // namespace panj::app
