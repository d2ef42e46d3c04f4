// SPDX-License-Identifier: Apache-2.0
// Any text as a fitted model: it is read so that it can be written again, or every problem is a
// message.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "panj/core/problem.h"
#include "panj/forecast/fitted_model.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const auto model = panj::forecast::parse_fitted_model(text, "fuzz.json");
    const auto again = panj::forecast::parse_fitted_model(to_json_text(model), "again.json");
    if (again.vintages.size() != model.vintages.size()) std::abort();
  } catch (const panj::InvalidInput& error) {
    for (const panj::Problem& problem : error.problems()) (void)to_string(problem);
  }
  return 0;
}
