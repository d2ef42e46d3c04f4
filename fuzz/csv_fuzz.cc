// SPDX-License-Identifier: Apache-2.0
// Any bytes: every record ends, lies within the input, and is as its flags say.
#include <algorithm>
#include <cstdlib>

#include "panj/core/csv.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const std::size_t limit : {std::size_t{50}, std::size_t{1} << 20}) {
    panj::CsvReader csv = panj::CsvReader::from_text(text, {.max_record_bytes = limit});
    std::uint64_t line = 0;
    while (csv.next()) {
      if (csv.line() <= line || csv.raw().size() > limit) std::abort();
      line = csv.line();
      (void)panj::foreign_layout(csv.raw(), "fuzz.csv");
      std::size_t bytes = 0;
      for (std::size_t i = 0; i < csv.size(); ++i) bytes += csv.field(i).size();
      if (bytes > csv.raw().size()) std::abort();
      if ((csv.fault() == panj::CsvFault::none) == (csv.size() == 0)) std::abort();
    }
  }
  return 0;
}
