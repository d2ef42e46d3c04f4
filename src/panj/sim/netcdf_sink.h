// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "panj/sim/ensemble.h"

namespace panj::sim {

struct NetcdfOptions {
  std::filesystem::path path;
  std::uint32_t replicates = 0;  ///< as in the ensemble's options
  std::uint32_t first_replicate = 0;
  std::vector<std::string> packages{};  ///< names of the models, for a dimension of that name
  std::string title{};
  std::string source{};  ///< "panj 0.1.0, seed 7"
};

/// Writes every outcome of every replicate as CF-NetCDF (netCDF-4), which
/// xarray, R and Panoply open:
///
///     double attempts(package, replicate, year, type)   with units and
///     long_name
///
/// Dimensions of the outcomes become coordinate variables, of strings or of
/// numbers with their unit; `replicate` has the standard name "realization". A
/// dimension `time` with the unit "days since …" is read as dates. A replicate
/// that failed stays NaN, the fill value.
///
///     NetcdfSink file(model.outcomes(), {.path = "runs.nc", .replicates =
///     1000}); run_ensemble(model, options, {&file} …); file.finish();
///
/// Written batch by batch to a temporary file beside the target, which replaces
/// the target in `finish`; without that nothing stays. Errors (disk full, no
/// permission) are std::runtime_error.
class NetcdfSink : public Sink {
 public:
  NetcdfSink(const OutcomeTable& table, NetcdfOptions options);
  ~NetcdfSink() override;

  void take(std::span<const OutcomeBlock> blocks) override;
  void finish();

 private:
  class File;
  OutcomeTable table_;
  NetcdfOptions options_;
  std::unique_ptr<File> file_;
};

}  // namespace panj::sim
