// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "panj/brief/content.h"

namespace panj::brief {

/// Titles state a finding only where a rule says that the data support it; else they name the
/// figure. Each rule stands with its function.

/// The fewest stretches, at most three, that hold two thirds of at least four placed incidents.
std::string border_title(const BriefContent& content);

/// Where the simulation expects incidents most, beside the record's title; empty without one.
std::string exposure_note(const BriefContent& content);

/// How many of the countries had no recorded death in the last twelve months of data, if any had.
std::string record_title(const BriefContent& content);

/// "rise" or "fall" only when the 90 % interval twelve months ahead excludes the mean of the last
/// twelve observed months.
std::string forecast_title(const Forecast& forecast);

/// "rise" or "fall" of an outcome under the status quo only when the 50 % interval of the last year
/// excludes the mean of the observed years; the name of the outcome without a record.
std::string series_title(const OutcomeSeries& series);

/// The package with the greatest fall, when its 90 % interval lies below that of the next.
std::string packages_title(const SpilloverOutlook& outlook);

/// The assumption that explains most, when its interval lies above that of the next.
std::string sensitivity_title(const Exploration& exploration);

/// That the package with the least regret is one, by name; none when two share it.
std::string regret_title(const Exploration& exploration);

/// How many conditions coincide when the package fails, when the box is denser than the whole.
std::string box_title(const FailureBox& box);

/// Where the spending of the first year goes, when at most three stretches take half of it.
std::string investment_title(const Investment& investment);

/// That the issued model had the smallest error, when it had in the mean and in most windows.
std::string skill_title(const Skill& skill);

/// The mean chance of the rarest event beside how often it came.
std::string calibration_title(const Calibration& calibration);

}  // namespace panj::brief
