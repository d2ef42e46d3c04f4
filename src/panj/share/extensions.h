// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "panj/share/json.h"

namespace panj::share {

/// The STIX extensions of an incident, a forecast and a finding of a brief.
inline constexpr std::string_view kIncidentExtension =
    "extension-definition--6f2f3c0e-5a0b-4d0e-9c1f-2b1d7a7d5e04";
inline constexpr std::string_view kForecastExtension =
    "extension-definition--6f2f3c0e-5a0b-4d0e-9c1f-2b1d7a7d5e05";
inline constexpr std::string_view kFindingExtension =
    "extension-definition--6f2f3c0e-5a0b-4d0e-9c1f-2b1d7a7d5e06";

/// The identity of who defines Panj's extensions, and their extension-definitions. The same on
/// every node; a node sends them along with the first object that has such an extension.
std::vector<Json> extension_definitions();

}  // namespace panj::share
