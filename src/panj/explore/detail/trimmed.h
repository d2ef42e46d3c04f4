// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace panj::explore::detail {

/// Without the spaces and tabs around it.
inline std::string_view trimmed(std::string_view text) {
  const std::size_t from = text.find_first_not_of(" \t");
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t") - from + 1);
}

}  // namespace panj::explore::detail
