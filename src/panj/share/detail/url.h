// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace panj::share::detail {

/// A request's target, decoded.
struct Target {
  std::vector<std::string>
      path{};  ///< segments without the slashes; a last slash counts for nothing
  std::vector<std::pair<std::string, std::string>> query{};  ///< names and values in their order
};

/// Nothing when it does not begin with a slash, an escape is wrong, or what it stands for is no
/// UTF-8 or holds a control character.
std::optional<Target> parse_target(std::string_view target);

/// Everything but letters, digits, and -._~ as %XX.
std::string percent_encode(std::string_view text);

/// `reference` seen from `base` (RFC 3986) as far as servers use it: another URL, a path from the
/// root, or one from where `base` ends.
std::string resolve_url(const std::string& base, const std::string& reference);

}  // namespace panj::share::detail
