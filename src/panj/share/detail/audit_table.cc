// SPDX-License-Identifier: Apache-2.0
#include "panj/share/detail/audit_table.h"

#include <limits>
#include <vector>

#include "panj/share/detail/member_table.h"

namespace panj::share::detail {
namespace {

std::vector<StoredEntry> read_after(Database& database, std::int64_t sequence) {
  constexpr std::int64_t kAtOnce = 500;
  Rows rows = database.query(
      "SELECT sequence, time, actor, action, detail, hash FROM audit WHERE sequence > $1 "
      "ORDER BY sequence LIMIT $2",
      sequence, kAtOnce);
  std::vector<StoredEntry> entries;
  while (rows.next()) {
    StoredEntry& stored = entries.emplace_back();
    stored.entry = {.sequence = rows.integer(0),
                    .time = time_of(rows.integer(1)),
                    .actor = rows.text(2),
                    .action = rows.text(3),
                    .hash = rows.text(5)};
    stored.detail_text = rows.text(4);
    // The node's own text: a new member's first review tells of each object that it was given.
    constexpr JsonLimits kNoLimits{.max_bytes = std::numeric_limits<std::size_t>::max(),
                                   .max_values = std::numeric_limits<std::size_t>::max()};
    const Result<Json> detail = parse_json(stored.detail_text, kNoLimits);
    stored.is_json = static_cast<bool>(detail) && detail->is_object();
    if (stored.is_json) stored.entry.detail = *detail;
  }
  return entries;
}

}  // namespace

void visit_entries(Database& database, const std::function<bool(const StoredEntry&)>& visit) {
  std::int64_t last = std::numeric_limits<std::int64_t>::min();
  for (;;) {
    const std::vector<StoredEntry> entries = read_after(database, last);
    if (entries.empty()) return;
    for (const StoredEntry& entry : entries) {
      if (!visit(entry)) return;
    }
    last = entries.back().entry.sequence;
  }
}

}  // namespace panj::share::detail
