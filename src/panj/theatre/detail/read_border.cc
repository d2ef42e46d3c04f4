// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "panj/geo/line_reader.h"
#include "panj/theatre/detail/parts.h"

namespace panj::theatre::detail {
namespace {

constexpr double kToleranceKm = 0.05;  ///< chainages are written with one decimal
constexpr double kFarthestCrossingKm = 10.0;
const std::vector<std::string> kCrossingKinds{"bridge", "road", "rail",     "tunnel",
                                              "ferry",  "ford", "footpath", "crossing"};

void read_lines(TableReader& in, const std::filesystem::path& folder, Border& border) {
  std::vector<std::string> line_ids;
  in.each("line", [&](TableReader& line) {
    const std::string id = line.text("id");
    const std::string source = line.text("source");
    const std::filesystem::path path = read_path(line, "file", folder);
    line_ids.push_back(id);
    if (path.empty()) return;
    try {
      border.lines.push_back(geo::read_border_line(path, {.id = id, .source = source}));
      border.line_files.push_back(path);
    } catch (const InvalidInput& error) {
      for (const Problem& problem : error.problems()) {
        line.problem("file", problem.what, problem.why, problem.suggestion);
      }
    }
  });
  if (line_ids.empty()) in.problem("line", "is missing", "a border has at least one line file");
  in.check_ids("line");
}

/// From before to, both on the line.
void read_interval(TableReader& in, const Border& border, double& from_km, double& to_km) {
  from_km = in.number("from_km", kChainage);
  to_km = in.number("to_km", kChainage);
  if (from_km > to_km) {
    in.problem("from_km", fmt::format("from {} to {}", from_km, to_km), "must run west to east",
               fmt::format("write from_km = {}, to_km = {}", to_km, from_km));
  }
  if (border.lines.empty()) return;
  const double length = border.line().length_km();
  if (std::max(from_km, to_km) > length + kToleranceKm) {
    in.problem("to_km", fmt::format("{} km is beyond the end", to_km),
               fmt::format("line '{}' is {:.1f} km long", border.line().id(), length));
  }
}

/// Listed stretches must cover the line from end to end; small gaps of rounding are closed.
void check_cover(TableReader& in, const Border& border, std::vector<geo::Stretch>& stretches) {
  double reached = 0.0;
  for (geo::Stretch& stretch : stretches) {
    const double gap = stretch.from_km - reached;
    if (std::abs(gap) > kToleranceKm) {
      in.problem("stretch",
                 fmt::format("{} {:.1f} km {} stretch '{}'", gap > 0 ? "gap of" : "overlap of",
                             std::abs(gap), gap > 0 ? "before" : "with", stretch.id),
                 "each stretch begins where the one before it ends");
    }
    stretch.from_km = reached;
    reached = stretch.to_km;
  }
  if (border.lines.empty()) return;
  const double length = border.line().length_km();
  if (length - reached > kToleranceKm) {
    in.problem(
        "stretch", fmt::format("stretches end at {:.1f} km", reached),
        fmt::format("must reach the end of line '{}' at {:.1f} km", border.line().id(), length));
  }
  stretches.back().to_km = length;
}

void read_stretches(TableReader& in, Border& border) {
  in.each("stretch", [&](TableReader& table) {
    geo::Stretch stretch{.id = table.text("id"), .name = table.text("name")};
    read_interval(table, border, stretch.from_km, stretch.to_km);
    border.stretches.push_back(std::move(stretch));
  });
  const auto count = in.optional_integer("stretch_count", 1, 1000);
  const auto length_km =
      in.optional_number("stretch_length_km", {.low = 0.1, .high = kLongestLineKm});
  const int ways = (border.stretches.empty() ? 0 : 1) + (count ? 1 : 0) + (length_km ? 1 : 0);
  if (ways != 1) {
    in.problem("stretch_count", ways == 0 ? "no stretches" : "stretches are given twice",
               "give one of stretch_count, stretch_length_km, [[border.stretch]]");
    return;
  }
  in.check_ids("stretch");
  if (!border.stretches.empty()) return check_cover(in, border, border.stretches);
  if (border.lines.empty()) return;
  const double length = border.line().length_km();
  border.stretches = count ? geo::stretches_by_count(length, static_cast<std::size_t>(*count))
                           : geo::stretches_by_length(length, *length_km);
}

geo::LonLat read_position(TableReader& in) {
  geo::LonLat position;
  position.lon = in.number("lon", {.low = -180.0, .high = 180.0});
  position.lat = in.number("lat", {.low = -90.0, .high = 90.0});
  return position;
}

/// Lines of another scale run some kilometres beside the crossing, not farther.
void check_at_border(TableReader& in, const Border& border, const Crossing& crossing) {
  if (border.lines.empty()) return;
  const double distance_km = border.line().project(crossing.position).distance_km;
  if (distance_km <= kFarthestCrossingKm) return;
  in.problem("lon",
             fmt::format("'{}' lies {:.1f} km from line '{}'", crossing.name, distance_km,
                         border.line().id()),
             fmt::format("a crossing must lie within {} km of the border", kFarthestCrossingKm),
             "see whether lon and lat are mixed up or mistyped");
}

Crossing read_crossing(TableReader& in, const Border& border) {
  Crossing crossing;
  crossing.name = in.text("name");
  const std::size_t problems_before = in.log().problems.size();
  crossing.position = read_position(in);
  if (in.log().problems.size() == problems_before) check_at_border(in, border, crossing);
  crossing.kind = in.choice("kind", kCrossingKinds);
  crossing.basis = in.basis();
  crossing.source = in.text("source");
  return crossing;
}

}  // namespace

Border read_border(TableReader& root, const std::filesystem::path& folder) {
  static const std::vector<std::string> banks{"left", "right"};
  Border border;
  root.within("border", [&](TableReader& in) {
    border.name = in.text("name");
    border.river = in.optional_text("river");
    border.home_bank = in.choice("home_bank", banks) == "left" ? geo::Side::left : geo::Side::right;
    read_lines(in, folder, border);
    if (in.has("elevation")) border.elevation = read_path(in, "elevation", folder);
    in.each("stated_length", [&](TableReader& stated) {
      border.stated_lengths.push_back(
          {.km = stated.number("km", {.low = 0.1, .high = kLongestLineKm}),
           .basis = stated.basis(),
           .source = stated.text("source")});
    });
    read_stretches(in, border);
    in.each("terrain", [&](TableReader& table) {
      Terrain terrain{
          .name = table.text("name"),
          .description = table.text("description"),
          .attractiveness = table.optional_assumption("attractiveness", {.bounds = kNonNegative})};
      read_interval(table, border, terrain.from_km, terrain.to_km);
      if (!border.terrain.empty() && terrain.from_km < border.terrain.back().to_km - kToleranceKm) {
        table.problem("from_km",
                      fmt::format("'{}' overlaps '{}'", terrain.name, border.terrain.back().name),
                      "landscapes follow each other from west to east");
      }
      border.terrain.push_back(std::move(terrain));
    });
    in.each("crossing",
            [&](TableReader& table) { border.crossings.push_back(read_crossing(table, border)); });
    in.each("town", [&](TableReader& table) {
      Town town;
      town.name = table.text("name");
      town.position = read_position(table);
      town.is_capital = table.flag("capital");
      border.towns.push_back(std::move(town));
    });
  });
  return border;
}

}  // namespace panj::theatre::detail
