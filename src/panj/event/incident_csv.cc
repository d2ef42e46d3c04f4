// SPDX-License-Identifier: Apache-2.0
#include "panj/event/incident_csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "panj/core/csv.h"

namespace panj::event {
namespace {

template <class Number>
std::string text(const std::optional<Number>& value) {
  return value ? fmt::format("{}", *value) : std::string{};
}

std::string line(const std::vector<std::string>& fields) {
  std::string out;
  for (const std::string& field : fields) {
    if (&field != &fields.front()) out += ',';
    out += csv_quoted(field);
  }
  return out + '\n';
}

}  // namespace

const std::vector<std::string>& panj_columns() {
  static const std::vector<std::string> columns = {"id",
                                                   "date",
                                                   "type",
                                                   "country",
                                                   "deaths_best",
                                                   "date_last",
                                                   "date_precision",
                                                   "source",
                                                   "longitude",
                                                   "latitude",
                                                   "place_precision",
                                                   "place",
                                                   "admin1",
                                                   "admin2",
                                                   "country_id",
                                                   "actor_a",
                                                   "actor_b",
                                                   "actor_a_state",
                                                   "actor_b_state",
                                                   "conflict",
                                                   "deaths_low",
                                                   "deaths_high",
                                                   "deaths_a",
                                                   "deaths_b",
                                                   "deaths_civilians",
                                                   "deaths_unknown",
                                                   "reliability",
                                                   "credibility",
                                                   "clarity",
                                                   "source_count",
                                                   "note"};
  return columns;
}

std::vector<std::string> panj_values(const Incident& incident) {
  const Place& place = incident.place;
  const Deaths& deaths = incident.deaths;
  std::string longitude;
  std::string latitude;
  if (place.coordinates) {
    longitude = fmt::format("{}", place.coordinates->lon);
    latitude = fmt::format("{}", place.coordinates->lat);
  }
  return {incident.source_id,
          to_string(incident.first),
          std::string(name(incident.type)),
          place.country,
          fmt::format("{}", deaths.best),
          to_string(incident.last),
          std::string(name(incident.date_precision)),
          incident.source,
          longitude,
          latitude,
          std::string(name(place.precision)),
          place.name,
          place.admin1,
          place.admin2,
          text(place.country_id),
          incident.actor_a,
          incident.actor_b,
          incident.actor_a_state,
          incident.actor_b_state,
          incident.conflict,
          fmt::format("{}", deaths.low),
          fmt::format("{}", deaths.high),
          text(deaths.side_a),
          text(deaths.side_b),
          text(deaths.civilians),
          text(deaths.unknown),
          text(incident.reliability),
          text(incident.credibility),
          text(incident.clarity),
          text(incident.source_count),
          incident.note};
}

bool is_number_column(std::string_view column) {
  constexpr std::array<std::string_view, 13> kNumbers = {
      "deaths_best", "longitude", "latitude",    "country_id",       "deaths_low",
      "deaths_high", "deaths_a",  "deaths_b",    "deaths_civilians", "deaths_unknown",
      "credibility", "clarity",   "source_count"};
  return std::ranges::find(kNumbers, column) != kNumbers.end();
}

std::string panj_csv_header() {
  return line(panj_columns());
}

std::string to_panj_csv(const Incident& incident) {
  return line(panj_values(incident));
}

}  // namespace panj::event
