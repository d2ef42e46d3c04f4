// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "panj/explore/design.h"
#include "panj/explore/experiment.h"

namespace panj::explore {

/// What stands in the file beside the values.
struct ExperimentNotes {
  std::string title{};
  std::string history{};  ///< the command line
  std::string source{};   ///< program and version
  std::string run_id{};
  std::string digest{};
  std::vector<double> weights{};  ///< of the futures, from history matching; may be empty
};

/// Writes an experiment as CF-NetCDF (CF-1.8, netCDF-4, compressed): each outcome with the
/// dimensions (future, package, realization, its own …), the design as `assumption_value` (future,
/// assumption), names as strings. Opens in xarray. Chunks are taken one by one from `chunk`, so
/// memory stays constant. The file appears under its name only when it is whole; throws
/// std::runtime_error with the reason when it cannot be written (disk full).
void write_netcdf(const std::filesystem::path& path, const Experiment& experiment,
                  const Design& design, const ExperimentNotes& notes,
                  const std::function<Chunk(std::size_t)>& chunk);

}  // namespace panj::explore
