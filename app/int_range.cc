// SPDX-License-Identifier: Apache-2.0
#include "int_range.h"

#include <fmt/format.h>

#include <optional>
#include <string_view>

#include "panj/core/number.h"
#include "panj/core/problem.h"

namespace panj::app {

IntRange parse_int_range(const std::string& field, const std::string& text, IntRange allowed,
                         const std::string& example) {
  const std::size_t dots = text.find("..");
  const auto first = parse_number<int>(std::string_view(text).substr(0, dots));
  const auto last = dots == std::string::npos
                        ? first
                        : parse_number<int>(std::string_view(text).substr(dots + 2));
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
