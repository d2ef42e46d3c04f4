// SPDX-License-Identifier: Apache-2.0
#include "panj/share/incident_stix.h"

#include <fmt/format.h>

#include <array>

#include "panj/share/detail/extension_fields.h"
#include "panj/share/detail/secret_id.h"
#include "panj/share/extensions.h"

namespace panj::share {
namespace {

using detail::ExtensionFields;
using detail::put;
using event::Deaths;
using event::Incident;
using event::Place;

Json place_json(const Place& place) {
  Json json = {{"precision", name(place.precision)}};
  if (place.coordinates) {
    json["longitude"] = place.coordinates->lon;
    json["latitude"] = place.coordinates->lat;
  }
  put(json, "name", place.name);
  put(json, "admin1", place.admin1);
  put(json, "admin2", place.admin2);
  put(json, "country", place.country);
  put(json, "country_id", place.country_id);
  return json;
}

Json deaths_json(const Deaths& deaths) {
  Json json = {{"low", deaths.low}, {"best", deaths.best}, {"high", deaths.high}};
  put(json, "side_a", deaths.side_a);
  put(json, "side_b", deaths.side_b);
  put(json, "civilians", deaths.civilians);
  put(json, "unknown", deaths.unknown);
  return json;
}

Json extension_of(const SharedIncident& shared) {
  const Incident& incident = shared.incident;
  Json json = {{"extension_type", "property-extension"},
               {"source", incident.source},
               {"source_id", incident.source_id},
               {"incident_type", name(incident.type)},
               {"first_day", panj::to_string(incident.first)},
               {"last_day", panj::to_string(incident.last)},
               {"date_precision", name(incident.date_precision)},
               {"place", place_json(incident.place)},
               {"deaths", deaths_json(incident.deaths)}};
  put(json, "stretch", shared.stretch);
  put(json, "actor_a", incident.actor_a);
  put(json, "actor_b", incident.actor_b);
  put(json, "conflict", incident.conflict);
  put(json, "note", incident.note);
  put(json, "credibility", incident.credibility);
  put(json, "source_count", incident.source_count);
  if (incident.reliability) json["reliability"] = std::string(1, *incident.reliability);
  return json;
}

/// "Armed attack, Khatlon, 2024-11-18".
std::string title(const Incident& incident) {
  std::string text(name(incident.type));
  for (char& c : text) c = c == '_' ? ' ' : c;
  text[0] = static_cast<char>(text[0] - 'a' + 'A');
  for (const std::string* part :
       {&incident.place.name, &incident.place.admin1, &incident.place.country}) {
    if (part->empty()) continue;
    text += ", " + *part;
    break;
  }
  return text + ", " + panj::to_string(incident.first);
}

/// Nothing when STIX could not say where it is.
std::optional<Json> location_of(const Incident& incident, const std::string& id) {
  const Place& place = incident.place;
  if (!place.coordinates && place.country.empty()) return std::nullopt;
  Json json = {{"type", "location"}, {"spec_version", "2.1"}, {"id", id}};
  put(json, "name", place.name);
  put(json, "country", place.country);
  put(json, "administrative_area", place.admin1);
  if (place.coordinates) {
    json["longitude"] = place.coordinates->lon;
    json["latitude"] = place.coordinates->lat;
    constexpr int kNearMetres = 25'000;
    if (place.precision == event::PlacePrecision::near) json["precision"] = kNearMetres;
  }
  return json;
}

Place read_place(ExtensionFields fields) {
  Place place;
  place.name = fields.text("name");
  place.admin1 = fields.text("admin1");
  place.admin2 = fields.text("admin2");
  place.country = fields.text("country");
  place.country_id = fields.optional_integer("country_id");
  place.precision = fields.named("precision", &event::parse_place_precision);
  const auto longitude = fields.optional_number("longitude", -180.0, 180.0);
  const auto latitude = fields.optional_number("latitude", -90.0, 90.0);
  if (longitude.has_value() != latitude.has_value()) {
    fields.fail("longitude", "must come with a latitude");
  }
  if (longitude && latitude) place.coordinates = geo::LonLat{*longitude, *latitude};
  return place;
}

Deaths read_deaths(ExtensionFields fields) {
  Deaths deaths{.low = fields.integer("low"),
                .best = fields.integer("best"),
                .high = fields.integer("high"),
                .side_a = fields.optional_integer("side_a"),
                .side_b = fields.optional_integer("side_b"),
                .civilians = fields.optional_integer("civilians"),
                .unknown = fields.optional_integer("unknown")};
  const bool is_in_order =
      0 <= deaths.low && deaths.low <= deaths.best && deaths.best <= deaths.high;
  if (!is_in_order) fields.fail("best", "must lie between low and high, none below 0");
  return deaths;
}

std::optional<char> read_reliability(ExtensionFields& fields) {
  const std::string text = fields.text("reliability");
  if (text.empty()) return std::nullopt;
  if (text.size() == 1 && text[0] >= 'A' && text[0] <= 'F') return text[0];
  fields.fail("reliability", "must be a letter from A to F");
  return std::nullopt;
}

}  // namespace

std::optional<int> confidence_of(std::optional<std::int32_t> credibility) {
  constexpr std::array<int, 5> kConfidence = {90, 70, 50, 30, 10};
  if (!credibility || *credibility < 1 || *credibility > 5) return std::nullopt;
  return kConfidence.at(static_cast<std::size_t>(*credibility) - 1);
}

std::vector<Json> to_stix(const SharedIncident& shared, const SecretKey& ids) {
  const Incident& incident = shared.incident;
  const std::string key = incident.source + "\n" + incident.source_id;
  std::vector<Json> objects;
  Json extension = extension_of(shared);
  if (auto location = location_of(incident, detail::secret_id(ids, "location", key))) {
    extension["location_ref"] = (*location)["id"];
    objects.push_back(*std::move(location));
  }
  Json object = {{"type", "incident"},
                 {"spec_version", "2.1"},
                 {"id", detail::secret_id(ids, "incident", key)},
                 {"name", title(incident)},
                 {"labels", {name(incident.type)}}};
  put(object, "description", incident.note);
  if (const auto confidence = confidence_of(incident.credibility)) {
    object["confidence"] = *confidence;
  }
  object["extensions"][std::string(kIncidentExtension)] = std::move(extension);
  objects.push_back(std::move(object));
  return objects;
}

Result<SharedIncident> read_incident(const Json& object) {
  std::optional<Problem> fault;
  ExtensionFields fields = ExtensionFields::of(object, kIncidentExtension, fault);
  SharedIncident shared;
  Incident& incident = shared.incident;
  shared.stretch = fields.text("stretch");
  incident.source = fields.required_text("source");
  incident.source_id = fields.required_text("source_id");
  incident.type = fields.named("incident_type", &event::parse_incident_type);
  incident.first = fields.day("first_day");
  incident.last = fields.day("last_day");
  if (incident.last < incident.first) fields.fail("last_day", "must not be before first_day");
  incident.date_precision = fields.named("date_precision", &event::parse_date_precision);
  incident.place = read_place(fields.within("place"));
  incident.deaths = read_deaths(fields.within("deaths"));
  incident.actor_a = fields.text("actor_a");
  incident.actor_b = fields.text("actor_b");
  incident.conflict = fields.text("conflict");
  incident.note = fields.text("note");
  incident.reliability = read_reliability(fields);
  incident.credibility = fields.optional_integer("credibility");
  incident.source_count = fields.optional_integer("source_count");
  if (fault) return *fault;
  return shared;
}

}  // namespace panj::share
