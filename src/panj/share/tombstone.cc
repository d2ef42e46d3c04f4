// SPDX-License-Identifier: Apache-2.0
#include "panj/share/tombstone.h"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "panj/share/marking.h"
#include "panj/share/signed_version.h"

namespace panj::share {
namespace {

constexpr const char* kRecalled = "(recalled)";

/// The texts that STIX 2.1 demands of each type. What it demands beyond texts is kept.
const std::vector<std::string>& required_texts(const std::string& type) {
  static const std::map<std::string, std::vector<std::string>> texts = {
      {"attack-pattern", {"name"}},   {"campaign", {"name"}},
      {"course-of-action", {"name"}}, {"extension-definition", {"name", "schema"}},
      {"grouping", {"context"}},      {"identity", {"name"}},
      {"incident", {"name"}},         {"infrastructure", {"name"}},
      {"intrusion-set", {"name"}},    {"malware-analysis", {"product"}},
      {"note", {"content"}},          {"report", {"name"}},
      {"threat-actor", {"name"}},     {"tool", {"name"}},
      {"vulnerability", {"name"}}};
  static const std::vector<std::string> none;
  const auto found = texts.find(type);
  return found == texts.end() ? none : found->second;
}

/// What is needed of the last version: identity, references, and values that are no content.
constexpr auto kKept = std::to_array<const char*>(
    {"type", "spec_version", "id", "created", "created_by_ref", "object_marking_refs",
     "identity_class", "relationship_type", "source_ref", "target_ref", "sighting_of_ref",
     "object_refs", "is_family"});

/// What some types demand and cannot be left out or emptied.
void fill_in(Json& tombstone, const std::string& type, const Json& last) {
  if (type == "location") tombstone["region"] = kRecalled;
  if (type == "opinion") tombstone["opinion"] = "neutral";
  if (type == "report") tombstone["published"] = last.value("published", last["created"]);
  if (type == "extension-definition") {
    tombstone["version"] = "1.0";
    tombstone["extension_types"] = {"property-extension"};
  }
  if (type == "indicator") {
    tombstone["pattern"] = "[x-recalled:value = 1]";
    tombstone["pattern_type"] = "stix";
    tombstone["valid_from"] = last["created"];
  }
  if (type == "observed-data") {
    for (const char* field : {"first_observed", "last_observed"})
      tombstone[field] = last["created"];
    tombstone["number_observed"] = 1;
    if (last.contains("object_refs")) return;
    tombstone["object_refs"] = {last["id"]};
  }
}

Time after(const Json& last, Time time) {
  const auto modified = parse_timestamp(last.value("modified", ""));
  const Time whole = std::chrono::floor<std::chrono::milliseconds>(time);
  return modified && *modified >= whole ? *modified + std::chrono::milliseconds(1) : whole;
}

}  // namespace

Json make_tombstone(const Json& last, Time time, const SigningKey& key) {
  Json tombstone = Json::object();
  for (const char* field : kKept) {
    if (last.contains(field)) tombstone[field] = last[field];
  }
  const auto type = last["type"].get<std::string>();
  for (const std::string& field : required_texts(type)) tombstone[field] = kRecalled;
  fill_in(tombstone, type, last);
  tombstone["modified"] = to_stix_timestamp(after(last, time));
  tombstone["revoked"] = true;
  return sign_object(std::move(tombstone), key);
}

Label receipt_label(const std::string& originator) {
  return {.level = Level::amber, .release_to = {originator}};
}

Json make_receipt(const std::string& recalled, const std::string& originator, Time time,
                  const SigningKey& key) {
  const std::string text =
      to_string(key.public_key()) + "\n" + recalled + "\n" + to_timestamp(time);
  const std::string now_text = to_millisecond_timestamp(time);
  Json note = {{"type", "note"},
               {"spec_version", "2.1"},
               {"id", id_from_digest("note", sha256_bytes("panj-receipt-1\n" + text))},
               {"created_by_ref", identity_of(key.public_key())},
               {"created", now_text},
               {"modified", now_text},
               {"content", "The recall was received and carried out."},
               {"object_refs", {recalled}},
               {"object_marking_refs", marking_refs(receipt_label(originator))}};
  note["extensions"][std::string(kReceiptExtension)] = {{"extension_type", "property-extension"},
                                                        {"receipt_for", recalled}};
  return sign_object(std::move(note), key);
}

std::optional<std::string> receipt_for(const Json& object) {
  const auto extensions = object.find("extensions");
  if (extensions == object.end() || !extensions->is_object()) return std::nullopt;
  const auto receipt = extensions->find(std::string(kReceiptExtension));
  if (receipt == extensions->end() || !receipt->is_object()) return std::nullopt;
  const auto id = receipt->find("receipt_for");
  if (id == receipt->end() || !id->is_string()) return std::nullopt;
  return id->get<std::string>();
}

}  // namespace panj::share
