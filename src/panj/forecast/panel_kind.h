// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "panj/event/panel_of_incidents.h"

namespace panj::forecast {

/// What a column's name says of its units: "country", "country_id", "province", "admin1", "grid",
/// "priogrid_gid", "stretch", "distance" and the like; nothing when the name says nothing.
std::optional<event::UnitKind> unit_kind_of(std::string_view column);

/// What a column's name says of its values: deaths ("deaths_sb", "fatalities") or counts ("count",
/// "incidents", "events"); nothing when the name says nothing.
std::optional<event::Measure> measure_of(std::string_view column);

/// "countries", "deaths".
std::string_view to_string(event::UnitKind kind);
std::string_view to_string(event::Measure measure);

}  // namespace panj::forecast
