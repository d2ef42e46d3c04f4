// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>

#include "panj/forecast/predictive_sample.h"

namespace panj::forecast {

/// The quantiles that are written.
inline constexpr std::array kQuantileLevels = {0.01, 0.025, 0.05, 0.1,   0.25, 0.5,
                                               0.75, 0.9,   0.95, 0.975, 0.99};

/// What a row of the table holds: a quantile (and one row the mean), or one draw.
enum class OutputType { quantile, sample };

/// The sample's `units` (by place) as a table that hubverse tools read: origin_date (the origin's
/// last day), location, target, horizon (months), output_type, output_type_id (the quantile's
/// level, or the draw's number from 1; NA for the mean), value.
///
/// The draws of different horizons are not joined into paths: draw 7 of one horizon has nothing to
/// do with draw 7 of the next.
std::string to_hubverse_csv(const PredictiveSample& sample, std::span<const std::size_t> units,
                            const std::string& target, OutputType type);

/// The same sample as VIEWS's tools read it: month_id (1 is January 1980), `unit_column`, draw
/// (from 0), outcome. The units are as the panel names them: VIEWS's ids when its column country_id
/// is the unit.
std::string to_views_csv(const PredictiveSample& sample, std::span<const std::size_t> units,
                         const std::string& unit_column);

}  // namespace panj::forecast
