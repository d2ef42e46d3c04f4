// SPDX-License-Identifier: Apache-2.0
#include "panj/share/detail/stix_fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "panj/core/text.h"

namespace panj::share::detail {
namespace {

/// STIX 2.1's domain, relationship and meta objects. Observables are left out: they are about
/// accounts, addresses and machines, many of them of persons.
constexpr auto kTypes = std::to_array<std::string_view>({"attack-pattern",
                                                         "campaign",
                                                         "course-of-action",
                                                         "extension-definition",
                                                         "grouping",
                                                         "identity",
                                                         "incident",
                                                         "indicator",
                                                         "infrastructure",
                                                         "intrusion-set",
                                                         "location",
                                                         "malware",
                                                         "malware-analysis",
                                                         "marking-definition",
                                                         "note",
                                                         "observed-data",
                                                         "opinion",
                                                         "relationship",
                                                         "report",
                                                         "sighting",
                                                         "threat-actor",
                                                         "tool",
                                                         "vulnerability"});

struct RequiredProperty {
  std::string_view type;
  const char* field;
};

/// Beyond what every object has. Of observed data the references: the observables themselves are
/// not exchanged.
constexpr auto kRequired =
    std::to_array<RequiredProperty>({{"attack-pattern", "name"},
                                     {"campaign", "name"},
                                     {"course-of-action", "name"},
                                     {"extension-definition", "name"},
                                     {"extension-definition", "schema"},
                                     {"extension-definition", "version"},
                                     {"extension-definition", "extension_types"},
                                     {"grouping", "context"},
                                     {"grouping", "object_refs"},
                                     {"identity", "name"},
                                     {"incident", "name"},
                                     {"indicator", "pattern"},
                                     {"indicator", "pattern_type"},
                                     {"indicator", "valid_from"},
                                     {"infrastructure", "name"},
                                     {"intrusion-set", "name"},
                                     {"malware", "is_family"},
                                     {"malware-analysis", "product"},
                                     {"note", "content"},
                                     {"note", "object_refs"},
                                     {"observed-data", "first_observed"},
                                     {"observed-data", "last_observed"},
                                     {"observed-data", "number_observed"},
                                     {"observed-data", "object_refs"},
                                     {"opinion", "opinion"},
                                     {"opinion", "object_refs"},
                                     {"relationship", "relationship_type"},
                                     {"relationship", "source_ref"},
                                     {"relationship", "target_ref"},
                                     {"report", "name"},
                                     {"report", "published"},
                                     {"report", "object_refs"},
                                     {"sighting", "sighting_of_ref"},
                                     {"threat-actor", "name"},
                                     {"tool", "name"},
                                     {"vulnerability", "name"}});

}  // namespace

void StixFields::fail(std::string_view field, std::string what, std::string_view why) {
  if (fault_) return;
  fault_ = Problem{.field = std::string(field), .what = std::move(what), .why = std::string(why)};
}

std::string StixFields::text(const char* field) {
  const auto found = json_.find(field);
  if (found == json_.end()) return {};
  if (!found->is_string()) {
    fail(field, "is no text", "must be a string");
    return {};
  }
  return found->get<std::string>();
}

Time StixFields::time(const char* field) {
  const std::string found = text(field);
  const auto time = parse_timestamp(found);
  if (!time || found.find('.') == std::string::npos || found.size() < 24) {
    fail(field, fmt::format("is '{}'", printable(found, 40)),
         "must be a moment such as 2024-11-18T09:30:00.000Z, with 3 to 6 digits after the second");
  }
  return time.value_or(Time{});
}

void StixFields::identify(StixObject& object) {
  object.type = text("type");
  object.id = text("id");
  if (std::ranges::find(kTypes, object.type) == kTypes.end()) {
    fail("type", fmt::format("is '{}'", printable(object.type, 60)),
         "must be a domain, relationship or meta object of STIX 2.1");
  }
  if (text("spec_version") != "2.1") fail("spec_version", "is not 2.1", "must be \"2.1\"");
  if (!is_stix_id(object.id) || type_of_id(object.id) != object.type) {
    fail("id", fmt::format("is '{}'", printable(object.id, 80)), "must be type--UUID");
  }
}

void StixFields::read_times(StixObject& object) {
  object.created = time("created");
  object.modified = object.type == "marking-definition" ? object.created : time("modified");
  if (object.modified < object.created) fail("modified", "is before created", "");
  const auto revoked = json_.find("revoked");
  if (revoked == json_.end()) return;
  if (!revoked->is_boolean()) return fail("revoked", "is not true or false", "");
  object.is_revoked = revoked->get<bool>();
}

void StixFields::read_extensions(StixObject& object) {
  const auto extensions = json_.find("extensions");
  if (extensions == json_.end()) return;
  if (!extensions->is_object() || extensions->empty()) {
    return fail("extensions", "is no object", "must be an object with members, or left out");
  }
  for (const auto& extension : extensions->items()) {
    if (is_stix_id(extension.key())) object.extensions.push_back(extension.key());
  }
}

bool StixFields::has(const char* field) const {
  const auto found = json_.find(field);
  return found != json_.end() && !(found->is_structured() && found->empty()) && !found->is_null();
}

void StixFields::check_required(const StixObject& object) {
  if (object.is_revoked) return;
  for (const RequiredProperty& required : kRequired) {
    if (required.type != object.type || has(required.field)) continue;
    return fail(required.field, "is missing",
                fmt::format("STIX 2.1 demands it of every {}", object.type));
  }
  const bool is_placed = has("region") || has("country") || (has("latitude") && has("longitude"));
  if (object.type == "location" && !is_placed) {
    fail("region", "is missing", "a location has a region, a country, or latitude and longitude");
  }
}

void StixFields::read_creator_and_markings(StixObject& object) {
  object.created_by = text("created_by_ref");
  if (!object.created_by.empty() &&
      (!is_stix_id(object.created_by) || type_of_id(object.created_by) != "identity")) {
    fail("created_by_ref", "is no identity", "must be identity--UUID");
  }
  if (json_.contains("granular_markings")) {
    fail("granular_markings", "marks parts of an object",
         "a redacted object would not match its signature: issue a tear-line object instead");
  }
  const auto markings = json_.find("object_marking_refs");
  if (markings == json_.end()) return;
  if (!markings->is_array() || markings->empty()) {
    return fail("object_marking_refs", "is no list", "must be a list of ids, or left out");
  }
  for (const Json& ref : *markings) {
    if (!ref.is_string() || !is_stix_id(ref.get_ref<const std::string&>()) ||
        type_of_id(ref.get_ref<const std::string&>()) != "marking-definition") {
      return fail("object_marking_refs", "is no marking", "must be marking-definition--UUID");
    }
    object.markings.push_back(ref.get<std::string>());
  }
}

}  // namespace panj::share::detail
