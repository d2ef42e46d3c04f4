// SPDX-License-Identifier: Apache-2.0
#include "panj/share/detail/write_session.h"

#include <algorithm>

#include "panj/share/canonical.h"

namespace panj::share::detail {

WriteSession::WriteSession(Database& database, LabelBook& labels, const NodeIdentity& identity,
                           Time time)
    : database_(database),
      transaction_(database),
      labels_(labels),
      identity_(identity),
      time_(time),
      last_version_(database.number("SELECT max(number) FROM versions")),
      last_object_(database.number("SELECT max(number) FROM objects")),
      last_entry_(database.number("SELECT max(sequence) FROM audit")) {
  for (MemberRow& row : read_members(database)) members_.push_back(std::move(row));
  Rows rows = database.query("SELECT hash FROM audit WHERE sequence = $1", last_entry_);
  if (rows.next()) last_hash_ = rows.text(0);
}

MemberRow* WriteSession::find(std::string_view id) {
  const auto found =
      std::ranges::find_if(members_, [&](const MemberRow& row) { return row.member.id == id; });
  return found == members_.end() ? nullptr : &*found;
}

MemberRow& WriteSession::add(MemberRow row) {
  row.number = members_.empty() ? 1 : members_.back().number + 1;
  insert_member(database_, row);
  return members_.emplace_back(std::move(row));
}

void WriteSession::audit(const std::string& actor, const std::string& action, Json detail) {
  AuditEntry entry{.sequence = ++last_entry_,
                   .time = time_,
                   .actor = actor,
                   .action = action,
                   .detail = std::move(detail)};
  last_hash_ = audit_hash(last_hash_, entry);
  database_.execute("INSERT INTO audit VALUES ($1, $2, $3, $4, $5, $6)", entry.sequence,
                    micros(entry.time), entry.actor, entry.action, canonical_json(entry.detail),
                    last_hash_);
}

void WriteSession::finish() {
  for (const MemberRow& row : members_) {
    if (row.is_changed) update_member(database_, row);
  }
  transaction_.commit();
  is_finished_ = true;
}

}  // namespace panj::share::detail
