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
    for (const std::string& unit : panel.units()) {
      for (const double value : panel.series(*panel.find(unit))) {
        if (value < 0 || std::isinf(value)) std::abort();
      }
    }
    const auto again = panj::event::parse_panel(panj::event::to_csv(panel), "again.csv");
    if (again.last() != panel.last()) std::abort();
  } catch (const panj::InvalidInput& error) {
    for (const panj::Problem& problem : error.problems()) (void)to_string(problem);
  }
  return 0;
}
