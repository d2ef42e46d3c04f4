// SPDX-License-Identifier: Apache-2.0
// Any bytes as Panj's own CSV, alone and after its header.
#include "panj/event/incident_csv.h"
#include "read_all.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  panj::event::read_all_ways(text);
  panj::event::read_all_ways(panj::event::panj_csv_header() + text);
  return 0;
}
