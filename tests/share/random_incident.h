// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <random>
#include <string>

#include "panj/share/incident_stix.h"

namespace panj::share {

/// Any incident that a reader could give.
inline SharedIncident random_incident(std::mt19937& random) {
  const auto below = [&](unsigned n) { return static_cast<int>(random() % n); };
  const auto text = [&] {
    static const char* const texts[] = {"", "Хоруғ", "a \"quoted\" \\ text", "line\nend\x01",
                                        "🏔 top"};
    return std::string(texts[random() % 5]);
  };
  const auto maybe = [&](int value) {
    return below(2) == 0 ? std::optional<std::int32_t>(value) : std::nullopt;
  };
  SharedIncident shared;
  event::Incident& incident = shared.incident;
  shared.stretch = text();
  incident.source = "source" + text();
  incident.source_id = std::to_string(below(1000));
  incident.type = static_cast<event::IncidentType>(below(9));
  incident.first = make_date(1990, 1, 1) + std::chrono::days(below(15000));
  incident.last = incident.first + std::chrono::days(below(40));
  incident.date_precision = static_cast<event::DatePrecision>(below(5));
  incident.place.precision = static_cast<event::PlacePrecision>(below(7));
  incident.place.name = text();
  incident.place.admin1 = text();
  incident.place.admin2 = text();
  incident.place.country = text();
  incident.place.country_id = maybe(below(1000));
  if (below(2) == 0) {
    std::uniform_real_distribution<double> unit(-1.0, 1.0);
    incident.place.coordinates = geo::LonLat{180.0 * unit(random), 90.0 * unit(random)};
  }
  incident.actor_a = text();
  incident.actor_b = text();
  incident.conflict = text();
  incident.note = text();
  incident.deaths.low = below(10);
  incident.deaths.best = incident.deaths.low + below(10);
  incident.deaths.high = incident.deaths.best + below(100000);
  incident.deaths.side_a = maybe(below(5));
  incident.deaths.side_b = maybe(below(5));
  incident.deaths.civilians = maybe(below(5));
  incident.deaths.unknown = maybe(below(5));
  if (below(2) == 0) incident.reliability = static_cast<char>('A' + below(6));
  incident.credibility = maybe(1 + below(6));
  incident.source_count = maybe(below(20));
  return shared;
}

}  // namespace panj::share
