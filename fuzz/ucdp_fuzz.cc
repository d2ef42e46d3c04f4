// SPDX-License-Identifier: Apache-2.0
// Any bytes as a UCDP file, alone and after the published header.
#include "../tests/event/ucdp_text.h"
#include "read_all.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  panj::event::read_all_ways(text);
  panj::event::read_all_ways(panj::event::ucdp_header() + text);
  return 0;
}
