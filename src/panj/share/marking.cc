// SPDX-License-Identifier: Apache-2.0
#include "panj/share/marking.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "panj/share/canonical.h"
#include "panj/share/keys.h"

namespace panj::share {
namespace {

constexpr std::string_view kTlpExtension =
    "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";
constexpr std::string_view kMarkingMade = "2026-01-01T00:00:00.000Z";

struct TlpOne {
  std::string_view id;
  Level level;
};
constexpr std::array<TlpOne, 4> kTlpOne = {{
    {"marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9", Level::clear},
    {"marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da", Level::green},
    {"marking-definition--f88d31f6-486f-44da-b317-01333bde0b82", Level::amber},
    {"marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed", Level::red},
}};

const std::array<std::string, 5>& tlp_two() {
  static const std::array<std::string, 5> ids = {
      "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
      "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
      "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
      "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
      "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1"};
  return ids;
}

std::optional<Level> tlp_level(const std::string& id) {
  const auto* const two = std::ranges::find(tlp_two(), id);
  if (two != tlp_two().end()) return static_cast<Level>(two - tlp_two().begin());
  const auto* const one = std::ranges::find(kTlpOne, id, &TlpOne::id);
  if (one != kTlpOne.end()) return one->level;
  return std::nullopt;
}

std::string tlp_name(Level level) {
  std::string text = fmt::format("TLP:{}", name(level));
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

/// Empty lists are left out, as STIX wants it.
Json label_properties(const Label& label) {
  Json json = {{"extension_type", "property-extension"},
               {"level", name(label.level)},
               {"originator_control", label.onward == OnwardRelease::originator_only}};
  if (!label.caveats.empty()) json["caveats"] = label.caveats;
  if (!label.release_to.empty()) json["release_to"] = label.release_to;
  return json;
}

std::string label_marking_id(const Json& properties) {
  return id_from_digest("marking-definition",
                        sha256_bytes("panj-label-1\n" + canonical_json(properties)));
}

/// The strings of a list; nothing when it is something else.
std::optional<std::set<std::string>> string_set(const Json& properties, const char* field) {
  std::set<std::string> strings;
  const auto found = properties.find(field);
  if (found == properties.end()) return strings;
  if (!found->is_array() ||
      !std::ranges::all_of(*found, [](const Json& item) { return item.is_string(); })) {
    return std::nullopt;
  }
  for (const Json& item : *found) strings.insert(item.get<std::string>());
  return strings;
}

std::optional<Label> read_label(const Json& properties) {
  if (!properties.is_object()) return std::nullopt;
  const auto level = properties.find("level");
  const auto control = properties.find("originator_control");
  if (level == properties.end() || !level->is_string()) return std::nullopt;
  if (control == properties.end() || !control->is_boolean()) return std::nullopt;
  const auto known_level = parse_level(level->get_ref<const std::string&>());
  const auto caveats = string_set(properties, "caveats");
  const auto release_to = string_set(properties, "release_to");
  if (!known_level || !caveats || !release_to) return std::nullopt;
  return Label{
      .level = *known_level,
      .caveats = *caveats,
      .release_to = *release_to,
      .onward = control->get<bool>() ? OnwardRelease::originator_only : OnwardRelease::allowed};
}

}  // namespace

const std::string& tlp_marking_id(Level level) {
  return tlp_two().at(static_cast<std::size_t>(level));
}

Json tlp_marking(Level level) {
  return {{"type", "marking-definition"},
          {"spec_version", "2.1"},
          {"id", tlp_marking_id(level)},
          {"created", "2022-10-01T00:00:00.000Z"},
          {"name", tlp_name(level)},
          {"extensions",
           {{std::string(kTlpExtension),
             {{"extension_type", "property-extension"}, {"tlp_2_0", name(level)}}}}}};
}

Json label_marking(const Label& label) {
  const Json properties = label_properties(label);
  return {{"type", "marking-definition"},
          {"spec_version", "2.1"},
          {"id", label_marking_id(properties)},
          {"created", kMarkingMade},
          {"name", to_string(label)},
          {"extensions", {{std::string(kLabelExtension), properties}}}};
}

std::vector<std::string> marking_refs(const Label& label) {
  return {tlp_marking_id(label.level), label_marking_id(label_properties(label))};
}

std::optional<Label> label_of_marking(const Json& marking) {
  const auto extensions = marking.find("extensions");
  if (extensions == marking.end() || !extensions->is_object()) return std::nullopt;
  const auto properties = extensions->find(std::string(kLabelExtension));
  if (properties == extensions->end()) return std::nullopt;
  std::optional<Label> label = read_label(*properties);
  // Whatever else the marking says, it must be, to the byte, the one that the label makes.
  if (!label || label_marking(*label) != marking) return std::nullopt;
  return label;
}

Label label_of_markings(std::span<const std::string> refs,
                        const std::function<std::optional<Label>(const std::string&)>& find) {
  std::optional<Label> joined;
  Level level = Level::clear;
  for (const std::string& ref : refs) {
    if (const auto tlp = tlp_level(ref)) {
      level = std::max(level, *tlp);
      continue;
    }
    const std::optional<Label> label = find(ref);
    if (!label) return Label::originator_only();
    joined = joined ? join(*joined, *label) : *label;
  }
  if (!joined) return Label::originator_only();
  joined->level = std::max(joined->level, level);
  return *joined;
}

}  // namespace panj::share
