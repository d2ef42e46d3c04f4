// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "panj/share/assessment_stix.h"
#include "panj/share/label.h"

namespace panj::app {

/// What `panj forecast --json` wrote, one for each unit and month. Throws InvalidInput.
std::vector<share::SharedForecast> read_shared_forecasts(const std::string& file);

/// The bottom line of a brief.json, and the label that it has from what partners shared with it.
struct LabelledBrief {
  share::SharedBrief brief{};
  std::optional<share::Label> label{};
};
/// Throws InvalidInput, also when the brief shows what an originator keeps control of: only who
/// made it may pass it on.
LabelledBrief read_shared_brief(const std::string& file);

}  // namespace panj::app
