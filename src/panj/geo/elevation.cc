// SPDX-License-Identifier: Apache-2.0
#include "panj/geo/elevation.h"

#include <cpl_error.h>
#include <fmt/format.h>
#include <gdal_priv.h>
#include <gdalwarper.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "panj/geo/detail/gdal.h"

namespace panj::geo {
namespace {

namespace fs = std::filesystem;
using detail::QuietGdal;
using detail::refuse;

constexpr double kNoHeight = -32768;

bool states_gaps(GDALDataset& raster) {
  int states = 0;
  raster.GetRasterBand(1)->GetNoDataValue(&states);
  return states != 0;
}

/// What lies beside a raster that has no number for no data has none either: else GDAL makes a sea
/// of it, at 0 m.
using WarpOptions = std::unique_ptr<GDALWarpOptions, decltype(&GDALDestroyWarpOptions)>;
WarpOptions with_gaps(GDALDataset& raster) {
  WarpOptions options(GDALCreateWarpOptions(), &GDALDestroyWarpOptions);
  GDALWarpInitDefaultBandMapping(options.get(), raster.GetRasterCount());
  GDALWarpInitDstNoDataReal(options.get(), kNoHeight);
  options->papszWarpOptions = CSLSetNameValue(options->papszWarpOptions, "INIT_DEST", "NO_DATA");
  return options;
}

/// The raster as it looks in longitude and latitude.
std::unique_ptr<GDALDataset> in_degrees(const fs::path& path, GDALDataset& raster) {
  if (raster.GetRasterCount() == 0) refuse(path, "has no band", "must hold heights in metres");
  OGRSpatialReference wgs84;
  wgs84.SetWellKnownGeogCS("WGS84");
  char* text = nullptr;
  wgs84.exportToWkt(&text);
  const std::string target(text);
  CPLFree(text);
  const bool knows_gaps = states_gaps(raster);
  const WarpOptions gaps = with_gaps(raster);
  std::unique_ptr<GDALDataset> warped(GDALDataset::FromHandle(
      GDALAutoCreateWarpedVRTEx(GDALDataset::ToHandle(&raster), nullptr, target.c_str(),
                                GRA_Bilinear, 0.1, knows_gaps ? nullptr : gaps.get(), nullptr)));
  if (warped == nullptr) {
    refuse(path, fmt::format("does not say where on Earth it lies: {}", CPLGetLastErrorMsg()),
           "must be georeferenced, as GeoTIFF is");
  }
  if (!knows_gaps) warped->GetRasterBand(1)->SetNoDataValue(kNoHeight);
  return warped;
}

/// A raster and how it looks in degrees.
struct Raster {
  std::unique_ptr<GDALDataset> file;
  std::unique_ptr<GDALDataset> data;
  double to_degrees[6];

  LonLatBox box() const {
    const double* const t = to_degrees;
    return {{t[0], t[3] + data->GetRasterYSize() * t[5]},
            {t[0] + data->GetRasterXSize() * t[1], t[3]}};
  }
};

Raster open(const fs::path& path) {
  Raster raster;
  raster.file.reset(GDALDataset::Open(path.c_str(),
                                      GDAL_OF_RASTER | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR,
                                      nullptr, nullptr, nullptr));
  if (raster.file == nullptr) {
    refuse(path, fmt::format("cannot be read as a raster: {}", CPLGetLastErrorMsg()),
           "GeoTIFF or another raster of heights in metres");
  }
  raster.data = in_degrees(path, *raster.file);
  if (raster.data->GetGeoTransform(raster.to_degrees) != CE_None) {
    refuse(path, "has no georeference", "must say where its cells lie");
  }
  return raster;
}

struct Window {
  int column = 0;
  int row = 0;
  int columns = 0;
  int rows = 0;
};

Window window_of(const fs::path& path, const Raster& raster, const LonLatBox& box) {
  const auto clamp = [](double cell, int most) {
    return static_cast<int>(std::clamp(cell, 0.0, static_cast<double>(most)));
  };
  const double* const to_degrees = raster.to_degrees;
  const int width = raster.data->GetRasterXSize();
  const int height = raster.data->GetRasterYSize();
  Window w;
  w.column = clamp(std::floor((box.south_west.lon - to_degrees[0]) / to_degrees[1]), width);
  w.row = clamp(std::floor((box.north_east.lat - to_degrees[3]) / to_degrees[5]), height);
  w.columns =
      clamp(std::ceil((box.north_east.lon - to_degrees[0]) / to_degrees[1]), width) - w.column;
  w.rows = clamp(std::ceil((box.south_west.lat - to_degrees[3]) / to_degrees[5]), height) - w.row;
  if (w.columns < 2 || w.rows < 2) {
    refuse(path, "covers " + to_string(raster.box()), "must lie over " + to_string(box));
  }
  return w;
}

}  // namespace

LonLat Elevation::centre(std::size_t row, std::size_t column) const {
  return {north_west.lon + (static_cast<double>(column) + 0.5) * step_lon,
          north_west.lat - (static_cast<double>(row) + 0.5) * step_lat};
}

std::size_t Elevation::cell_at(LonLat position) const {
  const auto place = [](double at, std::size_t count) {
    return static_cast<std::size_t>(
        std::clamp(std::floor(at), 0.0, static_cast<double>(count - 1)));
  };
  return cell(place((north_west.lat - position.lat) / step_lat, rows),
              place((position.lon - north_west.lon) / step_lon, columns));
}

std::string to_string(const LonLatBox& box) {
  return fmt::format("{:.2f}–{:.2f} E, {:.2f}–{:.2f} N", box.south_west.lon, box.north_east.lon,
                     box.south_west.lat, box.north_east.lat);
}

LonLatBox raster_box(const fs::path& path) {
  const QuietGdal quiet;
  return open(path).box();
}

Elevation read_elevation(const fs::path& path, const LonLatBox& box, std::size_t most_cells) {
  const QuietGdal quiet;
  const Raster raster = open(path);
  const double* const to_degrees = raster.to_degrees;
  const Window window = window_of(path, raster, box);
  const double factor = std::max(1.0, static_cast<double>(std::max(window.columns, window.rows)) /
                                          static_cast<double>(most_cells));
  Elevation elevation{
      .columns = static_cast<std::size_t>(std::max(2.0, std::floor(window.columns / factor))),
      .rows = static_cast<std::size_t>(std::max(2.0, std::floor(window.rows / factor))),
      .north_west = {to_degrees[0] + window.column * to_degrees[1],
                     to_degrees[3] + window.row * to_degrees[5]}};
  elevation.step_lon = window.columns * to_degrees[1] / static_cast<double>(elevation.columns);
  elevation.step_lat = -window.rows * to_degrees[5] / static_cast<double>(elevation.rows);
  elevation.metres.resize(elevation.columns * elevation.rows);
  GDALRasterBand* band = raster.data->GetRasterBand(1);
  GDALRasterIOExtraArg how;
  INIT_RASTERIO_EXTRA_ARG(how);
  how.eResampleAlg = GRIORA_Average;
  if (band->RasterIO(GF_Read, window.column, window.row, window.columns, window.rows,
                     elevation.metres.data(), static_cast<int>(elevation.columns),
                     static_cast<int>(elevation.rows), GDT_Float64, 0, 0, &how) != CE_None) {
    refuse(path, fmt::format("cannot be read: {}", CPLGetLastErrorMsg()), "must be whole");
  }
  int has_gaps = 0;
  const double gap = band->GetNoDataValue(&has_gaps);
  for (double& height : elevation.metres) {
    if ((has_gaps != 0 && height == gap) || !std::isfinite(height)) {
      height = std::numeric_limits<double>::quiet_NaN();
    }
  }
  return elevation;
}

}  // namespace panj::geo
