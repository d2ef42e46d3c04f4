// SPDX-License-Identifier: Apache-2.0
#include "panj/spillover/geometry.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "panj/core/contract.h"
#include "panj/core/problem.h"

namespace panj::spillover {
namespace {

constexpr double kShortestKm = 1.0;
/// Shorter overlaps are rounding, not geography.
constexpr double kTouchKm = 1e-6;

std::uint32_t place_of(double km) {
  return static_cast<std::uint32_t>(std::lround(km * 100.0));
}

/// ∫ attractiveness over [from, to] km.
double attractiveness_between(const Parameters& p, double from, double to) {
  double sum = 0;
  for (const GroundParameters& ground : p.ground) {
    const double shared =
        std::min(to, ground.to * p.border_km) - std::max(from, ground.from * p.border_km);
    if (shared > kTouchKm) sum += shared * ground.attractiveness;
  }
  return sum;
}

void add_segments(const Parameters& p, std::size_t stretch, Geometry& geometry) {
  for (std::size_t z = 0; z < p.zones.size(); ++z) {
    const ZoneParameters& zone = p.zones[z];
    if (!zone.at_border) continue;
    const double from = std::max(geometry.stretches[stretch].from_km, zone.from * p.border_km);
    const double to = std::min(geometry.stretches[stretch].to_km, zone.to * p.border_km);
    if (to - from <= kTouchKm) continue;
    const double weight = attractiveness_between(p, from, to);
    if (weight <= 0) continue;
    geometry.segments.push_back({stretch, z, weight, place_of(0.5 * (from + to))});
    geometry.zone_weight[z] += weight;
  }
}

void check_room(std::size_t count, double length_km) {
  const auto room = static_cast<std::size_t>(std::max(1.0, std::floor(length_km / kShortestKm)));
  const std::size_t most = std::min(kMaxStretches, room);
  if (count >= 1 && count <= most) return;
  throw InvalidInput(Problem{.field = "stretches",
                             .what = fmt::format("is {}", count),
                             .why = fmt::format("must lie in [1, {}]: the model takes at most {}, "
                                                "each at least {} km of the {} km",
                                                most, kMaxStretches, kShortestKm, length_km)});
}

}  // namespace

Geometry geometry_of(const Parameters& p, std::span<const geo::Stretch> stretches, double line_km) {
  check_room(stretches.size(), p.border_km);
  Geometry geometry;
  geometry.length_km = p.border_km;
  geometry.zone_weight.assign(p.zones.size(), 0.0);
  const double scale = p.border_km / line_km;
  for (const geo::Stretch& stretch : stretches) {
    geo::Stretch scaled = stretch;
    scaled.from_km *= scale;
    scaled.to_km *= scale;
    geometry.places.push_back(place_of(scaled.middle_km()));
    geometry.stretches.push_back(std::move(scaled));
    add_segments(p, geometry.size() - 1, geometry);
  }
  return geometry;
}

Geometry equal_stretches(const Parameters& p, std::size_t count) {
  check_room(count, p.border_km);
  return geometry_of(p, geo::stretches_by_count(p.border_km, count), p.border_km);
}

Neighbourhood::Neighbourhood(const Geometry& geometry, double reach_km) {
  PANJ_EXPECT(reach_km > 0);
  const std::size_t n = geometry.size();
  for (std::size_t i = 0; i < n; ++i) {
    length_.push_back(geometry.stretches[i].length_km());
    const double step =
        i == 0 ? 0.0 : geometry.stretches[i].middle_km() - geometry.stretches[i - 1].middle_km();
    decay_.push_back(i == 0 ? 0.0 : std::exp(-step / reach_km));
  }
  scale_.assign(n, 1.0);
  std::vector<double> sums(n, 0.0);  // Σ_i ℓ_i e^{−|x_i−x_j|/d}
  double west = 0;
  double east = 0;
  for (std::size_t i = 0; i < n; ++i) {
    west = west * decay_[i] + length_[i];
    sums[i] += west;
    const std::size_t k = n - 1 - i;
    east = (k + 1 < n ? east * decay_[k + 1] : 0.0);
    sums[k] += east;
    east += length_[k];
  }
  for (std::size_t j = 0; j < n; ++j) scale_[j] = 1.0 / sums[j];
}

std::vector<double> Neighbourhood::apply(std::span<const double> events) const {
  const std::size_t n = size();
  PANJ_EXPECT(events.size() == n);
  std::vector<double> result(n, 0.0);
  double west = 0;
  double east = 0;
  for (std::size_t i = 0; i < n; ++i) {
    west = west * decay_[i] + events[i] * scale_[i];
    result[i] += west;
    const std::size_t k = n - 1 - i;
    east = (k + 1 < n ? east * decay_[k + 1] : 0.0);
    result[k] += east;
    east += events[k] * scale_[k];
  }
  for (std::size_t i = 0; i < n; ++i) result[i] *= length_[i];
  return result;
}

}  // namespace panj::spillover
