// SPDX-License-Identifier: Apache-2.0
#include "panj/share/detail/taxii_query.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "panj/core/text.h"

namespace panj::share::detail {
namespace {

std::set<std::string_view> parameters_of(Endpoint endpoint, std::string_view method) {
  if (method == "DELETE") return {"match[version]", "match[spec_version]"};
  if (method != "GET") return {};
  switch (endpoint) {
    case Endpoint::objects:
    case Endpoint::manifest:
      return {"added_after",        "limit", "next", "match[id]", "match[type]", "match[version]",
              "match[spec_version]"};
    case Endpoint::object:
      return {"added_after", "limit", "next", "match[version]", "match[spec_version]"};
    case Endpoint::versions:
      return {"added_after", "limit", "next", "match[spec_version]"};
    default:
      return {};
  }
}

std::vector<std::string> read_list(const std::string& name, std::string_view text) {
  std::vector<std::string> values;
  for (;;) {
    const std::size_t end = std::min(text.find(','), text.size());
    if (end == 0) throw BadRequest(fmt::format("{} has an empty value", name));
    values.emplace_back(text.substr(0, end));
    if (end == text.size()) return values;
    text.remove_prefix(end + 1);
  }
}

std::size_t read_limit(const std::string& text, std::size_t most) {
  const bool is_number = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
  const bool is_zero = text.find_first_not_of('0') == std::string::npos;
  if (!is_number || is_zero) throw BadRequest("limit must be a whole number above 0");
  std::size_t value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  return result.ec == std::errc{} ? std::min(value, most) : most;
}

/// A moment finer than a microsecond is cut to one: nothing is added in between.
std::string in_microseconds(const std::string& text) {
  constexpr std::size_t kDigits = 6;
  const std::size_t point = text.find('.');
  if (point == std::string::npos) return text;
  const std::size_t end = text.find_first_not_of("0123456789", point + 1);
  if (end == std::string::npos || end <= point + 1 + kDigits) return text;
  return text.substr(0, point + 1 + kDigits) + text.substr(end);
}

Time read_moment(const std::string& text) {
  const auto time = parse_timestamp(in_microseconds(text));
  if (!time) {
    throw BadRequest("added_after must be a timestamp such as 2026-01-01T00:00:00.000000Z");
  }
  return *time;
}

void read_value(const std::string& name, const std::string& value, std::size_t most,
                PageRequest& into) {
  if (name == "added_after") {
    into.query.added_after = read_moment(value);
  } else if (name == "limit") {
    into.limit = read_limit(value, most);
  } else if (name == "next") {
    if (value.empty()) throw BadRequest("next is empty");
    into.next = value;
  } else if (name == "match[id]") {
    into.query.ids = read_list(name, value);
  } else if (name == "match[type]") {
    into.query.types = read_list(name, value);
  } else if (name == "match[version]") {
    into.query.versions = read_list(name, value);
  } else {
    into.query.spec_versions = read_list(name, value);
  }
}

}  // namespace

PageRequest read_query(Endpoint endpoint, std::string_view method,
                       const std::vector<std::pair<std::string, std::string>>& parameters,
                       std::size_t most) {
  const std::set<std::string_view> known = parameters_of(endpoint, method);
  std::set<std::string_view> seen;
  PageRequest request;
  request.limit = std::min(request.limit, most);
  for (const auto& [name, value] : parameters) {
    constexpr std::size_t kShown = 60;
    if (!known.contains(name)) {
      throw BadRequest(fmt::format("there is no parameter '{}' here", printable(name, kShown)));
    }
    if (!seen.insert(name).second) throw BadRequest(fmt::format("{} stands twice", name));
    read_value(name, value, most, request);
  }
  return request;
}

}  // namespace panj::share::detail
