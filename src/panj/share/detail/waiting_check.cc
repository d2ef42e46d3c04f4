// SPDX-License-Identifier: Apache-2.0
#include "panj/share/detail/waiting_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "panj/share/detail/version_table.h"

namespace panj::share::detail {

std::optional<std::string> WaitingCheck::run() {
  Rows rows = database_.query(
      "SELECT w.member, w.version, COALESCE(o.kind, 1), COALESCE(o.creator, 0), v.label, "
      "o.current_label FROM waiting w LEFT JOIN versions v ON v.number = w.version "
      "AND v.object = w.object LEFT JOIN objects o ON o.number = v.object "
      "ORDER BY w.member, w.version");
  while (rows.next()) {
    if (may_wait(rows) &&
        waits_for_all(rows.integer(0), read_version(database_, rows.integer(1)))) {
      continue;
    }
    return fmt::format("a version waits for its release to member {} that should not",
                       rows.integer(0));
  }
  return find_stray();
}

bool WaitingCheck::may_wait(const Rows& row) {
  const auto member = members_.find(row.integer(0));
  if (member == members_.end() || member->second.is_node() ||
      row.integer(2) != static_cast<std::int64_t>(Kind::by_label) ||
      row.integer(3) == member->first) {
    return false;
  }
  const Recipient recipient = member->second.member.recipient();
  const auto permits = [&](const std::string& id) {
    const auto label = labels_.find(database_, id);
    return label && label->permits(recipient);
  };
  return permits(row.text(4)) && permits(row.text(5));
}

/// For each id that is not in the member's log, and for no others than it refers to.
bool WaitingCheck::waits_for_all(std::int64_t member, const VersionRow& version) {
  std::set<std::string> ids;
  {
    Rows rows = database_.query("SELECT id FROM waiting_for WHERE member = $1 AND version = $2",
                                member, version.number);
    while (rows.next()) ids.insert(rows.text(0));
  }
  const auto& all = version.refers_to;
  const bool are_its_own = std::ranges::all_of(
      ids, [&](const std::string& id) { return std::ranges::find(all, id) != all.end(); });
  const auto is_there = [&](const std::string& id) {
    return id == version.id || ids.contains(id) ||
           database_.number(
               "SELECT 1 FROM objects o CROSS JOIN log l WHERE o.id = $2 "
               "AND l.object = o.number AND l.member = $1 LIMIT 1",
               member, id) > 0;
  };
  return !ids.empty() && are_its_own && std::ranges::all_of(all, is_there);
}

std::optional<std::string> WaitingCheck::find_stray() {
  Rows rows = database_.query(
      "SELECT f.member, f.id FROM waiting_for f LEFT JOIN waiting w ON w.member = f.member "
      "AND w.version = f.version WHERE w.version IS NULL LIMIT 1");
  if (!rows.next()) return std::nullopt;
  return fmt::format("member {} waits for {}, and nothing refers to it", rows.integer(0),
                     rows.text(1));
}

}  // namespace panj::share::detail
