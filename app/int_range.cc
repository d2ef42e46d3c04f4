// SPDX-License-Identifier: Apache-2.0
#include "int_range.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <string_view>

#include "panj/core/problem.h"

namespace panj::app {
namespace {

std::optional<int> parse_int(std::string_view text) {
  int number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return number;
}

}  // namespace

IntRange parse_int_range(const std::string& field, const std::string& text, IntRange allowed,
                         const std::string& example) {
  const std::size_t dots = text.find("..");
  const auto first = parse_int(std::string_view(text).substr(0, dots));
  const auto last =
      dots == std::string::npos ? first : parse_int(std::string_view(text).substr(dots + 2));
  if (!first || !last || *first > *last || *first < allowed.first || *last > allowed.last) {
    throw InvalidInput(
        Problem{.field = field,
                .what = fmt::format("is '{}'", text),
                .why = fmt::format("must be one number or FIRST..LAST, from {} to {}",
                                   allowed.first, allowed.last),
                .suggestion = "write for example " + example});
  }
  return {*first, *last};
}

}  // namespace panj::app
