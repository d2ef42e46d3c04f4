// SPDX-License-Identifier: Apache-2.0
#include "panj/share/detail/media_type.h"

#include <algorithm>
#include <cctype>
#include <string>
#include <vector>

#include "panj/core/text.h"

namespace panj::share::detail {
namespace {

std::string trimmed_lower(std::string_view text) {
  std::string lower(trimmed(text));
  std::ranges::transform(lower, lower.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower;
}

std::vector<std::string> parts(std::string_view text, char separator) {
  std::vector<std::string> found;
  for (;;) {
    const std::size_t end = std::min(text.find(separator), text.size());
    found.push_back(trimmed_lower(text.substr(0, end)));
    if (end == text.size()) return found;
    text.remove_prefix(end + 1);
  }
}

struct MediaRange {
  std::string type{};
  bool has_another_version = false;
  bool is_refused = false;  ///< q=0
};

MediaRange read_range(std::string_view text) {
  const std::vector<std::string> all = parts(text, ';');
  MediaRange range{.type = all.front()};
  for (std::size_t i = 1; i < all.size(); ++i) {
    const std::vector<std::string> pair = parts(all[i], '=');
    if (pair.size() != 2) continue;
    std::string value = pair[1];
    std::erase(value, '"');
    if (pair[0] == "version" && value != "2.1") range.has_another_version = true;
    if (pair[0] == "q" && value.find_first_not_of("0.") == std::string::npos) {
      range.is_refused = true;
    }
  }
  return range;
}

constexpr std::string_view kType = "application/taxii+json";

}  // namespace

bool accepts_taxii(std::string_view accept) {
  if (trimmed_lower(accept).empty()) return true;
  return std::ranges::any_of(parts(accept, ','), [](const std::string& part) {
    const MediaRange range = read_range(part);
    const bool is_for_us =
        range.type == kType || range.type == "application/*" || range.type == "*/*";
    return is_for_us && !range.is_refused && !range.has_another_version;
  });
}

bool is_taxii(std::string_view content_type) {
  const MediaRange range = read_range(content_type);
  return range.type == kType && !range.has_another_version;
}

}  // namespace panj::share::detail
