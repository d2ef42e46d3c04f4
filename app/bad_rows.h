// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "panj/event/store.h"

namespace panj::app {

/// Says on stderr why the first quarantined rows of a file were, and how many more there are.
void report_bad_rows(const event::IngestCounts& counts);

}  // namespace panj::app
