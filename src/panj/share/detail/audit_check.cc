// SPDX-License-Identifier: Apache-2.0
#include "panj/share/detail/audit_check.h"

#include <fmt/format.h>

#include <algorithm>

#include "panj/share/canonical.h"
#include "panj/share/detail/member_log.h"
#include "panj/share/detail/member_table.h"
#include "panj/share/detail/version_row.h"
#include "panj/share/detail/waiting_check.h"
#include "panj/share/marking.h"
#include "panj/share/signed_version.h"
#include "panj/share/stix_object.h"
#include "panj/share/tombstone.h"

namespace panj::share::detail {

std::optional<AuditFault> AuditCheck::run(std::span<const Checkpoint> checkpoints) {
  visit_entries(database_, [&](const StoredEntry& stored) {
    check_entry(stored);
    return !fault_;
  });
  if (fault_) return fault_;
  check_labels();
  check_versions();
  check_objects();
  check_recalls();
  check_logs();
  check_ends();
  check_withdrawn();
  check_members();
  check_statuses();
  if (!fault_) check_waiting();
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
  try {
    follow(entry);
  } catch (const Json::exception&) {
    fail(entry.sequence, "the entry is none that a node writes");
  }
}

void AuditCheck::follow(const AuditEntry& entry) {
  const Json& detail = entry.detail;
  if (detail.contains("hash")) hashes_.emplace(detail["hash"].get<std::string>(), entry.sequence);
  if (entry.action == "member") {
    members_[detail.at("number").get<std::int64_t>()] = {entry.sequence, detail};
  }
  if (entry.action == "put") {
    if (puts_.empty()) tells_recalls_ = detail.contains("kind");
    labels_.emplace(detail.at("label").get<std::string>(), entry.sequence);
    puts_.emplace(detail.at("hash").get<std::string>(), read_put(entry));
  }
  if (entry.action == "receipt") {
    const auto receipt = detail.at("receipt").get<std::string>();
    receipts_.insert(receipt);
    confirmed_[{entry.actor, detail.at("recalled").get<std::string>()}] = {entry.sequence, receipt};
  }
  for (const Json& step : detail.value("recalls", Json::array())) {
    recalls_[{step.at(0).get<std::int64_t>(), step.at(1).get<std::int64_t>()}] = {
        entry.sequence, micros(entry.time)};
  }
  for (const Json& step : detail.value("released", Json::array())) check_release(entry, step);
  for (const Json& step : detail.value("withdrawn", Json::array())) {
    withdrawn_.emplace(step.at(0).get<std::int64_t>(), step.at(1).get<std::int64_t>());
  }
}

AuditCheck::Put AuditCheck::read_put(const AuditEntry& entry) {
  const Json& detail = entry.detail;
  Put put{.entry = entry.sequence,
          .id = detail.at("id"),
          .creator = detail.at("creator"),
          .label = detail.at("label")};
  if (!detail.contains("kind")) return put;
  put.kind = detail.at("kind").get<std::int64_t>();
  put.revoked = detail.at("revoked").get<std::int64_t>();
  put.is_relayed = detail.at("relayed").get<bool>();
  put.source = detail.at("source").get<std::string>();
  return put;
}

void AuditCheck::check_release(const AuditEntry& entry, const Json& step) {
  const auto member = step.at(0).get<std::int64_t>();
  const auto sequence = step.at(1).get<std::int64_t>();
  const auto added = step.at(2).get<std::int64_t>();
  const auto hash = step.at(3).get<std::string>();
  hashes_.emplace(hash, entry.sequence);
  LogEnd& end = logs_[member];
  end = {sequence, chain_hash(end.chain, sequence, added, hash), added};
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

/// A label's id says what it is, and every label that an entry names is there.
void AuditCheck::check_labels() {
  Rows rows = database_.query("SELECT id, marking FROM labels ORDER BY id");
  while (rows.next()) {
    const std::string id = rows.text(0);
    const auto marking = parse_json(rows.text(1));
    const bool is_right = marking && label_of_marking(*marking) && (*marking)["id"] == id &&
                          canonical_json(*marking) == rows.text(1);
    if (is_right) {
      sound_labels_.insert(id);
    } else if (!labels_.contains(id)) {
      fail(last_ + 1, fmt::format("the label {} was changed", id));
    }
  }
  for (const auto& [id, entry] : labels_) {
    if (sound_labels_.contains(id)) continue;
    fail(entry, fmt::format("the label {} is missing or was changed", id));
  }
}

void AuditCheck::check_versions() {
  Rows rows = database_.query(
      "SELECT v.hash, v.body, o.id, o.creator, v.label, v.type, v.revoked, o.kind, "
      "v.relayed, v.source "
      "FROM versions v JOIN objects o ON o.number = v.object ORDER BY v.number");
  std::unordered_map<std::string, std::int64_t> missing = hashes_;
  while (rows.next()) {
    const std::string hash = rows.text(0);
    const auto told = hashes_.find(hash);
    if (told == hashes_.end()) {
      fail(last_ + 1, fmt::format("a version is stored that no entry tells of ({})", hash));
    } else if (version_hash(rows.text(1)) != hash) {
      fail(told->second, fmt::format("the version {} was changed", hash));
    } else {
      check_version(rows);
    }
    missing.erase(hash);
  }
  for (const auto& [hash, entry] : missing) {
    fail(entry, fmt::format("the version {} is missing", hash));
  }
}

/// A node's tombstone for some may be, to the byte, the one for all that came after it; who relayed
/// what it ends decides nothing any more.
bool AuditCheck::is_as_told(const Put& put, const Rows& row) {
  return put.id == row.text(2) && put.creator == row.integer(3) && put.label == row.text(4) &&
         put.revoked.value_or(row.integer(6)) == row.integer(6) &&
         put.kind.value_or(row.integer(7)) == row.integer(7) &&
         (row.integer(6) == static_cast<std::int64_t>(Revocation::by_node) ||
          std::int64_t{put.is_relayed.value_or(row.boolean(8))} == row.integer(8)) &&
         put.source.value_or(row.text(9)) == row.text(9);
}

/// What is stored beside the text, and decides who sees it. Of a tombstone for some recipients no
/// entry tells but those that released it.
void AuditCheck::check_version(const Rows& row) {
  const std::string hash = row.text(0);
  const std::string body = row.text(1);
  const auto [first, end] = puts_.equal_range(hash);
  const auto revocation = static_cast<Revocation>(row.integer(6));
  const bool is_told =
      first == end
          ? revocation == Revocation::by_node && row.text(9).empty()
          : std::any_of(first, end, [&](const auto& put) { return is_as_told(put.second, row); });
  const bool has_label = static_cast<Kind>(row.integer(7)) == Kind::by_label;
  const auto json = parse_json(body);
  const bool is_revoked = json && json->value("revoked", Json(false)) == true;
  if (!is_told || !sound_labels_.contains(row.text(4)) || row.text(5) != type_of_id(row.text(2)) ||
      (has_label && is_revoked != (revocation != Revocation::none))) {
    fail(hashes_.at(hash), fmt::format("what is kept of the version {} was changed", hash));
  }
  const bool may_be_receipt = has_label && revocation != Revocation::by_node &&
                              body.find(kReceiptExtension) != std::string::npos;
  if (may_be_receipt && json && receipt_for(*json) && !receipts_.contains(hash)) {
    fail(last_ + 1, fmt::format("no entry tells of the receipt {}: the end was cut off", hash));
  }
}

/// An object is as its latest version is.
void AuditCheck::check_objects() {
  Rows rows = database_.query(
      "SELECT o.id FROM objects o LEFT JOIN versions c ON c.number = o.current_version "
      "AND c.object = o.number AND c.label = o.current_label WHERE c.number IS NULL OR EXISTS "
      "(SELECT 1 FROM versions v WHERE v.object = o.number AND v.modified > c.modified "
      "AND v.revoked <> 2) LIMIT 1");
  if (!rows.next()) return;
  fail(last_ + 1, fmt::format("what is kept of {} is not as its last version", rows.text(0)));
}

/// Nodes of before told of receipts, and not of the recalls that they are for.
void AuditCheck::check_recalls() {
  Rows rows = database_.query(
      "SELECT r.member, r.object, r.since, r.receipt, COALESCE(m.id, ''), COALESCE(o.id, '') "
      "FROM recalls r LEFT JOIN members m ON m.number = r.member "
      "LEFT JOIN objects o ON o.number = r.object ORDER BY r.object, r.member");
  std::size_t found = 0;
  while (rows.next()) {
    if (recalls_.contains({rows.integer(0), rows.integer(1)})) ++found;
    check_recall(rows);
  }
  if (found < recalls_.size()) fail(last_ + 1, "a recall that an entry tells of is missing");
}

void AuditCheck::check_recall(const Rows& row) {
  const auto told = recalls_.find({row.integer(0), row.integer(1)});
  const std::string receipt = row.text(3);
  if (told == recalls_.end()) {
    if (tells_recalls_ || (!receipt.empty() && !receipts_.contains(receipt))) {
      fail(last_ + 1, fmt::format("no entry tells of the recall of {}, or of its receipt {}",
                                  row.text(5), receipt));
    }
    return;
  }
  const auto confirmed = confirmed_.find({row.text(4), row.text(5)});
  const bool is_confirmed =
      confirmed != confirmed_.end() && confirmed->second.entry > told->second.entry;
  if (row.integer(2) != told->second.since ||
      receipt != (is_confirmed ? confirmed->second.version : "")) {
    fail(told->second.entry,
         fmt::format("what is kept of the recall of {} was changed", row.text(5)));
  }
}

/// Of an object's versions that a member sees, the first and the last are marked.
void AuditCheck::check_ends() {
  const auto check = [&](const char* flag, const char* beyond) {
    Rows rows = database_.query(
        fmt::format("SELECT l.member, l.sequence FROM log l WHERE l.withdrawn = 0 AND l.{0} <> "
                    "CASE WHEN EXISTS (SELECT 1 FROM log o WHERE o.member = l.member AND o.object "
                    "= l.object AND o.withdrawn = 0 AND (o.modified {1} l.modified OR (o.modified "
                    "= l.modified AND o.sequence {1} l.sequence))) THEN 0 ELSE 1 END LIMIT 1",
                    flag, beyond));
    if (!rows.next()) return;
    fail(last_ + 1,
         fmt::format("entry {} of member {}'s log was changed", rows.integer(1), rows.integer(0)));
  };
  check("is_first", "<");
  check("is_last", ">");
}

void AuditCheck::check_logs() {
  std::size_t found = 0;
  Rows rows = database_.query(
      "SELECT number, last_sequence, last_added, chain FROM members ORDER BY number");
  while (rows.next()) {
    const auto told = logs_.find(rows.integer(0));
    const LogEnd end = told == logs_.end() ? LogEnd{} : told->second;
    if (told != logs_.end()) ++found;
    if (rows.integer(1) == end.sequence && rows.integer(2) == end.added &&
        rows.text(3) == end.chain) {
      continue;
    }
    fail(last_ + 1,
         fmt::format("member {}'s log ends elsewhere than the audit tells", rows.integer(0)));
  }
  if (found < logs_.size()) fail(last_ + 1, "a member that has a log is missing");
  const std::int64_t all = database_.number("SELECT count(*) FROM log");
  std::int64_t told = 0;
  for (const auto& [member, end] : logs_) told += end.sequence;
  if (all != told) {
    fail(last_ + 1, fmt::format("the logs have {} entries, the audit tells of {}: its end was cut "
                                "off, or entries were slipped in",
                                all, told));
  }
}

/// Of each answer to a post there is one, and its id is made from their number.
void AuditCheck::check_statuses() {
  Rows rows = database_.query(
      "SELECT m.number FROM members m LEFT JOIN (SELECT member, count(*) AS posts FROM statuses "
      "GROUP BY member) s ON s.member = m.number WHERE m.status_count <> COALESCE(s.posts, 0) "
      "ORDER BY m.number LIMIT 1");
  if (!rows.next()) return;
  fail(last_ + 1, fmt::format("member {} has posted more or less often than answers are kept",
                              rows.integer(0)));
}

void AuditCheck::check_waiting() {
  auto found = WaitingCheck(database_, read_members(database_)).run();
  if (found) fail(last_ + 1, std::move(*found));
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
  std::size_t count = 0;
  visit_members(database_, [&](std::int64_t number, const Result<MemberRow>& row) {
    ++count;
    const auto told = members_.find(number);
    if (told == members_.end()) {
      fail(last_ + 1, fmt::format("member {} was added without an entry", number));
    } else if (!row || told->second.second != member_json(*row)) {
      fail(told->second.first, fmt::format("member {} was changed without an entry",
                                           told->second.second.value("name", "")));
    }
  });
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
