// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "panj/brief/content.h"

namespace panj::brief {

/// Titles state a finding only where a rule says that the data support it; else they name the
/// figure. Each rule stands with its function.

/// The fewest stretches, at most three, that hold two thirds of at least four placed incidents.
std::string border_title(const BriefContent& content);

/// How many of the countries had no recorded death in the last twelve months of data, if any had.
std::string record_title(const BriefContent& content);

/// "rise" or "fall" only when the 90 % interval twelve months ahead excludes the mean of the last
/// twelve observed months.
std::string forecast_title(const Forecast& forecast);

/// That the issued model had the smallest error, when it had in the mean and in most windows.
std::string skill_title(const Skill& skill);

}  // namespace panj::brief
