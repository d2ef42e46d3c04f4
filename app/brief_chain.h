// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "command.h"
#include "panj/brief/compose.h"
#include "panj/core/manifest.h"
#include "panj/event/ingest.h"

namespace panj::app {

/// How far a brief goes.
struct BriefChainOptions {
  Date issued;         ///< the incidents are taken as known on this day
  bool quick = false;  ///< one year of backtest, fewer replicates, no range of futures, no plan
};

/// What each step from a theatre to its brief made. A theatre that describes no border to simulate
/// has neither simulation nor what follows from it.
struct BriefChain {
  event::Panel deaths;
  event::IngestCounts counts;
  std::vector<event::Incident> incidents;
  forecast::Model model;  ///< the one issued
  std::shared_ptr<const forecast::Forecaster> fitted;
  std::optional<forecast::PredictiveSample> outlook;
  std::optional<forecast::PredictiveSample> earlier;  ///< the same, issued a month before
  forecast::Backtest backtest;
  std::optional<forecast::Backtest> monthly;  ///< from every month, at the leads of the outlook
  std::optional<spillover::SimulationResult> simulation;
  std::optional<spillover::Explanation> explanation;
  std::optional<explore::Exploration> exploration;
  brief::Plan plan;
};

/// Runs the steps in their order and notes in the manifest how long each took. The incidents come
/// by way of a store in `workspace` (events.gpkg), an empty folder; `incidents_sha256` is the
/// digest of their file. The theatre must name a table of deaths.
BriefChain run_brief_chain(const theatre::Theatre& theatre, const BriefChainOptions& options,
                           const std::filesystem::path& workspace,
                           const std::string& incidents_sha256, const CommonOptions& common,
                           Manifest& manifest);

}  // namespace panj::app
