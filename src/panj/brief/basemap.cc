// SPDX-License-Identifier: Apache-2.0
#include "panj/brief/basemap.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "panj/brief/bundle.h"

namespace panj::brief {
namespace {

using Line = std::vector<Position>;

Frame extent(const Line& line) {
  Frame frame{line[0][0], line[0][1], line[0][0], line[0][1]};
  for (const auto& [lon, lat] : line) {
    frame.west = std::min(frame.west, lon);
    frame.east = std::max(frame.east, lon);
    frame.south = std::min(frame.south, lat);
    frame.north = std::max(frame.north, lat);
  }
  return frame;
}

bool overlap(const Frame& a, const Frame& b) {
  return a.west < b.east && b.west < a.east && a.south < b.north && b.south < a.north;
}

/// Sutherland–Hodgman: keeps the part of a ring on one side of the line axis = edge.
Line clip_side(const Line& ring, std::size_t axis, double edge, bool keep_above) {
  const auto inside = [&](const Position& p) { return keep_above == (p[axis] >= edge); };
  Line kept;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const auto& a = ring[i == 0 ? ring.size() - 1 : i - 1];
    const auto& b = ring[i];
    if (inside(a) != inside(b)) {
      const double t = (edge - a[axis]) / (b[axis] - a[axis]);
      kept.push_back({a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])});
    }
    if (inside(b)) kept.push_back(b);
  }
  return kept;
}

Line clip(Line ring, const Frame& frame) {
  ring = clip_side(ring, 0, frame.west, true);
  ring = clip_side(ring, 0, frame.east, false);
  ring = clip_side(ring, 1, frame.south, true);
  ring = clip_side(ring, 1, frame.north, false);
  if (!ring.empty()) ring.push_back(ring.front());
  return ring;
}

}  // namespace

Frame frame_of(const std::vector<Stretch>& stretches, double pad) {
  Line all;
  for (const auto& stretch : stretches)
    all.insert(all.end(), stretch.geometry.begin(), stretch.geometry.end());
  if (all.empty()) return {};
  Frame frame = extent(all);
  const double margin = pad * std::max(frame.east - frame.west, frame.north - frame.south);
  return {frame.west - margin, frame.south - margin, frame.east + margin, frame.north + margin};
}

Basemap crop_basemap(const Frame& frame, const std::string& near_side,
                     const std::string& far_side) {
  const auto world = nlohmann::json::parse(bundled_basemap());
  Basemap cropped;
  for (const auto& country : world.at("countries")) {
    Outline outline{.name = country.at("name")};
    for (const auto& ring : country.at("rings")) {
      auto line = ring.get<Line>();
      if (!overlap(extent(line), frame)) continue;
      line = clip(std::move(line), frame);
      if (line.size() < 4) continue;
      outline.rings.push_back(std::move(line));
    }
    if (!outline.rings.empty()) cropped.countries.push_back(std::move(outline));
  }
  for (const auto& border : world.at("borders")) {
    const auto between = border.at("between").get<std::array<std::string, 2>>();
    if (std::ranges::is_permutation(between, std::array{near_side, far_side})) continue;
    for (const auto& line : border.at("lines").get<std::vector<Line>>())
      if (overlap(extent(line), frame)) cropped.borders.push_back(line);
  }
  return cropped;
}

}  // namespace panj::brief
