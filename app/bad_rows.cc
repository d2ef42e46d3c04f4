// SPDX-License-Identifier: Apache-2.0
#include "bad_rows.h"

#include <fmt/format.h>

#include "panj/core/problem.h"
#include "panj/core/text.h"

namespace panj::app {

void report_bad_rows(const event::IngestCounts& counts) {
  for (const std::vector<Problem>& row : counts.first_bad) {
    for (const Problem& problem : row) fmt::print(stderr, "{}\n", to_string(problem));
  }
  const std::uint64_t more = counts.quarantined - counts.first_bad.size();
  if (more > 0) {
    fmt::print(stderr, "… and {}\n", counted(more, "more row", "more rows"));
  }
}

}  // namespace panj::app
