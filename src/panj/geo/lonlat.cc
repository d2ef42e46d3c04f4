// SPDX-License-Identifier: Apache-2.0
#include "panj/geo/lonlat.h"

#include <GeographicLib/Geodesic.hpp>
#include <cmath>

namespace panj::geo {

bool is_valid(LonLat position) {
  return std::abs(position.lon) <= 180.0 && std::abs(position.lat) <= 90.0;
}

double distance_km(LonLat a, LonLat b) {
  double metres = 0.0;
  GeographicLib::Geodesic::WGS84().Inverse(a.lat, a.lon, b.lat, b.lon, metres);
  return metres / 1000.0;
}

bool is_same_place(LonLat a, LonLat b) {
  constexpr double kMillimetreKm = 1e-6;
  constexpr double kCentimetreDegrees = 1e-7;
  if (a == b) return true;
  return std::abs(a.lat - b.lat) < kCentimetreDegrees && distance_km(a, b) < kMillimetreKm;
}

double length_km(std::span<const LonLat> polyline) {
  double length = 0.0;
  for (std::size_t i = 1; i < polyline.size(); ++i) {
    length += distance_km(polyline[i - 1], polyline[i]);
  }
  return length;
}

}  // namespace panj::geo
