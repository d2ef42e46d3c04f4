// SPDX-License-Identifier: Apache-2.0
#include "panj/share/detail/member_table.h"

#include <fmt/format.h>

#include "panj/core/file.h"
#include "panj/core/problem.h"
#include "panj/share/canonical.h"

namespace panj::share::detail {
namespace {

constexpr const char* kColumns =
    "number, id, name, public_key, password_hash, access, clearance, caveats, epoch, "
    "last_sequence, last_added, chain, status_count";

/// Whether a number is one of the first `count` of an enum.
bool is_one_of(std::int64_t value, std::int64_t count) {
  return value >= 0 && value < count;
}

std::optional<std::set<std::string>> read_caveats(const std::string& text) {
  const Result<Json> json = parse_json(text);
  if (!json || !json->is_array()) return std::nullopt;
  std::set<std::string> caveats;
  for (const Json& caveat : *json) {
    if (!caveat.is_string()) return std::nullopt;
    caveats.insert(caveat.get<std::string>());
  }
  return caveats;
}

Result<MemberRow> row_of(const Rows& rows) {
  const auto damaged = [&](const char* column) {
    return Problem{.field = fmt::format("members.{}", column),
                   .what = fmt::format("is damaged in the row of member {}", rows.integer(0)),
                   .why = "the store was changed by another program",
                   .suggestion = "panj share audit verify, and restore a copy"};
  };
  constexpr std::int64_t kAccessCount = 4;
  constexpr std::int64_t kLevelCount = 5;
  const auto key = parse_public_key(rows.text(3));
  if (!key && !rows.text(3).empty()) return damaged("public_key");
  if (!is_one_of(rows.integer(5), kAccessCount)) return damaged("access");
  if (!is_one_of(rows.integer(6), kLevelCount)) return damaged("clearance");
  auto caveats = read_caveats(rows.text(7));
  if (!caveats) return damaged("caveats");
  MemberRow row;
  row.number = rows.integer(0);
  row.member = {.id = rows.text(1),
                .name = rows.text(2),
                .key = key,
                .password_hash = rows.text(4),
                .access = static_cast<Access>(rows.integer(5)),
                .clearance = static_cast<Level>(rows.integer(6)),
                .caveats = std::move(*caveats),
                .epoch = rows.integer(8)};
  row.last_sequence = rows.integer(9);
  row.last_added = rows.integer(10);
  row.chain = rows.text(11);
  row.status_count = rows.integer(12);
  return row;
}

MemberRow sound_row_of(const Rows& rows) {
  Result<MemberRow> row = row_of(rows);
  if (!row) throw InvalidInput(row.error());
  return std::move(row).value();
}

std::string key_text(const Member& member) {
  return member.key ? to_string(*member.key) : "";
}

}  // namespace

void visit_members(Database& database,
                   const std::function<void(std::int64_t, const Result<MemberRow>&)>& visit) {
  Rows rows = database.query(fmt::format("SELECT {} FROM members ORDER BY number", kColumns));
  while (rows.next()) visit(rows.integer(0), row_of(rows));
}

std::vector<MemberRow> read_members(Database& database) {
  Rows rows = database.query(fmt::format("SELECT {} FROM members ORDER BY number", kColumns));
  std::vector<MemberRow> members;
  while (rows.next()) members.push_back(sound_row_of(rows));
  return members;
}

std::optional<MemberRow> find_member(Database& database, const char* column,
                                     std::string_view value) {
  Rows rows =
      database.query(fmt::format("SELECT {} FROM members WHERE {} = $1", kColumns, column), value);
  if (!rows.next()) return std::nullopt;
  return sound_row_of(rows);
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
