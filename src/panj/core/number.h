// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>

namespace panj {

/// The number that a text is as a whole, whatever the locale: no spaces, no sign '+', nothing after
/// it. Nothing when it is not one, or does not fit the type. Reads "nan" and "inf" as
/// std::from_chars does.
///
///     parse_number<int>("12")   // 12
///     parse_number<int>("12a")  // nothing
template <class Number>
std::optional<Number> parse_number(std::string_view text) {
  Number number{};
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return number;
}

}  // namespace panj
