// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <charconv>
#include <limits>
#include <optional>
#include <string_view>
#include <system_error>

namespace panj {

inline constexpr double kInfinity = std::numeric_limits<double>::infinity();
/// A value that nobody knows: no record of it. Not a number in arithmetic.
inline constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

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
