// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "panj/core/file.h"

namespace panj {

/// A CF-NetCDF file (CF-1.8, netCDF-4) being written, of arrays too large to hold: xarray, R and
/// Panoply open it. It appears under its name only when it is whole; without `finish` nothing
/// stays. Dimensions and variables are known by number.
///
///     NetcdfFile file("runs.nc");
///     const int unit = file.dimension("unit", names.size());
///     file.put(file.variable("unit", NetcdfFile::Type::text, {unit}), names);
///     const int deaths = file.variable("deaths", NetcdfFile::Type::real, {unit, month});
///     file.compress(deaths, {1, 12});
///     file.put(deaths, {0, 0}, {1, 12}, values);
///     file.finish();
///
/// Throws std::runtime_error with the path and the reason (disk full, no permission).
class NetcdfFile {
 public:
  enum class Type : std::uint8_t { real, integer, text };
  static constexpr int kGlobal = -1;  ///< the file itself, for `attribute`

  explicit NetcdfFile(const std::filesystem::path& target);
  NetcdfFile(const NetcdfFile&) = delete;
  NetcdfFile& operator=(const NetcdfFile&) = delete;
  ~NetcdfFile();

  /// The dimension of that name, made when it is new; a known one keeps its size.
  int dimension(const std::string& name, std::size_t size);
  bool has_dimension(const std::string& name) const { return dimensions_.contains(name); }

  int variable(const std::string& name, Type type, const std::vector<int>& dimensions);
  /// Before its first value: stored in blocks of that shape, deflated, NaN where nothing is put.
  void compress(int variable, const std::vector<std::size_t>& block);
  void attribute(int variable, const char* name, const std::string& text);

  /// A part of a variable: `count` values along each dimension from `start`, the last the fastest.
  void put(int variable, std::span<const std::size_t> start, std::span<const std::size_t> count,
           std::span<const double> values);
  /// All of a variable.
  void put(int variable, std::span<const double> values);
  void put(int variable, std::span<const std::string> texts);

  void finish();

 private:
  void check(int status) const;

  std::filesystem::path target_;
  TemporaryFolder folder_;
  std::filesystem::path unfinished_;
  int file_ = -1;
  std::map<std::string, int> dimensions_;
};

}  // namespace panj
