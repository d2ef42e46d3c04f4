// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "panj/core/date.h"
#include "panj/core/problem.h"

namespace panj::app {

/// The date given with `option`, or `fallback` when none was. Throws InvalidInput.
inline Date date_option(std::string_view option, const std::string& text, Date fallback) {
  if (text.empty()) return fallback;
  if (const auto date = parse_date(text)) return *date;
  throw InvalidInput({.field = std::string(option),
                      .what = "'" + text + "' is no date",
                      .why = "must be a date that exists, as YYYY-MM-DD"});
}

}  // namespace panj::app
