// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "panj/geo/lonlat.h"

namespace panj::geo {

/// A box in degrees.
struct LonLatBox {
  LonLat south_west;
  LonLat north_east;

  constexpr bool contains(LonLat p) const {
    return south_west.lon <= p.lon && p.lon <= north_east.lon && south_west.lat <= p.lat &&
           p.lat <= north_east.lat;
  }
};
/// "66.00–67.00 E, 35.00–36.00 N".
std::string to_string(const LonLatBox& box);

/// Heights on a grid of equal steps in longitude and latitude, north row first.
struct Elevation {
  std::size_t columns = 0;
  std::size_t rows = 0;
  LonLat north_west{};           ///< outer corner of the first cell
  double step_lon = 0.0;         ///< degrees
  double step_lat = 0.0;         ///< degrees, positive
  std::vector<double> metres{};  ///< [row][column]; not a number where there is no data

  std::size_t cell(std::size_t row, std::size_t column) const { return row * columns + column; }
  LonLat centre(std::size_t row, std::size_t column) const;
  /// The cell that holds a position; the nearest one for a position outside.
  std::size_t cell_at(LonLat position) const;
};

/// The box around all cells of a raster. Throws InvalidInput as `read_elevation` does.
LonLatBox raster_box(const std::filesystem::path& path);

/// Reads the part of a raster that lies in the box, in any projection and format that GDAL knows;
/// band 1, metres. Cells are averaged so that neither side has more than `most_cells`. Throws
/// InvalidInput when the file is no raster, has no georeference, or misses the box.
Elevation read_elevation(const std::filesystem::path& path, const LonLatBox& box,
                         std::size_t most_cells = 400);

}  // namespace panj::geo
