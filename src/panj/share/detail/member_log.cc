// SPDX-License-Identifier: Apache-2.0
#include "panj/share/detail/member_log.h"

#include <fmt/format.h>

#include <algorithm>

#include "panj/core/file.h"

namespace panj::share::detail {

std::string chain_hash(const std::string& previous, std::int64_t sequence, std::int64_t date_added,
                       std::string_view version_hash) {
  return sha256(
      fmt::format("panj-log-1\n{}\n{} {} {}", previous, sequence, date_added, version_hash));
}

void MemberLog::append(MemberRow& member, const VersionRow& version) {
  const bool is_known = !version.is_only_one && has_object(member, version.object);
  if (is_known && shows_version(member, version)) return;
  ++member.last_sequence;
  member.last_added = std::max(micros(session_.time()), member.last_added + 1);
  member.chain = chain_hash(member.chain, member.last_sequence, member.last_added, version.hash);
  member.is_changed = true;
  session_.database().execute(
      "INSERT INTO log (member, sequence, version, object, modified, date_added, is_first, "
      "is_last, withdrawn, chain) VALUES ($1, $2, $3, $4, $5, $6, $7, $7, 0, $8)",
      member.number, member.last_sequence, version.number, version.object, version.modified,
      member.last_added, std::int64_t{is_known ? 0 : 1}, member.chain);
  if (is_known) refresh_flags(member, version.object);
  seen_ids_[member.number].insert(version.id);
  appended_.push_back({member.number, member.last_sequence, member.last_added, version.hash});
}

void MemberLog::withdraw(MemberRow& member, std::int64_t object, std::int64_t keep) {
  std::vector<std::int64_t> versions;
  {
    Rows rows = session_.database().query(
        "SELECT l.version FROM log l JOIN versions v ON v.number = l.version WHERE l.member = $1 "
        "AND l.object = $2 AND l.withdrawn = 0 AND l.version <> $3 AND v.revoked <> 2 "
        "ORDER BY +l.sequence",  // the plus: by the object, not along the whole log
        member.number, object, keep);
    while (rows.next()) versions.push_back(rows.integer(0));
  }
  for (const std::int64_t version : versions) withdraw_version(member, object, version);
}

void MemberLog::withdraw_version(MemberRow& member, std::int64_t object, std::int64_t version) {
  Database& database = session_.database();
  const std::int64_t sequence = database.number(
      "SELECT sequence FROM log WHERE member = $1 AND object = $2 AND version = $3 "
      "AND withdrawn = 0",
      member.number, object, version);
  if (sequence == 0) return;
  database.execute("UPDATE log SET withdrawn = 1 WHERE member = $1 AND sequence = $2",
                   member.number, sequence);
  withdrawn_.push_back({member.number, sequence});
  refresh_flags(member, object);
}

bool MemberLog::has_id(const MemberRow& member, const std::string& id) {
  if (seen_ids_[member.number].contains(id)) return true;
  const bool is_there =
      session_.database().number(
          "SELECT 1 FROM objects o CROSS JOIN log l WHERE o.id = $2 AND l.object = o.number "
          "AND l.member = $1 LIMIT 1",
          member.number, id) > 0;
  if (is_there) seen_ids_[member.number].insert(id);
  return is_there;
}

bool MemberLog::has_object(const MemberRow& member, std::int64_t object) {
  return session_.database().number("SELECT 1 FROM log WHERE member = $1 AND object = $2 LIMIT 1",
                                    member.number, object) > 0;
}

bool MemberLog::shows_object(const MemberRow& member, std::int64_t object) {
  return session_.database().number(
             "SELECT 1 FROM log WHERE member = $1 AND object = $2 AND withdrawn = 0 LIMIT 1",
             member.number, object) > 0;
}

std::vector<std::int64_t> MemberLog::shown_versions(const MemberRow& member, std::int64_t object) {
  Rows rows = session_.database().query(
      "SELECT version FROM log WHERE member = $1 AND object = $2 AND withdrawn = 0", member.number,
      object);
  std::vector<std::int64_t> versions;
  while (rows.next()) versions.push_back(rows.integer(0));
  return versions;
}

bool MemberLog::has_rival(const MemberRow& member, const VersionRow& version) {
  return session_.database().number(
             "SELECT 1 FROM objects o CROSS JOIN log l WHERE o.id = $2 AND o.number <> $3 "
             "AND l.object = o.number AND l.member = $1 LIMIT 1",
             member.number, version.id, version.object) > 0;
}

bool MemberLog::may_have_rivals(const VersionRow& version) {
  return session_.database().number("SELECT 1 FROM objects WHERE id = $1 AND number <> $2 LIMIT 1",
                                    version.id, version.object) > 0;
}

bool MemberLog::shows_version(const MemberRow& member, const VersionRow& version) {
  return session_.database().number(
             "SELECT count(*) FROM log WHERE member = $1 AND object = $2 AND version = $3 "
             "AND withdrawn = 0",
             member.number, version.object, version.number) > 0;
}

/// The first and the last, by modified, of the versions that the member can see.
void MemberLog::refresh_flags(const MemberRow& member, std::int64_t object) {
  const auto end_of = [&](const char* order) {
    return session_.database().number(
        fmt::format("SELECT sequence FROM log WHERE member = $1 AND object = $2 "
                    "AND withdrawn = 0 ORDER BY modified {0}, sequence {0} LIMIT 1",
                    order),
        member.number, object);
  };
  session_.database().execute(
      "UPDATE log SET is_first = CASE WHEN sequence = $3 THEN 1 ELSE 0 END, "
      "is_last = CASE WHEN sequence = $4 THEN 1 ELSE 0 END WHERE member = $1 AND object = $2",
      member.number, object, end_of("ASC"), end_of("DESC"));
}

Json MemberLog::take_steps() {
  Json steps = Json::object();
  if (!appended_.empty()) steps["released"] = std::exchange(appended_, Json::array());
  if (!withdrawn_.empty()) steps["withdrawn"] = std::exchange(withdrawn_, Json::array());
  if (!recalls_.empty()) steps["recalls"] = std::exchange(recalls_, Json::array());
  return steps;
}

}  // namespace panj::share::detail
