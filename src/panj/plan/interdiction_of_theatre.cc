// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/interdiction_of_theatre.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "panj/core/problem.h"
#include "panj/geo/travel.h"
#include "panj/plan/breaches.h"
#include "panj/spillover/reference.h"

namespace panj::plan {
namespace {

using spillover::kKinds;

constexpr double kLevelKmPerHour = 5;

struct Checkpoint {
  std::string name;
  geo::LonLat at;
  double km;  ///< chainage on the theatre's line
  std::size_t stretch;
};

std::vector<Checkpoint> checkpoints_of(const theatre::Theatre& theatre) {
  const auto& border = theatre.border;
  std::vector<Checkpoint> points;
  for (std::size_t i = 0; i < border.stretches.size(); ++i) {
    const double km = border.stretches[i].middle_km();
    points.push_back({border.stretches[i].id, border.line().locate(km), km, i});
  }
  for (const theatre::Crossing& crossing : border.crossings) {
    const double km = border.line().project(crossing.position).chainage_km;
    points.push_back(
        {crossing.name, border.line().locate(km), km, geo::stretch_at(border.stretches, km)});
  }
  return points;
}

/// Where a way starts or ends.
struct Place {
  geo::LonLat at;
  double km;      ///< chainage of the nearest point of the border
  double off_km;  ///< distance to it
};

Place place_at(const geo::BorderLine& line, geo::LonLat at) {
  const geo::LinePosition nearest = line.project(at);
  return {at, nearest.chainage_km, nearest.distance_km};
}

/// A place that a way needs a height at.
struct Spot {
  std::string name;
  geo::LonLat at;
};

/// Where one zone's smugglers start.
struct Source {
  std::string zone;
  double supply;
  Place place;
};

Place source_in(const theatre::Border& border, const theatre::Zone& zone) {
  for (const theatre::Town& town : border.towns) {
    const Place place = place_at(border.line(), town.position);
    if (!border.is_home(town.position) && zone.from_km <= place.km && place.km < zone.to_km) {
      return place;
    }
  }
  const double middle = 0.5 * (zone.from_km + zone.to_km);
  return {border.line().locate(middle), middle, 0};
}

std::optional<Place> destination_of(const theatre::Border& border) {
  const auto home = [&](const theatre::Town& town) { return border.is_home(town.position); };
  auto town = std::ranges::find_if(border.towns,
                                   [&](const theatre::Town& t) { return t.is_capital && home(t); });
  if (town == border.towns.end()) town = std::ranges::find_if(border.towns, home);
  if (town == border.towns.end()) return std::nullopt;
  return place_at(border.line(), town->position);
}

std::vector<Source> sources_of(const Ground& ground) {
  std::vector<Source> sources;
  for (const auto& share : ground.parameters.zones) {
    if (!share.at_border || share.supply_share <= 0) continue;
    const auto zone = std::ranges::find(ground.theatre.threat->zones, share.id, &theatre::Zone::id);
    sources.push_back({zone->name, share.supply_share, source_in(ground.theatre.border, *zone)});
  }
  return sources;
}

std::vector<Spot> spots_of(const std::vector<Checkpoint>& checkpoints,
                           const std::vector<Source>& sources,
                           const std::optional<Place>& destination) {
  std::vector<Spot> spots;
  spots.reserve(checkpoints.size() + sources.size() + 1);
  for (const Checkpoint& point : checkpoints) spots.push_back({point.name, point.at});
  for (const Source& source : sources) {
    spots.push_back({"the start in " + source.zone, source.place.at});
  }
  if (destination) spots.push_back({"the goal of the ways", destination->at});
  return spots;
}

constexpr geo::LonLatBox kEmptyBox{{180, 90}, {-180, -90}};

/// Makes the box hold all within `margin` degrees of a position.
void take(geo::LonLatBox& box, geo::LonLat p, double margin) {
  box.south_west = {std::min(box.south_west.lon, p.lon - margin),
                    std::min(box.south_west.lat, p.lat - margin)};
  box.north_east = {std::max(box.north_east.lon, p.lon + margin),
                    std::max(box.north_east.lat, p.lat + margin)};
}

/// The least that heights must be known of: the border and every spot.
geo::LonLatBox needed_box(const geo::BorderLine& line, const std::vector<Spot>& spots) {
  geo::LonLatBox box = kEmptyBox;
  for (const geo::LonLat vertex : line.vertices()) take(box, vertex, 0);
  for (const Spot& spot : spots) take(box, spot.at, 0);
  return box;
}

/// What is read, where the raster goes so far: their hinterland too.
geo::LonLatBox read_box(const theatre::Border& border) {
  constexpr double kHinterland = 1.0;  // degrees beyond the line
  geo::LonLatBox box = kEmptyBox;
  for (const geo::LonLat vertex : border.line().vertices()) take(box, vertex, kHinterland);
  for (const theatre::Town& town : border.towns) take(box, town.position, 0.1);
  return box;
}

/// A raster that ends short of the ground would send every way along its rim.
void check_cover(const std::filesystem::path& raster, const geo::LonLatBox& needed) {
  const geo::LonLatBox covered = geo::raster_box(raster);
  if (covered.contains(needed.south_west) && covered.contains(needed.north_east)) return;
  throw InvalidInput(Problem{
      .file = raster.string(),
      .what = "covers " + to_string(covered),
      .why =
          "must cover the border, where smugglers start and where they go: " + to_string(needed)});
}

/// No way starts, crosses or ends where there is no height.
void check_heights(const std::filesystem::path& raster, const geo::Elevation& elevation,
                   const std::vector<Spot>& spots) {
  constexpr std::size_t kNamed = 5;
  std::vector<std::string> bare;
  for (const Spot& spot : spots) {
    if (!std::isnan(elevation.metres[elevation.cell_at(spot.at)])) continue;
    bare.push_back(fmt::format("{} ({:.3f} E, {:.3f} N)", spot.name, spot.at.lon, spot.at.lat));
  }
  if (bare.empty()) return;
  const std::size_t others = bare.size() - std::min(bare.size(), kNamed);
  bare.resize(bare.size() - others);
  throw InvalidInput(
      Problem{.file = raster.string(),
              .what = fmt::format("has no height at {}{}", fmt::join(bare, ", "),
                                  others > 0 ? fmt::format(" and {} others", others) : ""),
              .why = "needed where ways start, cross the border and end"});
}

/// Hours between a place and each checkpoint.
class Ways {
 public:
  /// `spots`: where ways start, cross and end, and so need heights.
  Ways(const theatre::Theatre& theatre, const TheatreInterdictionOptions& options,
       std::vector<Checkpoint> checkpoints, const std::vector<Spot>& spots)
      : border_(theatre.border), checkpoints_(std::move(checkpoints)) {
    const auto heights = options.elevation.value_or(theatre.border.elevation);
    if (!heights.empty()) read(heights, spots);
  }

  /// `home`: on which bank the place lies.
  std::vector<double> hours(const Place& place, bool home) const {
    std::vector<double> all;
    if (!elevation_) {
      for (const Checkpoint& point : checkpoints_) all.push_back(stated(place, point.km));
      return all;
    }
    const auto reached = geo::walking_hours(*elevation_, place.at, [&](std::size_t cell) {
      return bank_[cell] == Bank::border || (bank_[cell] == Bank::home) == home;
    });
    for (const Checkpoint& point : checkpoints_) {
      all.push_back(reached[elevation_->cell_at(point.at)]);
    }
    return all;
  }

 private:
  enum class Bank { far, home, border };

  void read(const std::filesystem::path& path, const std::vector<Spot>& spots) {
    check_cover(path, needed_box(border_.line(), spots));
    elevation_ = geo::read_elevation(path, read_box(border_));
    check_heights(path, *elevation_, spots);
    const double cell_km = geo::distance_km(elevation_->centre(0, 0), elevation_->centre(1, 1));
    for (std::size_t row = 0; row < elevation_->rows; ++row) {
      for (std::size_t column = 0; column < elevation_->columns; ++column) {
        const auto nearest = border_.line().project(elevation_->centre(row, column));
        bank_.push_back(nearest.distance_km <= cell_km      ? Bank::border
                        : nearest.side == border_.home_bank ? Bank::home
                                                            : Bank::far);
      }
    }
  }

  /// Along the line over the stated difficulty of the ground, and from the line to the place.
  double stated(const Place& place, double to_km) const {
    constexpr double kStepKm = 1;
    double hours = place.off_km / kLevelKmPerHour / ease(place.km);
    const double from = std::min(place.km, to_km);
    const double span = std::abs(place.km - to_km);
    const int steps = std::max(1, static_cast<int>(std::ceil(span / kStepKm)));
    for (int k = 0; k < steps; ++k) {
      hours += span / steps / kLevelKmPerHour / ease(from + (k + 0.5) * span / steps);
    }
    return hours;
  }

  double ease(double km) const {
    for (const theatre::Terrain& terrain : border_.terrain) {
      if (terrain.attractiveness && terrain.from_km <= km && km < terrain.to_km) {
        return std::max(0.01, terrain.attractiveness->value());
      }
    }
    return 1;
  }

  const theatre::Border& border_;
  std::vector<Checkpoint> checkpoints_;
  std::optional<geo::Elevation> elevation_;
  std::vector<Bank> bank_;
};

/// The simulator's chance to stop a run on each stretch, with some equipment more.
std::vector<double> stops(const Ground& ground, const Outlook& outlook,
                          const spillover::ByKind<double>& more) {
  const spillover::Reference reference =
      spillover::reference_of(ground.parameters, ground.geometry);
  std::vector<double> all;
  for (std::size_t i = 0; i < ground.stretches.size(); ++i) {
    spillover::Guarding here{.length_km = ground.geometry.stretches[i].length_km(),
                             .guards = reference.guards[i]};
    for (std::size_t k = 0; k < kKinds; ++k) here.units[k] = reference.equipment[k][i] + more[k];
    all.push_back(spillover::stop_chance(ground.parameters, spillover::kTrafficking, here,
                                         outlook.circumstances)
                      .value());
  }
  return all;
}

double price_of(const Ground& ground, const TheatreInterdictionOptions& options) {
  double price = 0;
  for (std::size_t k = 0; k < kKinds; ++k) {
    price += options.equipment[k] * ground.parameters.defence.unit_price[k];
  }
  return price;
}

void check(const Ground& ground, const TheatreInterdictionOptions& options) {
  Problems problems;
  double supply = 0;
  for (const auto& zone : ground.parameters.zones) {
    if (zone.at_border) supply += zone.supply_share;
  }
  if (supply <= 0) {
    problems.add({.file = ground.theatre.file.string(),
                  .field = "surroundings.trafficking.zone_share",
                  .what = "is zero in every border zone",
                  .why = "it says where smugglers start"});
  }
  if (!(options.exposure_hours > 0)) {
    problems.add({.field = "exposure",
                  .what = std::to_string(options.exposure_hours) + " hours",
                  .why = "must be above 0"});
  }
  problems.throw_if_any();
}

Candidate with_deliveries(std::string id, std::string name,
                          std::vector<spillover::Tranche> deliveries) {
  return {.id = std::move(id),
          .name = std::move(name),
          .levers = [deliveries = std::move(deliveries)](const spillover::Parameters& p) {
            spillover::LeverSettings levers = spillover::practised_levers(p);
            levers.deliveries = deliveries;
            return levers;
          }};
}

}  // namespace

NamedInterdiction interdiction_of(const Ground& ground, const TheatreInterdictionOptions& options) {
  constexpr std::size_t kReplicates = 100;
  check(ground, options);
  const auto& border = ground.theatre.border;
  const std::vector<Checkpoint> points = checkpoints_of(ground.theatre);
  const std::vector<Source> sources = sources_of(ground);
  const std::optional<Place> destination = destination_of(border);
  const Ways ways(ground.theatre, options, points, spots_of(points, sources, destination));
  const Outlook outlook = stated_outlook(ground, kReplicates, 1);
  const std::vector<double> today = stops(ground, outlook, {});
  const std::vector<double> then = stops(ground, outlook, options.equipment);
  NamedInterdiction named;
  for (const Checkpoint& point : points) {
    named.checkpoints.push_back(point.name);
    named.problem.cost.push_back(price_of(ground, options));
  }
  named.problem.budget =
      price_of(ground, options) * static_cast<double>(options.checkpoints) * (1 + 1e-12);
  std::vector<double> onward(points.size(), 0.0);
  if (destination) onward = ways.hours(*destination, true);
  double supply = 0;
  for (const Source& source : sources) supply += source.supply;
  for (const Source& source : sources) {
    const std::vector<double> there = ways.hours(source.place, false);
    named.evaders.push_back(source.zone);
    named.problem.probability.push_back(source.supply / supply);
    auto& routes = named.problem.routes.emplace_back();
    for (std::size_t c = 0; c < points.size(); ++c) {
      const double unseen = std::exp(-(there[c] + onward[c]) / options.exposure_hours);
      if (unseen <= 0) continue;
      routes.push_back({.checkpoint = c,
                        .unequipped = unseen * (1 - today[points[c].stretch]),
                        .equipped = unseen * (1 - then[points[c].stretch])});
    }
  }
  return named;
}

std::vector<std::size_t> stretches_of_checkpoints(const Ground& ground) {
  std::vector<std::size_t> stretches;
  for (const Checkpoint& point : checkpoints_of(ground.theatre)) stretches.push_back(point.stretch);
  return stretches;
}

Candidate equipped(const Ground& ground, const std::vector<std::size_t>& checkpoints,
                   const TheatreInterdictionOptions& options) {
  const std::vector<std::size_t> stretch_of = stretches_of_checkpoints(ground);
  std::vector<double> sets(ground.stretches.size(), 0.0);
  for (const std::size_t c : checkpoints) sets[stretch_of[c]] += 1;
  std::vector<spillover::Tranche> deliveries;
  for (std::size_t k = 0; k < kKinds; ++k) {
    spillover::Tranche tranche{.year = ground.years.front(), .weights = sets};
    tranche.units[k] = options.equipment[k] * static_cast<double>(checkpoints.size());
    if (tranche.units[k] > 0) deliveries.push_back(std::move(tranche));
  }
  return with_deliveries("plan", "Checkpoints of the plan", std::move(deliveries));
}

Candidate spread_evenly(const Ground& ground, std::size_t checkpoints,
                        const TheatreInterdictionOptions& options) {
  spillover::Tranche tranche{.year = ground.years.front()};
  for (std::size_t k = 0; k < kKinds; ++k) {
    tranche.units[k] = options.equipment[k] * static_cast<double>(checkpoints);
  }
  return with_deliveries("even", "The same spread by length", {tranche});
}

}  // namespace panj::plan
