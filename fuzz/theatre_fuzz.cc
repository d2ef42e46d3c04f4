// SPDX-License-Identifier: Apache-2.0
// Any text as a theatre file: it is read, or every problem of it is a message.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "panj/core/problem.h"
#include "panj/theatre/theatre.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    (void)panj::theatre::parse_theatre(text, PANJ_SOURCE_DIR "/theatres/tajik-afghan/fuzz.toml");
  } catch (const panj::InvalidInput& error) {
    for (const panj::Problem& problem : error.problems()) (void)to_string(problem);
  }
  return 0;
}
