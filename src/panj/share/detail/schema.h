// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "panj/share/detail/database.h"

namespace panj::share::detail {

/// False in a store that is new, or was emptied.
bool has_tables(Database& database);

/// Makes the tables when they are not there; throws InvalidInput when they are another version's.
/// Within a write transaction.
void make_tables(Database& database);

}  // namespace panj::share::detail
