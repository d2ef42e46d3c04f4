// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "panj/forecast/predictive_sample.h"

namespace panj::forecast {

/// What stands in the file beside the draws.
struct SampleNotes {
  std::string target{};       ///< what is forecast, and the variable's name: "deaths_sb"
  std::string unit_column{};  ///< what a unit is: "country"
  std::string model{};
  std::string note{};    ///< of the model's fit; may be empty
  std::string source{};  ///< program, version and seed
};

/// Writes the draws of the sample's `units` (by place) as CF-NetCDF, which opens in xarray:
///
///     double deaths_sb(country, lead, draw)
///
/// with the names of the units, the lead in months, and `time`, each lead's first day, as
/// coordinates; the origin is an attribute of the file. Draws are in ascending order and not joined
/// into paths over leads. A target that is no netCDF name ("deaths/month") has each other character
/// written as _. Throws std::runtime_error with the reason when the file cannot be written.
void write_netcdf(const std::filesystem::path& path, const PredictiveSample& sample,
                  std::span<const std::size_t> units, const SampleNotes& notes);

}  // namespace panj::forecast
