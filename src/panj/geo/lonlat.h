// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

namespace panj::geo {

/// A position in degrees on the WGS 84 ellipsoid.
struct LonLat {
  double lon = 0.0;  ///< east positive, [-180, 180]
  double lat = 0.0;  ///< north positive, [-90, 90]

  constexpr bool operator==(const LonLat&) const = default;
};

/// True for finite coordinates inside the ranges above.
bool is_valid(LonLat position);

/// Geodesic distance on WGS 84 (Karney 2013, "Algorithms for geodesics"; good to 15 nm).
double distance_km(LonLat a, LonLat b);

/// Within a millimetre of each other, also where their numbers differ: 180° east and west, any
/// longitudes at a pole.
bool is_same_place(LonLat a, LonLat b);

/// Sum of the geodesic distances between neighbours; 0 for fewer than two points.
double length_km(std::span<const LonLat> polyline);

}  // namespace panj::geo
