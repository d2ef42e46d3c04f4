// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "panj/share/assessment_stix.h"

namespace panj::app {

/// What `panj forecast --json` wrote, one for each unit and month. Throws InvalidInput.
std::vector<share::SharedForecast> read_shared_forecasts(const std::string& file);

/// The bottom line of a brief.json. Throws InvalidInput.
share::SharedBrief read_shared_brief(const std::string& file);

}  // namespace panj::app
