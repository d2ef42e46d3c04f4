// SPDX-License-Identifier: Apache-2.0
#include "panj/share/detail/taxii_body.h"

#include <fmt/format.h>

#include "panj/share/detail/media_type.h"

namespace panj::share::detail {
namespace {

/// {"more":…,"next":…,"<list>":[…]}; what is written needs no escapes.
template <class Write>
std::string list_of(const Page& page, std::string_view list, Write&& write) {
  if (page.entries.empty() && !page.has_more) return "{}";
  std::string text = page.has_more ? fmt::format(R"({{"more":true,"next":"{}")", page.next)
                                   : std::string(R"({"more":false)");
  if (!page.entries.empty()) {
    std::size_t bytes = 0;
    for (const PageEntry& entry : page.entries) bytes += entry.body.size() + 1;
    text.reserve(text.size() + bytes + 64);
    text += fmt::format(R"(,"{}":[)", list);
    for (const PageEntry& entry : page.entries) {
      if (text.back() != '[') text.push_back(',');
      write(text, entry);
    }
    text.push_back(']');
  }
  return text + "}";
}

}  // namespace

std::string envelope_of(const Page& page) {
  return list_of(page, "objects",
                 [](std::string& text, const PageEntry& entry) { text += entry.body; });
}

std::string manifest_of(const Page& page) {
  return list_of(page, "objects", [](std::string& text, const PageEntry& entry) {
    text += fmt::format(R"({{"date_added":"{}","id":"{}","media_type":"{}","version":"{}"}})",
                        to_timestamp(entry.date_added), entry.id, kStixType,
                        to_stix_timestamp(entry.version));
  });
}

std::string versions_of(const Page& page) {
  return list_of(page, "versions", [](std::string& text, const PageEntry& entry) {
    text += fmt::format("\"{}\"", to_stix_timestamp(entry.version));
  });
}

Result<std::vector<Json>> read_envelope(std::string_view body, std::size_t max_bytes) {
  const Problem no_envelope{.what = "is no envelope", .why = "must be {\"objects\": […]}"};
  Result<Json> json = parse_json(body, {.max_bytes = max_bytes});
  if (!json) return json.error();
  if (!json->is_object()) return no_envelope;
  Json envelope = std::move(json).value();
  const auto objects = envelope.find("objects");
  if (objects == envelope.end() || !objects->is_array() || objects->empty()) return no_envelope;
  return std::move(objects->get_ref<Json::array_t&>());
}

}  // namespace panj::share::detail
