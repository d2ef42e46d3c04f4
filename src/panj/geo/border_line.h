// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "panj/geo/lonlat.h"

namespace panj::geo {

/// The bank a position lies on, looking along the line from its west end to its east end: `left` is
/// north of a line that runs due east. Which bank is home is the theatre's to say.
enum class Side { left, right };

/// Where a position falls on a border line.
struct LinePosition {
  double chainage_km = 0.0;  ///< along the line, of the nearest point
  double distance_km = 0.0;  ///< to that point, ≥ 0
  Side side = Side::left;    ///< left for a position exactly on the line
};

/// A border as one line with chainage: kilometres along the line from its western end.
///
///     auto line = read_border_line("osm.geojson", {.id = "osm", .source = "OpenStreetMap"});
///     LinePosition p = line.project({69.10, 37.24});   // Panj town
///     LonLat q = line.locate(p.chainage_km);           // the nearest point of the border
///
/// Segments are geodesics on WGS 84, so chainage is geodesic length and `project(locate(c))` gives
/// `c` back to better than a metre. A chainage means nothing without the id of its line: the same
/// border is 1,102 to 1,364 km long, depending on the scale it is drawn at.
///
/// Cost: `project` prunes by bounding spheres of runs of segments, then refines the few nearest
/// segments geodesically (about 3 µs a position on a line of 1,400 vertices). Copies are cheap;
/// all members may be called from several threads.
class BorderLine {
 public:
  struct Identity {
    std::string id;
    std::string source;  ///< attribution, for people
  };

  /// Valid vertices, at two or more places (neighbours at the same place are dropped). The line is
  /// turned round, if need be, to start at its western end (southern, when both lie on one
  /// meridian).
  BorderLine(Identity identity, std::vector<LonLat> vertices);

  const std::string& id() const;
  const std::string& source() const;
  std::span<const LonLat> vertices() const;
  /// Chainage of every vertex, in km; starts at 0 and ends at the length.
  std::span<const double> vertex_chainages_km() const;
  double length_km() const;

  /// 0 ≤ chainage_km ≤ length_km().
  LonLat locate(double chainage_km) const;

  /// The nearest point of the line. `position` must be valid; it may be anywhere on Earth, though
  /// the bank means little beyond a few hundred kilometres.
  LinePosition project(LonLat position) const;

  /// The line between two chainages, 0 ≤ from_km < to_km ≤ length_km(), ends included.
  std::vector<LonLat> slice(double from_km, double to_km) const;

 private:
  struct Data;
  std::shared_ptr<const Data> data_;
};

}  // namespace panj::geo
