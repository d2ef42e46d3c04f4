// SPDX-License-Identifier: Apache-2.0
// Any text as a forecast of others: it is read in order, or every problem is a message.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "panj/core/problem.h"
#include "panj/forecast/forecast_table.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const auto table =
        panj::forecast::parse_forecast_table(text, "fuzz.csv", {.origin = panj::Month(2020, 1)});
    for (const auto& forecast : table.forecasts) {
      if (!std::ranges::is_sorted(forecast.values)) std::abort();
      if (!forecast.is_sample() && forecast.levels.size() != forecast.values.size()) std::abort();
    }
  } catch (const panj::InvalidInput& error) {
    for (const panj::Problem& problem : error.problems()) (void)to_string(problem);
  }
  return 0;
}
