// SPDX-License-Identifier: Apache-2.0
#include "panj/share/detail/version_table.h"

#include <fmt/format.h>

#include "panj/core/contract.h"
#include "panj/share/signed_version.h"

namespace panj::share::detail {
namespace {

constexpr const char* kObjectColumns = "number, creator, kind, current_version, current_label";

std::optional<ObjectRow> object_of(Rows rows) {
  if (!rows.next()) return std::nullopt;
  return ObjectRow{.number = rows.integer(0),
                   .creator = rows.integer(1),
                   .kind = static_cast<Kind>(rows.integer(2)),
                   .current_version = rows.integer(3),
                   .current_label = rows.text(4)};
}

std::vector<std::string> needs_of(const StixObject& stix) {
  std::vector<std::string> needs = stix.markings;
  needs.insert(needs.end(), stix.extensions.begin(), stix.extensions.end());
  return needs;
}

void make_current(Database& database, const VersionRow& version) {
  database.execute("UPDATE objects SET current_version = $2, current_label = $3 WHERE number = $1",
                   version.object, version.number, version.label);
}

void insert_row(Database& database, const VersionRow& row, const std::string& body) {
  database.execute("INSERT INTO versions VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                   row.number, row.object, row.modified, row.hash, row.label, row.type,
                   static_cast<std::int64_t>(row.revocation), std::int64_t{row.is_relayed},
                   row.source, body);
}

ObjectRow find_or_insert_object(WriteSession& session, const NewVersion& version) {
  Database& database = session.database();
  if (auto found = find_object(database, version.stix.id, version.creator)) return *found;
  ObjectRow row{
      .number = session.new_object_number(), .creator = version.creator, .kind = version.kind};
  database.execute("INSERT INTO objects VALUES ($1, $2, $3, $4, 0, '')", row.number,
                   version.stix.id, row.creator, static_cast<std::int64_t>(row.kind));
  return row;
}

}  // namespace

std::optional<ObjectRow> find_object(Database& database, std::string_view id,
                                     std::int64_t creator) {
  return object_of(database.query(
      fmt::format("SELECT {} FROM objects WHERE id = $1 AND creator = $2", kObjectColumns), id,
      creator));
}

std::optional<ObjectRow> find_dependency(Database& database, std::string_view id) {
  return object_of(database.query(
      fmt::format("SELECT {} FROM objects WHERE id = $1 AND kind = 1 ORDER BY number LIMIT 1",
                  kObjectColumns),
      id));
}

ObjectRow read_object(Database& database, std::int64_t number) {
  auto found = object_of(database.query(
      fmt::format("SELECT {} FROM objects WHERE number = $1", kObjectColumns), number));
  PANJ_EXPECT(found.has_value());
  return *found;
}

VersionRow read_version(Database& database, std::int64_t number) {
  VersionRow row{.number = number};
  std::string body;
  {
    Rows rows = database.query(
        "SELECT v.object, o.id, o.creator, o.kind, v.modified, v.hash, v.label, v.type, v.revoked, "
        "v.relayed, v.body, v.source FROM versions v JOIN objects o ON o.number = v.object "
        "WHERE v.number = $1",
        number);
    PANJ_EXPECT(rows.next());
    row.object = rows.integer(0);
    row.id = rows.text(1);
    row.creator = rows.integer(2);
    row.kind = static_cast<Kind>(rows.integer(3));
    row.modified = rows.integer(4);
    row.hash = rows.text(5);
    row.label = rows.text(6);
    row.type = rows.text(7);
    row.revocation = static_cast<Revocation>(rows.integer(8));
    row.is_relayed = rows.boolean(9);
    body = rows.text(10);
    row.source = rows.text(11);
  }
  const Result<StixObject> stix = read_stored_object(*parse_json(body));
  row.needs = needs_of(*stix);
  row.refers_to = stix->refers_to;
  return row;
}

bool is_revoked(Database& database, std::int64_t version) {
  return database.number("SELECT revoked FROM versions WHERE number = $1", version) != 0;
}

std::string read_body(Database& database, std::int64_t number) {
  Rows rows = database.query("SELECT body FROM versions WHERE number = $1", number);
  PANJ_EXPECT(rows.next());
  return rows.text(0);
}

std::optional<VersionRow> find_version(Database& database, std::int64_t object,
                                       std::int64_t modified) {
  const std::int64_t number = database.number(
      "SELECT number FROM versions WHERE object = $1 AND modified = $2 "
      "ORDER BY revoked, number LIMIT 1",
      object, modified);
  if (number == 0) return std::nullopt;
  return read_version(database, number);
}

std::vector<std::int64_t> versions_of(Database& database, std::int64_t object) {
  Rows rows = database.query(
      "SELECT number FROM versions WHERE object = $1 ORDER BY modified, number", object);
  std::vector<std::int64_t> versions;
  while (rows.next()) versions.push_back(rows.integer(0));
  return versions;
}

VersionRow insert_version(WriteSession& session, const NewVersion& version) {
  Database& database = session.database();
  const ObjectRow object = find_or_insert_object(session, version);
  VersionRow row{.number = session.new_version_number(),
                 .object = object.number,
                 .id = version.stix.id,
                 .creator = version.creator,
                 .kind = object.kind,
                 .modified = micros(version.stix.modified),
                 .hash = version_hash(version.body),
                 .label = version.label,
                 .type = version.stix.type,
                 .revocation = version.revocation,
                 .is_relayed = version.is_relayed,
                 .source = version.source,
                 .is_only_one = object.current_version == 0,
                 .needs = needs_of(version.stix),
                 .refers_to = version.stix.refers_to};
  insert_row(database, row, version.body);
  const std::int64_t current =
      database.number("SELECT modified FROM versions WHERE number = $1", object.current_version);
  if (row.is_only_one || current < row.modified) make_current(database, row);
  return row;
}

void change_label(Database& database, const VersionRow& version) {
  database.execute("UPDATE versions SET label = $2 WHERE number = $1", version.number,
                   version.label);
  database.execute("UPDATE objects SET current_label = $2 WHERE current_version = $1",
                   version.number, version.label);
}

VersionRow insert_withdrawal(WriteSession& session, const VersionRow& last,
                             const std::string& body) {
  VersionRow row = last;
  const Result<StixObject> stix = read_stored_object(*parse_json(body));
  row.number = session.new_version_number();
  row.modified = micros(stix->modified);
  row.hash = version_hash(body);
  row.revocation = Revocation::by_node;
  row.refers_to = stix->refers_to;
  row.source.clear();
  insert_row(session.database(), row, body);
  return row;
}

}  // namespace panj::share::detail
