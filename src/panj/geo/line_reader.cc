// SPDX-License-Identifier: Apache-2.0
#include "panj/geo/line_reader.h"

#include <cpl_error.h>
#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <string>

#include "panj/core/text.h"
#include "panj/geo/detail/gdal.h"

namespace panj::geo {
namespace {

using Polylines = std::vector<std::vector<LonLat>>;
namespace fs = std::filesystem;
using detail::QuietGdal;
using detail::refuse;

/// Formats that hold their lines themselves. GDAL knows others that lead to further files and
/// servers, which a line file must not.
constexpr std::array<const char*, 11> kDrivers = {
    "GeoJSON", "GeoJSONSeq", "TopoJSON", "GPKG", "ESRI Shapefile", "FlatGeobuf",
    "KML",     "LIBKML",     "GPX",      "DXF",  nullptr};

OGRSpatialReference wgs84() {
  OGRSpatialReference reference;
  reference.SetWellKnownGeogCS("WGS84");
  reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  return reference;
}

void take_apart(const OGRGeometry& geometry, const fs::path& path, Polylines& lines) {
  const OGRwkbGeometryType type = wkbFlatten(geometry.getGeometryType());
  if (type == wkbMultiLineString || type == wkbGeometryCollection) {
    for (const OGRGeometry* part : *geometry.toGeometryCollection()) {
      take_apart(*part, path, lines);
    }
  } else if (type == wkbLineString) {
    std::vector<LonLat> line;
    for (const OGRPoint& point : *geometry.toLineString()) {
      const LonLat position{point.getX(), point.getY()};
      if (!is_valid(position)) {
        refuse(path, fmt::format("vertex at longitude {}, latitude {}", position.lon, position.lat),
               "must lie in [-180, 180] and [-90, 90]");
      }
      line.push_back(position);
    }
    if (line.size() >= 2) lines.push_back(std::move(line));
  }
}

}  // namespace

Polylines read_polylines(const fs::path& path) {
  const QuietGdal quiet;
  if (!fs::is_regular_file(path)) refuse(path, "no such file", "a file with the border line");
  const std::unique_ptr<GDALDataset> data(GDALDataset::Open(
      path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, kDrivers.data(), nullptr, nullptr));
  if (data == nullptr) {
    refuse(path, fmt::format("cannot be read as a map layer: {}", CPLGetLastErrorMsg()),
           "must be GeoJSON, TopoJSON, GeoPackage, Shapefile, FlatGeobuf, KML, GPX or DXF");
  }
  OGRSpatialReference target = wgs84();
  Polylines lines;
  for (OGRLayer* layer : data->GetLayers()) {
    const OGRSpatialReference* source = layer->GetSpatialRef();
    for (const OGRFeatureUniquePtr& feature : *layer) {
      OGRGeometry* geometry = feature->GetGeometryRef();
      if (geometry == nullptr) continue;
      if (source != nullptr && !source->IsSame(&target) &&
          geometry->transformTo(&target) != OGRERR_NONE) {
        refuse(path, "its coordinates cannot be transformed to longitude and latitude",
               CPLGetLastErrorMsg());
      }
      take_apart(*geometry, path, lines);
    }
  }
  if (lines.empty()) refuse(path, "holds no line", "LineString or MultiLineString features");
  return lines;
}

std::vector<LonLat> joined(Polylines pieces, double gap_km, const fs::path& path) {
  if (pieces.empty()) refuse(path, "holds no line", "LineString or MultiLineString features");
  std::vector<LonLat> line = std::move(pieces.front());
  pieces.erase(pieces.begin());
  while (!pieces.empty()) {
    double nearest = std::numeric_limits<double>::infinity();
    std::size_t chosen = 0;
    bool at_front = false;
    bool turn = false;
    const auto consider = [&](std::size_t i, LonLat ours, LonLat theirs, bool front, bool reverse) {
      constexpr double kLeastKmPerDegree = 110.5;  // of latitude, at the equator
      if (std::abs(ours.lat - theirs.lat) * kLeastKmPerDegree >= nearest) return;
      const double gap = distance_km(ours, theirs);
      if (gap >= nearest) return;
      nearest = gap;
      chosen = i;
      at_front = front;
      turn = reverse;
    };
    for (std::size_t i = 0; i < pieces.size() && nearest > 0; ++i) {
      consider(i, line.back(), pieces[i].front(), false, false);
      consider(i, line.back(), pieces[i].back(), false, true);
      consider(i, line.front(), pieces[i].back(), true, false);
      consider(i, line.front(), pieces[i].front(), true, true);
    }
    if (nearest > gap_km) {
      refuse(
          path,
          fmt::format("{} {:.1f} km from the rest",
                      counted(pieces.size(), "piece of line lies", "pieces of line lie"), nearest),
          fmt::format("ends that belong together must be within {} km", gap_km));
    }
    std::vector<LonLat> piece = std::move(pieces[chosen]);
    pieces.erase(pieces.begin() + static_cast<std::ptrdiff_t>(chosen));
    if (turn) std::ranges::reverse(piece);
    line.insert(at_front ? line.begin() : line.end(), piece.begin(), piece.end());
  }
  return line;
}

BorderLine read_border_line(const fs::path& path, BorderLine::Identity identity, double gap_km) {
  std::vector<LonLat> line = joined(read_polylines(path), gap_km, path);
  if (std::ranges::all_of(line, [&](LonLat p) { return is_same_place(p, line.front()); })) {
    refuse(path, "the line has no length", "at least two distinct positions");
  }
  return {std::move(identity), std::move(line)};
}

}  // namespace panj::geo
