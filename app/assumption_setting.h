// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "panj/spillover/parameters.h"
#include "panj/theatre/theatre.h"

namespace panj::app {

/// Reads settings of assumptions: "defence.guards=9000", or "defence.equipment.post=80" for one
/// entry of a list. Throws InvalidInput with everything that is no KEY=NUMBER or names a list as if
/// it were one number; unknown names and values out of range are left to spillover::parameters_of.
std::vector<spillover::Override> parse_settings(const theatre::Theatre& theatre,
                                                std::span<const std::string> texts);

}  // namespace panj::app
