// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "panj/share/audit.h"
#include "panj/share/detail/database.h"

namespace panj::share::detail {

/// An entry as it is stored: `detail` also as its bytes.
struct StoredEntry {
  AuditEntry entry{};
  std::string detail_text{};
  bool is_json = true;
};

/// In order, in constant memory; ends when `visit` returns false.
void visit_entries(Database& database, const std::function<bool(const StoredEntry&)>& visit);

}  // namespace panj::share::detail
