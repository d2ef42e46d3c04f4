// SPDX-License-Identifier: Apache-2.0
#include "panj/geo/simplify.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>

namespace panj::geo {
namespace {

constexpr double kEarthRadiusM = 6371008.8;
constexpr double kDegree = std::numbers::pi / 180.0;

using Vector = std::array<double, 3>;  // on the unit sphere

Vector unit(LonLat p) {
  const double lat = p.lat * kDegree;
  const double lon = p.lon * kDegree;
  return {std::cos(lat) * std::cos(lon), std::cos(lat) * std::sin(lon), std::sin(lat)};
}

double dot(const Vector& a, const Vector& b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

Vector cross(const Vector& a, const Vector& b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

double arc(const Vector& a, const Vector& b) {
  const Vector n = cross(a, b);
  return std::atan2(std::sqrt(dot(n, n)), dot(a, b));
}

double arc_to_segment(const Vector& p, const Vector& from, const Vector& to) {
  const Vector pole = cross(from, to);
  const double size = std::sqrt(dot(pole, pole));
  const bool beside = dot(cross(pole, from), p) > 0.0 && dot(cross(to, pole), p) > 0.0;
  if (size == 0.0 || !beside) return std::min(arc(p, from), arc(p, to));
  return std::abs(std::asin(std::min(1.0, std::max(-1.0, dot(p, pole) / size))));
}

}  // namespace

std::vector<LonLat> simplified(std::span<const LonLat> polyline, double tolerance_m) {
  if (polyline.size() < 3) return {polyline.begin(), polyline.end()};
  std::vector<Vector> units;
  units.reserve(polyline.size());
  for (const LonLat& p : polyline) units.push_back(unit(p));

  std::vector<bool> kept(polyline.size(), false);
  kept.front() = kept.back() = true;
  std::vector<std::pair<std::size_t, std::size_t>> open{{0, polyline.size() - 1}};
  while (!open.empty()) {
    const auto [first, last] = open.back();
    open.pop_back();
    double farthest = tolerance_m / kEarthRadiusM;
    std::size_t split = first;
    for (std::size_t i = first + 1; i < last; ++i) {
      const double off = arc_to_segment(units[i], units[first], units[last]);
      if (off > farthest) {
        farthest = off;
        split = i;
      }
    }
    if (split == first) continue;
    kept[split] = true;
    open.emplace_back(first, split);
    open.emplace_back(split, last);
  }

  std::vector<LonLat> coarse;
  for (std::size_t i = 0; i < polyline.size(); ++i) {
    if (kept[i]) coarse.push_back(polyline[i]);
  }
  return coarse;
}

}  // namespace panj::geo
