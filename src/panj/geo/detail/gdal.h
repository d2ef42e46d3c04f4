// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

namespace panj::geo::detail {

/// Makes GDAL ready, and silent while it lives: GDAL prints to stderr by default; we report in our
/// own words.
class QuietGdal {
 public:
  QuietGdal();
  ~QuietGdal();
  QuietGdal(const QuietGdal&) = delete;
  QuietGdal& operator=(const QuietGdal&) = delete;
};

/// Throws InvalidInput about a map or raster file.
[[noreturn]] void refuse(const std::filesystem::path& path, std::string what, std::string why);

}  // namespace panj::geo::detail
