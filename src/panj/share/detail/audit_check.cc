// SPDX-License-Identifier: Apache-2.0
#include "panj/share/detail/audit_check.h"

#include <fmt/format.h>

#include <algorithm>

#include "panj/share/canonical.h"
#include "panj/share/detail/member_log.h"
#include "panj/share/detail/member_table.h"
#include "panj/share/signed_version.h"

namespace panj::share::detail {

std::optional<AuditFault> AuditCheck::run(std::span<const Checkpoint> checkpoints) {
  visit_entries(database_, [&](const StoredEntry& stored) {
    check_entry(stored);
    return !fault_;
  });
  if (fault_) return fault_;
  check_versions();
  check_logs();
  check_withdrawn();
  check_members();
  for (const Checkpoint& checkpoint : checkpoints) check_checkpoint(checkpoint);
  return fault_;
}

/// Keeps the fault of the earliest entry.
void AuditCheck::fail(std::int64_t sequence, std::string what) {
  if (fault_ && fault_->sequence <= sequence) return;
  fault_ = AuditFault{.sequence = sequence, .what = std::move(what)};
}

void AuditCheck::check_entry(const StoredEntry& stored) {
  const AuditEntry& entry = stored.entry;
  if (entry.sequence != last_ + 1) {
    return fail(last_ + 1,
                fmt::format("the entry is missing (the next one is {})", entry.sequence));
  }
  if (!stored.is_json || canonical_json(entry.detail) != stored.detail_text ||
      audit_hash(last_hash_, entry) != entry.hash) {
    return fail(entry.sequence, "the entry was changed");
  }
  last_ = entry.sequence;
  last_hash_ = entry.hash;
  follow(entry);
}

void AuditCheck::follow(const AuditEntry& entry) {
  const Json& detail = entry.detail;
  if (detail.contains("hash")) hashes_.emplace(detail["hash"].get<std::string>(), entry.sequence);
  if (entry.action == "member") {
    members_[detail["number"].get<std::int64_t>()] = {entry.sequence, detail};
  }
  for (const Json& step : detail.value("released", Json::array())) check_release(entry, step);
  for (const Json& step : detail.value("withdrawn", Json::array())) {
    withdrawn_.emplace(step[0].get<std::int64_t>(), step[1].get<std::int64_t>());
  }
}

void AuditCheck::check_release(const AuditEntry& entry, const Json& step) {
  const auto member = step[0].get<std::int64_t>();
  const auto sequence = step[1].get<std::int64_t>();
  const auto added = step[2].get<std::int64_t>();
  const auto hash = step[3].get<std::string>();
  hashes_.emplace(hash, entry.sequence);
  LogEnd& end = logs_[member];
  end = {sequence, chain_hash(end.chain, sequence, added, hash)};
  Rows rows = database_.query(
      "SELECT l.chain, l.date_added, v.hash, v.object, l.object, v.modified, l.modified "
      "FROM log l JOIN versions v ON v.number = l.version WHERE l.member = $1 AND l.sequence = $2",
      member, sequence);
  if (!rows.next()) {
    return fail(entry.sequence,
                fmt::format("entry {} of member {}'s log is missing", sequence, member));
  }
  if (rows.text(0) != end.chain || rows.integer(1) != added || rows.text(2) != hash ||
      rows.integer(3) != rows.integer(4) || rows.integer(5) != rows.integer(6)) {
    fail(entry.sequence, fmt::format("entry {} of member {}'s log was changed", sequence, member));
  }
}

void AuditCheck::check_versions() {
  Rows rows = database_.query("SELECT hash, body FROM versions ORDER BY number");
  std::unordered_map<std::string, std::int64_t> missing = hashes_;
  while (rows.next()) {
    const std::string hash = rows.text(0);
    const auto told = hashes_.find(hash);
    if (told == hashes_.end()) {
      fail(last_ + 1, fmt::format("a version is stored that no entry tells of ({})", hash));
    } else if (version_hash(rows.text(1)) != hash) {
      fail(told->second, fmt::format("the version {} was changed", hash));
    }
    missing.erase(hash);
  }
  for (const auto& [hash, entry] : missing) {
    fail(entry, fmt::format("the version {} is missing", hash));
  }
}

void AuditCheck::check_logs() {
  for (const auto& [member, end] : logs_) check_log(member, end);
  const std::int64_t all = database_.number("SELECT count(*) FROM log");
  std::int64_t told = 0;
  for (const auto& [member, end] : logs_) told += end.sequence;
  if (all != told) {
    fail(last_ + 1, fmt::format("the logs have {} entries, the audit tells of {}: its end was cut "
                                "off, or entries were slipped in",
                                all, told));
  }
}

void AuditCheck::check_log(std::int64_t member, const LogEnd& end) {
  Rows rows = database_.query("SELECT last_sequence, chain FROM members WHERE number = $1", member);
  if (!rows.next()) return fail(last_ + 1, fmt::format("member {} is missing", member));
  if (rows.integer(0) != end.sequence || rows.text(1) != end.chain) {
    fail(last_ + 1, fmt::format("member {}'s log ends elsewhere than the audit tells", member));
  }
}

void AuditCheck::check_withdrawn() {
  Rows rows = database_.query("SELECT member, sequence FROM log WHERE withdrawn <> 0");
  std::size_t count = 0;
  while (rows.next()) {
    ++count;
    if (withdrawn_.contains({rows.integer(0), rows.integer(1)})) continue;
    fail(last_ + 1,
         fmt::format("entry {} of member {}'s log is hidden without an entry that says so",
                     rows.integer(1), rows.integer(0)));
  }
  if (count < withdrawn_.size()) fail(last_ + 1, "a log shows again what was withdrawn from it");
}

void AuditCheck::check_members() {
  for (const MemberRow& row : read_members(database_)) {
    const auto told = members_.find(row.number);
    if (told == members_.end()) {
      fail(last_ + 1, fmt::format("member {} was added without an entry", row.member.name));
    } else if (told->second.second != member_json(row)) {
      fail(told->second.first,
           fmt::format("member {} was changed without an entry", row.member.name));
    }
  }
  const auto count = static_cast<std::size_t>(database_.number("SELECT count(*) FROM members"));
  if (count < members_.size()) fail(last_ + 1, "a member is missing");
}

void AuditCheck::check_checkpoint(const Checkpoint& checkpoint) {
  if (checkpoint.node != node_) {
    return fail(0, fmt::format("a checkpoint is of another node ({})", checkpoint.node));
  }
  const std::string chain = [&] {
    Rows rows = database_.query(
        "SELECT l.chain FROM log l JOIN members m ON m.number = l.member WHERE m.id = $1 "
        "AND l.sequence = $2",
        checkpoint.member, checkpoint.sequence);
    return rows.next() ? rows.text(0) : std::string();
  }();
  if (chain == checkpoint.chain) return;
  fail(last_ + 1, fmt::format("a checkpoint says that {}'s log had {} entries, {}",
                              checkpoint.member, checkpoint.sequence,
                              chain.empty() ? "but it ends before: its end was cut off"
                                            : "but they were others: history was rewritten"));
}

}  // namespace panj::share::detail
