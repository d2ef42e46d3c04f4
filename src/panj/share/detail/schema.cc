// SPDX-License-Identifier: Apache-2.0
#include "panj/share/detail/schema.h"

#include <string>

#include "panj/core/problem.h"

namespace panj::share::detail {
namespace {

constexpr std::string_view kVersion = "panj.share/1";

/// Numbers are given by the store, ascending from 1 (member 1 is the node itself); moments are
/// microseconds since 1970.
constexpr const char* kTables = R"(
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE members (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL UNIQUE,
  public_key TEXT NOT NULL, password_hash TEXT NOT NULL, access INTEGER NOT NULL,
  clearance INTEGER NOT NULL, caveats TEXT NOT NULL, epoch INTEGER NOT NULL,
  last_sequence INTEGER NOT NULL, last_added INTEGER NOT NULL, chain TEXT NOT NULL,
  status_count INTEGER NOT NULL);

-- Labels by the id of their marking-definition.
CREATE TABLE labels (id TEXT PRIMARY KEY, marking TEXT NOT NULL);

-- kind 0: released by its label. 1: a marking or a member's identity, released with what needs it.
CREATE TABLE objects (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL, creator INTEGER NOT NULL, kind INTEGER NOT NULL,
  current_version INTEGER NOT NULL, current_label TEXT NOT NULL, UNIQUE (id, creator));

CREATE TABLE versions (
  number INTEGER PRIMARY KEY, object INTEGER NOT NULL, modified INTEGER NOT NULL,
  hash TEXT NOT NULL, label TEXT NOT NULL, type TEXT NOT NULL, revoked INTEGER NOT NULL,
  relayed INTEGER NOT NULL, source TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX versions_object ON versions (object, modified);

CREATE TABLE log (
  member INTEGER NOT NULL, sequence INTEGER NOT NULL, version INTEGER NOT NULL,
  object INTEGER NOT NULL, modified INTEGER NOT NULL, date_added INTEGER NOT NULL,
  is_first INTEGER NOT NULL, is_last INTEGER NOT NULL, withdrawn INTEGER NOT NULL,
  chain TEXT NOT NULL, PRIMARY KEY (member, sequence)) WITHOUT ROWID;
CREATE INDEX log_object ON log (member, object);
CREATE INDEX log_last ON log (member, sequence) WHERE is_last = 1;

-- Versions that a member may see once all that they refer to was released to it.
CREATE TABLE waiting (
  member INTEGER NOT NULL, version INTEGER NOT NULL, object INTEGER NOT NULL,
  PRIMARY KEY (member, version));
CREATE INDEX waiting_object ON waiting (member, object);
CREATE TABLE waiting_for (
  member INTEGER NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL,
  PRIMARY KEY (member, id, version));
CREATE INDEX waiting_for_version ON waiting_for (member, version);

CREATE TABLE recalls (
  object INTEGER NOT NULL, member INTEGER NOT NULL, since INTEGER NOT NULL,
  receipt TEXT NOT NULL, PRIMARY KEY (object, member));
CREATE TABLE statuses (id TEXT PRIMARY KEY, member INTEGER NOT NULL, body TEXT NOT NULL);
CREATE TABLE cursors (source TEXT PRIMARY KEY, cursor TEXT NOT NULL);
CREATE TABLE audit (
  sequence INTEGER PRIMARY KEY, time INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
  detail TEXT NOT NULL, hash TEXT NOT NULL);
)";

/// What SQLite's planner is to believe of a log before any is measured: long for a member, short
/// for an object. Without it the planner reads a member's whole log to find one object in it. Set
/// as sqlite.org/optoverview.html describes under "Manual control of query plans using SQLITE_STAT
/// tables".
constexpr const char* kStatistics = R"(
ANALYZE sqlite_schema;
INSERT INTO sqlite_stat1 VALUES
  ('log', 'log', '1000000 100000 1'), ('log', 'log_object', '1000000 100000 2');
ANALYZE sqlite_schema;
)";

bool has_statistics(Database& database) {
  return database.backend() != Backend::sqlite ||
         database.number("SELECT count(*) FROM sqlite_schema WHERE name = 'sqlite_stat1'") > 0;
}

/// PostgreSQL's INTEGER has 32 bits, and its tables have no rows to go without.
std::string tables_for(Backend backend) {
  std::string sql = kTables;
  if (backend == Backend::sqlite) return sql;
  constexpr std::string_view kInteger = "INTEGER";
  for (std::size_t at = sql.find(kInteger); at != std::string::npos; at = sql.find(kInteger, at)) {
    sql.replace(at, kInteger.size(), "BIGINT");
  }
  constexpr std::string_view kWithout = " WITHOUT ROWID";
  sql.erase(sql.find(kWithout), kWithout.size());
  return sql;
}

}  // namespace

bool has_tables(Database& database) {
  if (database.backend() == Backend::sqlite) {
    return database.number("SELECT count(*) FROM sqlite_schema WHERE name = 'settings'") > 0;
  }
  return database.number(
             "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() "
             "AND tablename = 'settings'") > 0;
}

void make_tables(Database& database) {
  if (!has_tables(database)) {
    database.run(tables_for(database.backend()));
    database.execute("INSERT INTO settings VALUES ('schema', $1)", kVersion);
  }
  if (!has_statistics(database)) database.run(kStatistics);
  Rows rows = database.query("SELECT value FROM settings WHERE name = 'schema'");
  const std::string found = rows.next() ? rows.text(0) : "";
  if (found == kVersion) return;
  throw InvalidInput({.what = "the store is of another version ('" + found + "')",
                      .why = "this program reads " + std::string(kVersion)});
}

}  // namespace panj::share::detail
