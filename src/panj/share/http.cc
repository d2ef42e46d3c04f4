// SPDX-License-Identifier: Apache-2.0
#include "panj/share/http.h"

#include <algorithm>
#include <cctype>

namespace panj::share {
namespace {

bool is_same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(
      a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

}  // namespace

std::string HttpHeaders::get(std::string_view name) const {
  std::string value;
  for (const auto& [header, text] : all) {
    if (!is_same_name(header, name)) continue;
    if (!value.empty()) value += ", ";
    value += text;
  }
  return value;
}

std::size_t HttpHeaders::count(std::string_view name) const {
  return static_cast<std::size_t>(std::ranges::count_if(
      all, [&](const auto& header) { return is_same_name(header.first, name); }));
}

}  // namespace panj::share
