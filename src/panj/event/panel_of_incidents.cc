// SPDX-License-Identifier: Apache-2.0
#include "panj/event/panel_of_incidents.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "panj/core/contract.h"
#include "panj/core/problem.h"
#include "panj/geo/prio_grid.h"

namespace panj::event {
namespace {

std::string band_name(double from_km, double to_km) {
  return fmt::format("{}-{} km", from_km, to_km);
}

std::optional<std::string> stretch_of(geo::LonLat place, const BorderUnits& border) {
  const geo::LinePosition position = border.line.project(place);
  if (position.distance_km > border.within_km) return std::nullopt;
  return border.stretches[geo::stretch_at(border.stretches, position.chainage_km)].id;
}

std::optional<std::string> band_of(geo::LonLat place, const BorderUnits& border) {
  const auto& edges = border.band_edges_km;
  const double distance = border.line.project(place).distance_km;
  const auto above = std::ranges::upper_bound(edges, distance);
  if (above == edges.begin() || above == edges.end()) return std::nullopt;
  return band_name(*(above - 1), *above);
}

/// Days of the incident in each month that it touches, from its first month on.
std::vector<std::int64_t> days_by_month(const Incident& incident) {
  std::vector<std::int64_t> days;
  const Month end = Month::of(incident.last);
  for (Month month = Month::of(incident.first); month <= end; ++month) {
    const Date from = std::max(incident.first, month.first_day());
    const Date to = std::min(incident.last, month.last_day());
    days.push_back((to - from).count() + 1);
  }
  return days;
}

}  // namespace

std::vector<std::int64_t> share_out(std::int64_t total, const std::vector<std::int64_t>& weights) {
  const std::int64_t sum = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
  PANJ_EXPECT(total >= 0 && sum > 0);
  std::vector<std::int64_t> shares(weights.size());
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::int64_t left = total;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    shares[i] = total * weights[i] / sum;
    left -= shares[i];
  }
  std::ranges::stable_sort(order, std::ranges::greater{},
                           [&](std::size_t i) { return total * weights[i] % sum; });
  for (std::size_t i = 0; i < static_cast<std::size_t>(left); ++i) ++shares[order[i]];
  return shares;
}

PanelOfIncidents::PanelOfIncidents(PanelOfIncidentsOptions options) : options_(std::move(options)) {
  Problems problems;
  if ((options_.by == UnitKind::stretch || options_.by == UnitKind::distance) && !options_.border) {
    problems.add({.field = "by",
                  .what = "stretches and distances need a border",
                  .suggestion = "give --theatre DIR or --border FILE"});
  }
  if (options_.from && options_.to && *options_.to < *options_.from) {
    problems.add({.field = "to",
                  .what = to_string(*options_.to) + " lies before " + to_string(*options_.from),
                  .why = "the last month must not lie before the first"});
  }
  problems.throw_if_any();
}

std::optional<std::string> PanelOfIncidents::unit_of(const Incident& incident) const {
  const Place& place = incident.place;
  if (options_.by == UnitKind::country || options_.by == UnitKind::province) {
    if (place.country.empty()) return std::nullopt;
    if (options_.by == UnitKind::country) return place.country;
    if (place.admin1.empty()) return std::nullopt;
    return place.country + ": " + place.admin1;
  }
  if (!place.is_located()) return std::nullopt;
  if (options_.by == UnitKind::grid) return std::to_string(geo::prio_grid_cell(*place.coordinates));
  return options_.by == UnitKind::stretch ? stretch_of(*place.coordinates, *options_.border)
                                          : band_of(*place.coordinates, *options_.border);
}

void PanelOfIncidents::add(const Incident& incident) {
  const auto& types = options_.types;
  if (!types.empty() && std::ranges::find(types, incident.type) == types.end()) return;
  const auto unit = unit_of(incident);
  if (!unit) {
    ++left_out_;
    return;
  }
  auto& months = values_[*unit];
  const std::int64_t amount = options_.measure == Measure::deaths ? incident.deaths.best : 1;
  if (options_.allotment != Allotment::days) {
    const Date day = options_.allotment == Allotment::first ? incident.first : incident.last;
    months[Month::of(day)] += amount;
    return;
  }
  Month month = Month::of(incident.first);
  for (const std::int64_t share : share_out(amount, days_by_month(incident))) {
    months[month] += share;
    ++month;
  }
}

std::vector<std::string> PanelOfIncidents::all_units() const {
  std::vector<std::string> units;
  if (options_.by == UnitKind::stretch) {
    for (const geo::Stretch& stretch : options_.border->stretches) units.push_back(stretch.id);
  } else if (options_.by == UnitKind::distance) {
    const auto& edges = options_.border->band_edges_km;
    for (std::size_t i = 1; i < edges.size(); ++i) {
      units.push_back(band_name(edges[i - 1], edges[i]));
    }
  } else {
    for (const auto& [unit, months] : values_) units.push_back(unit);
  }
  return units;
}

Panel PanelOfIncidents::build() const {
  std::optional<Month> first = options_.from;
  std::optional<Month> last = options_.to;
  for (const auto& [unit, months] : values_) {
    if (!options_.from)
      first = std::min(first.value_or(months.begin()->first), months.begin()->first);
    if (!options_.to)
      last = std::max(last.value_or(months.rbegin()->first), months.rbegin()->first);
  }
  if (!first || !last || *last < *first) return {};
  Panel panel(all_units(), *first, static_cast<std::size_t>(*last - *first + 1));
  for (const std::string& unit : panel.units()) {
    const auto series = panel.series(*panel.find(unit));
    std::ranges::fill(series, 0.0);
    const auto months = values_.find(unit);
    if (months == values_.end()) continue;
    for (const auto& [month, value] : months->second) {
      if (month < *first || month > *last) continue;
      series[static_cast<std::size_t>(month - *first)] = static_cast<double>(value);
    }
  }
  return panel;
}

}  // namespace panj::event
