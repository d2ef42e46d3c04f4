// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "panj/core/date.h"

namespace panj::app {

/// For an option that holds a date: `option->check(is_date())`. Another text is wrong use of the
/// command line.
inline CLI::Validator is_date() {
  return {[](std::string& text) -> std::string {
            const auto date = parse_date(text);
            if (!date) return "'" + text + "' is no date (must be one that exists, as YYYY-MM-DD)";
            return is_plausible(*date) ? "" : "is " + text + " (" + plausible_years() + ")";
          },
          ""};
}

/// The same for a month.
inline CLI::Validator is_month() {
  return {[](std::string& text) -> std::string {
            const auto month = parse_month(text);
            if (!month) return "'" + text + "' is no month (must be YYYY-MM)";
            return is_plausible_year(month->year()) ? ""
                                                    : "is " + text + " (" + plausible_years() + ")";
          },
          ""};
}

/// What an option that is_date() holds, or `fallback` when it was not given.
inline Date date_option(const std::string& checked, Date fallback) {
  return parse_date(checked).value_or(fallback);
}

/// What an option that is_month() holds; nothing when it was not given.
inline std::optional<Month> month_option(const std::string& checked) {
  return parse_month(checked);
}

}  // namespace panj::app
