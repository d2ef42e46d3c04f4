// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "panj/theatre/theatre.h"

namespace panj::app {

/// What a theatre holds, as `panj theatre show --json` prints it; lengths in km, tolerances in m.
nlohmann::ordered_json theatre_view(const theatre::Theatre& theatre);

/// The same for people.
std::string theatre_text(const nlohmann::ordered_json& view);

}  // namespace panj::app
