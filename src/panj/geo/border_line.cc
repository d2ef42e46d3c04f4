// SPDX-License-Identifier: Apache-2.0
#include "panj/geo/border_line.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "panj/core/contract.h"
#include "panj/geo/detail/segments.h"

namespace panj::geo {
namespace {

std::vector<LonLat> west_to_east(std::vector<LonLat> vertices) {
  vertices.erase(std::unique(vertices.begin(), vertices.end(), is_same_place), vertices.end());
  PANJ_EXPECT(vertices.size() >= 2 && std::ranges::all_of(vertices, is_valid));
  const LonLat first = vertices.front();
  const LonLat last = vertices.back();
  if (std::pair(last.lon, last.lat) < std::pair(first.lon, first.lat)) {
    std::ranges::reverse(vertices);
  }
  return vertices;
}

double clockwise(double from_azimuth, double to_azimuth) {
  const double turn = std::fmod(to_azimuth - from_azimuth, 360.0);
  return turn < 0.0 ? turn + 360.0 : turn;
}

}  // namespace

struct BorderLine::Data {
  Identity identity;
  std::vector<LonLat> vertices;
  std::vector<double> chainages_km;
  std::vector<detail::Segment> segments;
  detail::SegmentIndex index;

  std::size_t segment_at(double chainage_km) const {
    const auto after = std::ranges::upper_bound(chainages_km, chainage_km);
    const auto vertex = static_cast<std::size_t>(after - chainages_km.begin());
    return std::clamp<std::size_t>(vertex, 1, segments.size()) - 1;
  }

  /// The right bank is the sector clockwise from the line ahead to the line behind.
  Side side_of(const detail::Foot& foot) const {
    double ahead = foot.line_azimuth;
    double behind = foot.line_azimuth + 180.0;
    const std::size_t i = foot.segment;
    if (foot.along_m <= 0.0 && i > 0) behind = segments[i - 1].end_azimuth + 180.0;
    if (foot.along_m >= segments[i].length_m && i + 1 < segments.size()) {
      ahead = segments[i + 1].start_azimuth;
    }
    const double towards = clockwise(ahead, foot.point_azimuth);
    return foot.distance_m > 0.0 && towards > 0.0 && towards < clockwise(ahead, behind)
               ? Side::right
               : Side::left;
  }
};

BorderLine::BorderLine(Identity identity, std::vector<LonLat> vertices) {
  auto data = std::make_shared<Data>();
  data->identity = std::move(identity);
  data->vertices = west_to_east(std::move(vertices));
  data->chainages_km.push_back(0.0);
  for (std::size_t i = 1; i < data->vertices.size(); ++i) {
    data->segments.push_back(detail::make_segment(data->vertices[i - 1], data->vertices[i]));
    data->chainages_km.push_back(data->chainages_km.back() +
                                 data->segments.back().length_m / 1000.0);
  }
  data->index = detail::SegmentIndex(data->vertices);
  data_ = std::move(data);
}

const std::string& BorderLine::id() const {
  return data_->identity.id;
}
const std::string& BorderLine::source() const {
  return data_->identity.source;
}
std::span<const LonLat> BorderLine::vertices() const {
  return data_->vertices;
}
std::span<const double> BorderLine::vertex_chainages_km() const {
  return data_->chainages_km;
}
double BorderLine::length_km() const {
  return data_->chainages_km.back();
}

LonLat BorderLine::locate(double chainage_km) const {
  PANJ_EXPECT(chainage_km >= 0.0 && chainage_km <= length_km());
  const std::size_t i = data_->segment_at(chainage_km);
  LonLat position;
  data_->segments[i].line.Position((chainage_km - data_->chainages_km[i]) * 1000.0, position.lat,
                                   position.lon);
  return position;
}

LinePosition BorderLine::project(LonLat position) const {
  PANJ_EXPECT(is_valid(position));
  detail::Foot nearest{.distance_m = std::numeric_limits<double>::infinity()};
  for (const std::size_t segment : data_->index.candidates(position)) {
    detail::Foot foot = detail::nearest_on(data_->segments[segment], position);
    foot.segment = segment;
    if (foot.distance_m < nearest.distance_m) nearest = foot;
  }
  return {.chainage_km = std::min(length_km(),
                                  data_->chainages_km[nearest.segment] + nearest.along_m / 1000.0),
          .distance_km = nearest.distance_m / 1000.0,
          .side = data_->side_of(nearest)};
}

std::vector<LonLat> BorderLine::slice(double from_km, double to_km) const {
  PANJ_EXPECT(from_km < to_km);
  std::vector<LonLat> points{locate(from_km)};
  for (std::size_t i = 0; i < data_->vertices.size(); ++i) {
    const double chainage = data_->chainages_km[i];
    if (from_km < chainage && chainage < to_km) points.push_back(data_->vertices[i]);
  }
  points.push_back(locate(to_km));
  return points;
}

}  // namespace panj::geo
