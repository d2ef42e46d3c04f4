// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace panj::share::detail {

struct StringEnd {
  std::size_t at = 0;        ///< after the closing quote, or where the fault is
  std::string_view fault{};  ///< empty when the string is right
};

/// Reads the JSON string whose opening quote stands at `at` of valid UTF-8 text.
StringEnd read_json_string(std::string_view text, std::size_t at, std::string& into);

}  // namespace panj::share::detail
