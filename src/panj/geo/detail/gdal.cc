// SPDX-License-Identifier: Apache-2.0
#include "panj/geo/detail/gdal.h"

#include <cpl_error.h>
#include <gdal.h>

#include <mutex>
#include <utility>

#include "panj/core/problem.h"

namespace panj::geo::detail {

QuietGdal::QuietGdal() {
  static std::once_flag registered;
  std::call_once(registered, [] { GDALAllRegister(); });
  CPLPushErrorHandler(CPLQuietErrorHandler);
}

QuietGdal::~QuietGdal() {
  CPLPopErrorHandler();
}

void refuse(const std::filesystem::path& path, std::string what, std::string why) {
  throw InvalidInput(
      Problem{.file = path.string(), .what = std::move(what), .why = std::move(why)});
}

}  // namespace panj::geo::detail
