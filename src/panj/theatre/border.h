// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "panj/geo/border_line.h"
#include "panj/geo/stretch.h"
#include "panj/theatre/assumption.h"

namespace panj::theatre {

/// A length somebody stated, as opposed to one measured from a line.
struct StatedLength {
  double km = 0.0;
  Basis basis = Basis::article;
  std::string source;
};

/// A piece of the border with its landscape.
struct Terrain {
  std::string name;
  std::string description;
  double from_km = 0.0;
  double to_km = 0.0;
  /// How much attempts are drawn to a kilometre here, 1 where they are drawn most.
  std::optional<Assumption> attractiveness;
};

/// A bridge or road over the border.
struct Crossing {
  std::string name;
  geo::LonLat position;
  std::string kind;  ///< bridge, road, rail, tunnel, ferry, ford, footpath; crossing if not known
  Basis basis = Basis::public_reporting;
  std::string source;
};

/// A town to find one's way on the map by.
struct Town {
  std::string name;
  geo::LonLat position;
  bool is_capital = false;
};

/// The border between home and the country next door.
struct Border {
  std::string name;
  std::string river;  ///< empty when none
  geo::Side home_bank = geo::Side::left;
  /// At least one; all chainages of the theatre belong to the first.
  std::vector<geo::BorderLine> lines;
  std::vector<std::filesystem::path> line_files;  ///< one per line
  /// Heights in metres over the border and both hinterlands, any GDAL raster; empty when none.
  std::filesystem::path elevation;
  std::vector<StatedLength> stated_lengths;
  std::vector<geo::Stretch> stretches;  ///< cover the whole line, in order
  std::vector<Terrain> terrain;
  std::vector<Crossing> crossings;
  std::vector<Town> towns;  ///< the most important first

  const geo::BorderLine& line() const { return lines.front(); }
  bool is_home(geo::LonLat position) const { return line().project(position).side == home_bank; }
};

}  // namespace panj::theatre
