// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "panj/spillover/driver.h"
#include "panj/theatre/theatre.h"

namespace panj::app {

/// What a forecast model says about the countries next door, from the theatre's table of deaths:
/// their sum, for the twelve months after the data end. `default` is the one fitted beside the
/// table, if any; what the model says of its fit goes to stderr.
spillover::ViolenceForecast forecast_next_door(const theatre::Theatre& theatre,
                                               const std::string& model_name, std::uint64_t seed);

/// What that is read from: the table of deaths and, for `default`, the model fitted beside it.
std::vector<std::filesystem::path> files_next_door(const theatre::Theatre& theatre,
                                                   const std::string& model_name);

}  // namespace panj::app
