// SPDX-License-Identifier: Apache-2.0
#include "panj/share/stix_object.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "panj/core/text.h"
#include "panj/share/detail/stix_fields.h"

namespace panj::share {
namespace {

constexpr std::size_t kMostReferences = 1000;

/// Why the object is about a private person.
std::optional<Problem> private_person(const StixObject& object, const Json& json) {
  const auto text = [&](const char* field) {
    const auto found = json.find(field);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  constexpr std::array<std::string_view, 4> kClasses = {"group", "organization", "system", "class"};
  if (object.type == "identity") {
    const std::string identity_class = text("identity_class");
    if (std::ranges::find(kClasses, identity_class) == kClasses.end()) {
      return Problem{.field = "identity_class",
                     .what = fmt::format("is '{}'", printable(identity_class, 40)),
                     .why =
                         "must be organization, group, system or class: nothing about private "
                         "persons is exchanged"};
    }
  }
  if (object.type == "identity" && text("identity_class") == "group" &&
      json.contains("contact_information")) {
    return Problem{.field = "contact_information",
                   .what = "says how a group is reached",
                   .why = "that is how persons are; nothing about private persons is exchanged"};
  }
  const bool is_actor = object.type == "threat-actor" || object.type == "intrusion-set";
  if (is_actor && text("resource_level") == "individual") {
    return Problem{.field = "resource_level",
                   .what = "is 'individual'",
                   .why = "nothing about private persons is exchanged"};
  }
  if (object.type == "observed-data" && json.contains("objects")) {
    return Problem{.field = "objects",
                   .what = "holds observables",
                   .why = "accounts and addresses are those of private persons",
                   .suggestion = "say in a note what was observed"};
  }
  if (json.contains("authors")) {
    return Problem{.field = "authors",
                   .what = "names persons",
                   .why = "nothing about private persons is exchanged",
                   .suggestion = "leave it out: created_by_ref says whose it is"};
  }
  return std::nullopt;
}

/// Collects the ids of all *_ref and *_refs, at any depth; false when one is no id. Those of the
/// object's own maker and markings are read elsewhere.
bool collect_refs(const Json& json, StixObject& into, bool is_object_itself) {
  for (auto member = json.begin(); member != json.end(); ++member) {
    const bool is_named = json.is_object();
    const std::string_view name = is_named ? std::string_view(member.key()) : std::string_view{};
    const bool is_list = name.ends_with("_refs");
    const bool is_read = name == "object_marking_refs" || name == "created_by_ref";
    if (is_object_itself && is_read) continue;
    if (is_list || name.ends_with("_ref")) {
      const Json list = is_list ? *member : Json::array({*member});
      if (!list.is_array()) return false;
      for (const Json& ref : list) {
        if (!ref.is_string() || !is_stix_id(ref.get_ref<const std::string&>())) return false;
        into.refers_to.push_back(ref.get<std::string>());
      }
    } else if (member->is_structured() && !collect_refs(*member, into, false)) {
      return false;
    }
  }
  return true;
}

std::optional<Problem> read_refs(const Json& json, StixObject& into) {
  if (!collect_refs(json, into, true)) {
    return Problem{.field = "*_ref", .what = "is no STIX id", .why = "must be type--UUID"};
  }
  std::ranges::sort(into.refers_to);
  into.refers_to.erase(std::unique(into.refers_to.begin(), into.refers_to.end()),
                       into.refers_to.end());
  if (into.refers_to.size() > kMostReferences) {
    return Problem{.field = "*_refs",
                   .what = fmt::format("refers to {} objects", into.refers_to.size()),
                   .why = fmt::format("at most {}", kMostReferences)};
  }
  return std::nullopt;
}

}  // namespace

Result<StixObject> read_stored_object(const Json& json) {
  if (!json.is_object()) return Problem{.what = "is no object", .why = "must be a STIX object"};
  StixObject object;
  detail::StixFields fields(json);
  fields.identify(object);
  fields.read_times(object);
  fields.read_creator_and_markings(object);
  fields.read_extensions(object);
  if (const auto& fault = fields.fault()) return *fault;
  if (const auto fault = read_refs(json, object)) return *fault;
  return object;
}

Result<StixObject> read_stix_object(const Json& json) {
  Result<StixObject> object = read_stored_object(json);
  if (!object) return object;
  if (const auto person = private_person(*object, json)) return *person;
  detail::StixFields fields(json);
  fields.check_required(*object);
  if (const auto& fault = fields.fault()) return *fault;
  return object;
}

bool is_stix_id(std::string_view text) {
  constexpr std::size_t kUuid = 36;
  constexpr std::size_t kLongestType = 250;
  const std::size_t dashes = text.find("--");
  if (dashes == std::string_view::npos || dashes < 3 || dashes > kLongestType ||
      text.size() != dashes + 2 + kUuid) {
    return false;
  }
  const bool type_is_right = std::ranges::all_of(text.substr(0, dashes), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
  const std::string_view uuid = text.substr(dashes + 2);
  for (std::size_t i = 0; i < kUuid; ++i) {
    const char c = uuid[i];
    const bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;
    const bool is_hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    if (is_dash ? c != '-' : !is_hex) return false;
  }
  const bool version_is_right = uuid[14] >= '1' && uuid[14] <= '5';
  const bool variant_is_right =
      uuid[19] == '8' || uuid[19] == '9' || uuid[19] == 'a' || uuid[19] == 'b';
  return type_is_right && text[0] >= 'a' && version_is_right && variant_is_right;
}

std::string_view type_of_id(std::string_view id) {
  return id.substr(0, id.find("--"));
}

}  // namespace panj::share
