// SPDX-License-Identifier: Apache-2.0
#include "number_in.h"

#include <fmt/format.h>

#include <string>

#include "panj/core/number.h"

namespace panj::app {

CLI::Validator number_in(double low, double high) {
  const auto check = [low, high](const std::string& text) -> std::string {
    const auto number = parse_number<double>(text);
    if (number && low <= *number && *number <= high) return "";
    return fmt::format("{} is not a number from {} to {}", text, low, high);
  };
  return {check, fmt::format("in [{}, {}]", low, high)};
}

}  // namespace panj::app
