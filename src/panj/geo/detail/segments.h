// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <GeographicLib/GeodesicLine.hpp>
#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "panj/geo/lonlat.h"

namespace panj::geo::detail {

/// Earth-centred coordinates in km.
using Vector = std::array<double, 3>;

Vector to_vector(LonLat position);

/// One geodesic segment of a line.
struct Segment {
  GeographicLib::GeodesicLine line;
  double length_m = 0.0;
  double start_azimuth = 0.0;  ///< degrees clockwise from north
  double end_azimuth = 0.0;
};

/// The nearest point of one segment.
struct Foot {
  std::size_t segment = 0;
  double along_m = 0.0;
  double distance_m = 0.0;
  double line_azimuth = 0.0;   ///< of the segment at the foot
  double point_azimuth = 0.0;  ///< from the foot to the position
};

Segment make_segment(LonLat from, LonLat to);

/// Exact on the ellipsoid: slides along the segment until the line to the position is square to it.
Foot nearest_on(const Segment& segment, LonLat position);

/// Finds the segments that may hold the nearest point, by straight-line distances through the
/// Earth.
class SegmentIndex {
 public:
  SegmentIndex() = default;
  explicit SegmentIndex(std::span<const LonLat> vertices);

  /// Never leaves out the nearest segment; rarely holds more than three others.
  std::vector<std::size_t> candidates(LonLat position) const;

 private:
  struct Run {
    std::size_t first = 0;
    std::size_t last = 0;
    Vector centre{};
    double radius = 0.0;
  };
  std::vector<Vector> vertices_;
  std::vector<Run> runs_;
  double sagitta_km_ = 0.0;  ///< how far the longest segment bulges over its chord
};

}  // namespace panj::geo::detail
