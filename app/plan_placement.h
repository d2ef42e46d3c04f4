// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "command.h"
#include "panj/plan/placement.h"
#include "panj/plan/placement_sampling.h"

namespace panj::app {

/// Options of `panj plan placement`.
struct PlacementCommand {
  std::string subject;  ///< an instance's file, or a theatre
  std::string fresh;
  std::string csv;
  std::string mps;
  std::string instance;
  std::string output;
  double extra_budget = -1;
  double effort = 1;
  double time_limit_seconds = 0;
  // Of a theatre.
  std::size_t futures = 200;
  std::uint32_t replicates = 1000;
  std::optional<double> budget;
  std::string goal = "expected";
  double alpha = 0.9;
};

void plan_placement_of_theatre(const PlacementCommand& command, const CommonOptions& common);

/// Adds "sampling" to a report, and what it warns of to its warnings.
void add_sampling(const plan::SamplingGap& gap, nlohmann::ordered_json& json);

/// "year,level,stretch,kind,bought,in_service": a row for each purchase.
std::string placement_csv(const plan::PlacementInstance& instance,
                          const plan::PlacementResult& result);
/// The plan's tables and losses for people; `json` is its report.
std::string placement_text(const plan::PlacementInstance& instance,
                           const plan::PlacementResult& result, const nlohmann::ordered_json& json);

}  // namespace panj::app
