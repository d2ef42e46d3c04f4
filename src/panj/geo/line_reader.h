// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <vector>

#include "panj/geo/border_line.h"
#include "panj/geo/lonlat.h"

namespace panj::geo {

/// Every line of a GeoJSON, TopoJSON, GeoPackage, Shapefile, FlatGeobuf, KML, GPX or DXF file,
/// multi-part lines taken apart, in WGS 84. Throws InvalidInput when the file is missing,
/// unreadable, of another format (some lead to further files and servers), without a line, or has
/// a coordinate off the globe.
std::vector<std::vector<LonLat>> read_polylines(const std::filesystem::path& path);

/// Chains pieces, in any order and direction, end to end into one line. Ends may be up to
/// `gap_km` apart. Throws InvalidInput naming the gap when pieces are left over; `path` is for the
/// message.
std::vector<LonLat> joined(std::vector<std::vector<LonLat>> pieces, double gap_km,
                           const std::filesystem::path& path);

/// Reads and joins all lines of a file into one border line, from west to east.
BorderLine read_border_line(const std::filesystem::path& path, BorderLine::Identity identity,
                            double gap_km = 1.0);

}  // namespace panj::geo
