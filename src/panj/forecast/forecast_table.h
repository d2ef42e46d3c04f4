// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "panj/core/date.h"

namespace panj::forecast {

/// What somebody said of one unit and month: a sample, or the values at quantile levels.
struct IssuedForecast {
  std::string unit;
  Month origin;                ///< last month that was known
  Month month;                 ///< the month that is forecast, after the origin
  std::vector<double> values;  ///< ascending
  std::vector<double> levels;  ///< ascending, one for each value; empty when it is a sample

  bool is_sample() const { return levels.empty(); }
};

/// The forecasts of one file, by origin, unit and month.
struct ForecastTable {
  std::string name;  ///< the file's, without folder and ending
  std::vector<IssuedForecast> forecasts;
  std::size_t means = 0;  ///< rows of output_type mean, which say nothing of chances: left out
  std::string target{};   ///< what hubverse's rows say is forecast; VIEWS's do not say it
};

struct ForecastTableOptions {
  /// Of files that do not name it, as VIEWS's do not.
  std::optional<Month> origin{};
  /// VIEWS's column that names the unit.
  std::string unit = "country_id";
  /// Months after the origin; a horizon or month beyond is refused.
  int longest_lead = 12 * 200;
};

/// Reads a forecast in one of two forms, told apart by the column names, in any row order:
///
/// - hubverse: origin_date, location, target, horizon (months), output_type (quantile, sample,
///   mean), output_type_id (the level, or the draw's number), value. Where a unit and month has a
///   sample and quantiles, the sample is kept.
/// - VIEWS: month_id (1 is January 1980), `unit`, draw, outcome; `options.origin` must be given.
///
/// Throws InvalidInput with every bad row: an unreadable, negative or infinite value, a level not
/// between 0 and 1, a horizon below 1 or beyond the longest, a draw or level given twice, quantiles
/// that cross, a second target, text that is not UTF-8.
ForecastTable read_forecast_table(const std::filesystem::path& path,
                                  const ForecastTableOptions& options = {});
/// The same from text; `file` is for messages.
ForecastTable parse_forecast_table(std::string_view text, const std::string& file,
                                   const ForecastTableOptions& options = {});

}  // namespace panj::forecast
