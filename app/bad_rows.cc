// SPDX-License-Identifier: Apache-2.0
#include "bad_rows.h"

#include <fmt/format.h>

#include "panj/core/problem.h"

namespace panj::app {

void report_bad_rows(const event::IngestCounts& counts) {
  for (const Problem& problem : counts.first_bad) fmt::print(stderr, "{}\n", to_string(problem));
  if (counts.quarantined > counts.first_bad.size()) {
    fmt::print(stderr, "… and {} more\n", counts.quarantined - counts.first_bad.size());
  }
}

}  // namespace panj::app
