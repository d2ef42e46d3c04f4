// SPDX-License-Identifier: Apache-2.0
// Any text as a panel: it is read, whole and without a negative value, or every problem is a
// message.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "panj/core/problem.h"
#include "panj/event/panel.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const panj::event::Panel panel = panj::event::parse_panel(text, "fuzz.csv");
    const panj::event::Panel again =
        panj::event::parse_panel(panj::event::to_csv(panel), "again.csv");
    for (const std::string& unit : panel.units()) {
      const auto series = panel.series(*panel.find(unit));
      for (std::size_t i = 0; i < series.size(); ++i) {
        if (std::isnan(series[i])) continue;  // unknown: not written
        const auto place = again.find(unit);
        if (series[i] < 0 || std::isinf(series[i]) || !place) std::abort();
        if (std::isnan(again.at(*place, panel.first() + static_cast<int>(i)))) std::abort();
      }
    }
  } catch (const panj::InvalidInput& error) {
    for (const panj::Problem& problem : error.problems()) (void)to_string(problem);
  }
  return 0;
}
