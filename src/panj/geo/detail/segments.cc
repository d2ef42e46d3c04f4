// SPDX-License-Identifier: Apache-2.0
#include "panj/geo/detail/segments.h"

#include <GeographicLib/Geocentric.hpp>
#include <GeographicLib/Geodesic.hpp>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace panj::geo::detail {
namespace {

constexpr double kEarthRadiusM = 6371008.8;
constexpr double kDegree = std::numbers::pi / 180.0;
constexpr std::size_t kSegmentsPerRun = 16;

Vector minus(const Vector& a, const Vector& b) {
  return {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
}
double dot(const Vector& a, const Vector& b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
double norm(const Vector& a) {
  return std::sqrt(dot(a, a));
}

double distance_to_chord(const Vector& point, const Vector& from, const Vector& to) {
  const Vector chord = minus(to, from);
  const Vector offset = minus(point, from);
  const double t = std::clamp(dot(offset, chord) / dot(chord, chord), 0.0, 1.0);
  return norm(minus(offset, {t * chord[0], t * chord[1], t * chord[2]}));
}

}  // namespace

Vector to_vector(LonLat position) {
  Vector v{};
  GeographicLib::Geocentric::WGS84().Forward(position.lat, position.lon, 0.0, v[0], v[1], v[2]);
  for (double& coordinate : v) coordinate /= 1000.0;
  return v;
}

Segment make_segment(LonLat from, LonLat to) {
  const auto& geodesic = GeographicLib::Geodesic::WGS84();
  Segment segment;
  geodesic.Inverse(from.lat, from.lon, to.lat, to.lon, segment.length_m, segment.start_azimuth,
                   segment.end_azimuth);
  segment.line = geodesic.Line(from.lat, from.lon, segment.start_azimuth);
  return segment;
}

Foot nearest_on(const Segment& segment, LonLat position) {
  constexpr int kMaxIterations = 20;
  constexpr double kToleranceM = 1e-4;
  Foot foot;
  double along = 0.0;
  for (int i = 0; i < kMaxIterations; ++i) {
    double lat = 0.0, lon = 0.0, arriving = 0.0;
    segment.line.Position(along, lat, lon, foot.line_azimuth);
    GeographicLib::Geodesic::WGS84().Inverse(lat, lon, position.lat, position.lon, foot.distance_m,
                                             foot.point_azimuth, arriving);
    foot.along_m = along;
    // Spherical right triangle: tan(step) = cos(angle) · tan(distance).
    const double angle = (foot.point_azimuth - foot.line_azimuth) * kDegree;
    const double arc = foot.distance_m / kEarthRadiusM;
    const double step = kEarthRadiusM * std::atan2(std::cos(angle) * std::sin(arc), std::cos(arc));
    const double next = std::clamp(along + step, 0.0, segment.length_m);
    if (std::abs(next - along) < kToleranceM) break;
    along = next;
  }
  return foot;
}

SegmentIndex::SegmentIndex(std::span<const LonLat> vertices) {
  vertices_.reserve(vertices.size());
  for (const LonLat& vertex : vertices) vertices_.push_back(to_vector(vertex));
  const std::size_t segments = vertices_.size() - 1;
  double longest = 0.0;
  for (std::size_t i = 0; i < segments; ++i) {
    longest = std::max(longest, norm(minus(vertices_[i + 1], vertices_[i])));
  }
  sagitta_km_ = longest * longest / (8.0 * kEarthRadiusM / 1000.0);
  for (std::size_t first = 0; first < segments; first += kSegmentsPerRun) {
    Run run{.first = first, .last = std::min(first + kSegmentsPerRun, segments)};
    run.centre = vertices_[(run.first + run.last) / 2];
    for (std::size_t i = run.first; i <= run.last; ++i) {
      run.radius = std::max(run.radius, norm(minus(vertices_[i], run.centre)));
    }
    runs_.push_back(run);
  }
}

std::vector<std::size_t> SegmentIndex::candidates(LonLat position) const {
  const Vector point = to_vector(position);
  double nearest = std::numeric_limits<double>::infinity();
  std::vector<double> to_centre(runs_.size());
  for (std::size_t r = 0; r < runs_.size(); ++r) {
    to_centre[r] = norm(minus(point, runs_[r].centre));
    nearest = std::min(nearest, to_centre[r]);
  }
  // Chords and geodesics rank near ties differently by the bulge of a segment and, on the
  // ellipsoid, by less than a thousandth of the distance.
  const auto reach = [this](double distance) { return distance * 1.001 + 2.0 * sagitta_km_; };
  std::vector<std::pair<double, std::size_t>> found;
  for (std::size_t r = 0; r < runs_.size(); ++r) {
    if (to_centre[r] - runs_[r].radius > reach(nearest)) continue;
    for (std::size_t i = runs_[r].first; i < runs_[r].last; ++i) {
      const double distance = distance_to_chord(point, vertices_[i], vertices_[i + 1]);
      nearest = std::min(nearest, distance);
      if (distance <= reach(nearest)) found.emplace_back(distance, i);
    }
  }
  std::vector<std::size_t> segments;
  for (const auto& [distance, segment] : found) {
    if (distance <= reach(nearest)) segments.push_back(segment);
  }
  return segments;
}

}  // namespace panj::geo::detail
