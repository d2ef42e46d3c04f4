// SPDX-License-Identifier: Apache-2.0
#include "panj/share/detail/member_table.h"

#include <fmt/format.h>

#include "panj/core/file.h"
#include "panj/share/canonical.h"

namespace panj::share::detail {
namespace {

constexpr const char* kColumns =
    "number, id, name, public_key, password_hash, access, clearance, caveats, epoch, "
    "last_sequence, last_added, chain, status_count";

MemberRow row_of(const Rows& rows) {
  MemberRow row;
  row.number = rows.integer(0);
  row.member = {.id = rows.text(1),
                .name = rows.text(2),
                .key = parse_public_key(rows.text(3)),
                .password_hash = rows.text(4),
                .access = static_cast<Access>(rows.integer(5)),
                .clearance = static_cast<Level>(rows.integer(6)),
                .caveats = Json::parse(rows.text(7)).get<std::set<std::string>>(),
                .epoch = rows.integer(8)};
  row.last_sequence = rows.integer(9);
  row.last_added = rows.integer(10);
  row.chain = rows.text(11);
  row.status_count = rows.integer(12);
  return row;
}

std::string key_text(const Member& member) {
  return member.key ? to_string(*member.key) : "";
}

}  // namespace

std::vector<MemberRow> read_members(Database& database) {
  Rows rows = database.query(fmt::format("SELECT {} FROM members ORDER BY number", kColumns));
  std::vector<MemberRow> members;
  while (rows.next()) members.push_back(row_of(rows));
  return members;
}

std::optional<MemberRow> find_member(Database& database, const char* column,
                                     std::string_view value) {
  Rows rows =
      database.query(fmt::format("SELECT {} FROM members WHERE {} = $1", kColumns, column), value);
  if (!rows.next()) return std::nullopt;
  return row_of(rows);
}

void insert_member(Database& database, const MemberRow& row) {
  const Member& member = row.member;
  database.execute(fmt::format("INSERT INTO members ({}) VALUES "
                               "($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
                               kColumns),
                   row.number, member.id, member.name, key_text(member), member.password_hash,
                   static_cast<std::int64_t>(member.access),
                   static_cast<std::int64_t>(member.clearance), canonical_json(member.caveats),
                   member.epoch, row.last_sequence, row.last_added, row.chain, row.status_count);
}

void update_member(Database& database, const MemberRow& row) {
  const Member& member = row.member;
  database.execute(
      "UPDATE members SET name = $2, public_key = $3, password_hash = $4, access = $5, "
      "clearance = $6, caveats = $7, epoch = $8, last_sequence = $9, last_added = $10, "
      "chain = $11, status_count = $12 WHERE number = $1",
      row.number, member.name, key_text(member), member.password_hash,
      static_cast<std::int64_t>(member.access), static_cast<std::int64_t>(member.clearance),
      canonical_json(member.caveats), member.epoch, row.last_sequence, row.last_added, row.chain,
      row.status_count);
}

Json member_json(const MemberRow& row) {
  const Member& member = row.member;
  return {{"number", row.number},
          {"id", member.id},
          {"name", member.name},
          {"public_key", key_text(member)},
          // Only that it changed, not what it is.
          {"password", sha256(member.password_hash)},
          {"access", name(member.access)},
          {"clearance", name(member.clearance)},
          {"caveats", member.caveats},
          {"epoch", member.epoch}};
}

}  // namespace panj::share::detail
