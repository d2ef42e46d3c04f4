// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "panj/core/date.h"
#include "panj/core/problem.h"

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

/// The date given with `option`, or `fallback` when none was. Throws InvalidInput.
inline Date date_option(std::string_view option, const std::string& text, Date fallback) {
  if (text.empty()) return fallback;
  if (const auto date = parse_date(text)) return *date;
  throw InvalidInput({.field = std::string(option),
                      .what = "'" + text + "' is no date",
                      .why = "must be a date that exists, as YYYY-MM-DD"});
}

/// The month given with `option`; nothing when none was. Throws InvalidInput, with a suggestion
/// where there is one.
inline std::optional<Month> month_option(std::string_view option, const std::string& text,
                                         std::string suggestion = "") {
  if (text.empty()) return std::nullopt;
  if (const auto month = parse_month(text)) return month;
  throw InvalidInput({.field = std::string(option),
                      .what = "'" + text + "' is not a month",
                      .why = "must be YYYY-MM",
                      .suggestion = std::move(suggestion)});
}

}  // namespace panj::app
