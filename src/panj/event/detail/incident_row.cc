// SPDX-License-Identifier: Apache-2.0
#include "panj/event/detail/incident_row.h"

#include "panj/core/problem.h"
#include "panj/event/detail/geopackage.h"

namespace panj::event::detail {
namespace {

void bind_text(Statement& statement, int index, const std::string& text) {
  if (text.empty()) {
    statement.bind_null(index);
  } else {
    statement.bind(index, text);
  }
}

/// Texts written by hand into the store may be wrong: that is damage, not a bug.
template <class Value>
Value known(std::optional<Value> value, std::string_view text) {
  if (value) return *value;
  throw InvalidInput({.field = "events.gpkg",
                      .what = "holds the value '" + std::string(text) + "'",
                      .why = "Panj does not know it"});
}

}  // namespace

const std::string_view kVersionColumns =
    "geom,source,source_id,type,date_first,date_last,date_precision,place,place_precision,admin1,"
    "admin2,country,country_id,actor_a,actor_b,actor_a_state,actor_b_state,conflict,deaths_low,"
    "deaths_best,deaths_high,deaths_a,deaths_b,deaths_civilians,deaths_unknown,reliability,"
    "credibility,clarity,source_count,note,"
    "longitude,latitude,known_on,ingest_id,file_row,digest";

std::string version_parameters() {
  std::string text = "?";
  for (int i = 1; i < kVersionColumnCount; ++i) text += ",?";
  return text;
}

void run_with_version(Statement& statement, const Incident& incident, const VersionInfo& info) {
  const Place& place = incident.place;
  const PointBlob point(place.coordinates.value_or(geo::LonLat{}));
  const std::string first = to_string(incident.first);
  const std::string last = incident.last == incident.first ? first : to_string(incident.last);
  const char reliability = incident.reliability.value_or(' ');
  if (place.coordinates) {
    statement.bind_blob(0, point.bytes());
    statement.bind(30, place.coordinates->lon);
    statement.bind(31, place.coordinates->lat);
  } else {
    for (const int index : {0, 30, 31}) statement.bind_null(index);
  }
  statement.bind(1, incident.source);
  statement.bind(2, incident.source_id);
  statement.bind(3, name(incident.type));
  statement.bind(4, first);
  statement.bind(5, last);
  statement.bind(6, name(incident.date_precision));
  bind_text(statement, 7, place.name);
  statement.bind(8, name(place.precision));
  bind_text(statement, 9, place.admin1);
  bind_text(statement, 10, place.admin2);
  bind_text(statement, 11, place.country);
  statement.bind(12, place.country_id);
  bind_text(statement, 13, incident.actor_a);
  bind_text(statement, 14, incident.actor_b);
  bind_text(statement, 15, incident.actor_a_state);
  bind_text(statement, 16, incident.actor_b_state);
  bind_text(statement, 17, incident.conflict);
  const Deaths& deaths = incident.deaths;
  statement.bind(18, std::int64_t{deaths.low});
  statement.bind(19, std::int64_t{deaths.best});
  statement.bind(20, std::int64_t{deaths.high});
  statement.bind(21, deaths.side_a);
  statement.bind(22, deaths.side_b);
  statement.bind(23, deaths.civilians);
  statement.bind(24, deaths.unknown);
  if (incident.reliability) {
    statement.bind(25, std::string_view(&reliability, 1));
  } else {
    statement.bind_null(25);
  }
  statement.bind(26, incident.credibility);
  statement.bind(27, incident.clarity);
  statement.bind(28, incident.source_count);
  bind_text(statement, 29, incident.note);
  statement.bind(32, info.known_on);
  statement.bind(33, info.ingest_id);
  statement.bind(34, info.row);
  statement.bind(35, info.digest);
  statement.run();
}

void run_with_version(Statement& statement, const Incident& incident, const VersionInfo& info,
                      std::int64_t fid) {
  statement.bind(kVersionColumnCount, fid);
  run_with_version(statement, incident, info);
}

void read_incident(const Statement& row, Incident& incident) {
  Place& place = incident.place;
  incident.source = row.text(1);
  incident.source_id = row.text(2);
  incident.type = known(parse_incident_type(row.text(3)), row.text(3));
  incident.first = known(parse_date(row.text(4)), row.text(4));
  incident.last = known(parse_date(row.text(5)), row.text(5));
  incident.date_precision = known(parse_date_precision(row.text(6)), row.text(6));
  place.name = row.text(7);
  place.precision = known(parse_place_precision(row.text(8)), row.text(8));
  place.admin1 = row.text(9);
  place.admin2 = row.text(10);
  place.country = row.text(11);
  place.country_id = row.optional_integer(12);
  incident.actor_a = row.text(13);
  incident.actor_b = row.text(14);
  incident.actor_a_state = row.text(15);
  incident.actor_b_state = row.text(16);
  incident.conflict = row.text(17);
  incident.deaths = {.low = static_cast<std::int32_t>(row.integer(18)),
                     .best = static_cast<std::int32_t>(row.integer(19)),
                     .high = static_cast<std::int32_t>(row.integer(20)),
                     .side_a = row.optional_integer(21),
                     .side_b = row.optional_integer(22),
                     .civilians = row.optional_integer(23),
                     .unknown = row.optional_integer(24)};
  incident.reliability.reset();
  if (!row.text(25).empty()) incident.reliability = row.text(25).front();
  incident.credibility = row.optional_integer(26);
  incident.clarity = row.optional_integer(27);
  incident.source_count = row.optional_integer(28);
  incident.note = row.text(29);
  place.coordinates.reset();
  if (!row.is_null(30)) place.coordinates = geo::LonLat{row.number(30), row.number(31)};
}

}  // namespace panj::event::detail
