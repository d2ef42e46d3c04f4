// SPDX-License-Identifier: Apache-2.0
#include "int_range.h"

#include <fmt/format.h>

#include <optional>
#include <string_view>
#include <utility>

#include "panj/core/number.h"

namespace panj::app {
namespace {

std::optional<IntRange> read_range(std::string_view text) {
  const std::size_t dots = text.find("..");
  const auto first = parse_number<int>(text.substr(0, dots));
  const auto last =
      dots == std::string_view::npos ? first : parse_number<int>(text.substr(dots + 2));
  if (!first || !last || *first > *last) return std::nullopt;
  return IntRange{*first, *last};
}

}  // namespace

CLI::Validator is_int_range(IntRange allowed, std::string example) {
  return {[allowed, example = std::move(example)](std::string& text) -> std::string {
            const auto range = read_range(text);
            if (range && range->first >= allowed.first && range->last <= allowed.last) return {};
            return fmt::format(
                "'{}' is no range (must be one number or FIRST..LAST, from {} to {}); "
                "write for example {}",
                text, allowed.first, allowed.last, example);
          },
          ""};
}

IntRange int_range_option(const std::string& checked) {
  return read_range(checked).value();
}

}  // namespace panj::app
