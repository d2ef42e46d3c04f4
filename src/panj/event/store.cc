// SPDX-License-Identifier: Apache-2.0
#include "panj/event/store.h"

#include <fmt/format.h>

#include <system_error>

#include "panj/core/problem.h"
#include "panj/event/detail/geopackage.h"
#include "panj/event/detail/incident_row.h"
#include "panj/event/detail/ingest_transaction.h"
#include "panj/event/detail/release_order.h"
#include "panj/event/detail/sqlite.h"
#include "panj/event/detail/store_errors.h"

namespace panj::event {
namespace fs = std::filesystem;
namespace {

using detail::Access;
using detail::Database;

/// The latest version with known_on up to ?1 of each incident: the current one, or else out of the
/// history (max() picks the row that the other columns are taken from).
std::string as_of_query() {
  return fmt::format(
      "SELECT {0} FROM incidents WHERE known_on <= ?1 "
      "UNION ALL "
      "SELECT {0} FROM (SELECT *, max({1}) "
      "  FROM incident_versions WHERE known_on <= ?1 GROUP BY source_id, source) AS version "
      "WHERE NOT EXISTS (SELECT 1 FROM incidents AS current "
      "  WHERE current.source_id = version.source_id AND current.source = version.source "
      "  AND current.known_on <= ?1) "
      "ORDER BY date_first, source, source_id",
      detail::kVersionColumns, detail::version_order("incident_versions"));
}

void make_workspace(const fs::path& workspace) {
  std::error_code error;
  fs::create_directories(workspace, error);
  if (!error && fs::is_directory(workspace)) return;
  throw std::runtime_error(
      fmt::format("{}: the workspace cannot be made: {}", workspace.string(), error.message()));
}

/// After a kill, the journal beside the file must be played back before its size can be judged.
bool has_journal(const fs::path& path) {
  std::error_code error;
  const auto size = fs::file_size(path.string() + "-journal", error);
  return !error && size > 0;
}

/// A database of SQLite's that has no table of ours yet.
bool is_new(const fs::path& path) {
  return !fs::exists(path) || (fs::file_size(path) == 0);
}

void check_tables(const Database& database, const fs::path& path) {
  const auto refuse = [&](std::string what) {
    throw InvalidInput({.file = path.string(),
                        .what = std::move(what),
                        .why = "the event store must be made by this version of panj ingest",
                        .suggestion = "move it away and ingest the files again, or name another "
                                      "workspace"});
  };
  if (!database.has_table("incident_versions")) refuse("is a GeoPackage without incidents");
  for (const char* table : {"incidents", "incident_versions"}) {
    try {
      (void)database.prepare(fmt::format("SELECT {} FROM {}", detail::kVersionColumns, table));
    } catch (const detail::SqliteError& error) {
      if (error.code != 1) throw;  // SQLITE_ERROR: no such table or column
      refuse(fmt::format("has other columns in '{}' ({})", table, error.what()));
    }
  }
}

}  // namespace

struct EventStore::State {
  State(fs::path file, Access access) : path(std::move(file)), database(path.string(), access) {
    database.run("PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;");
    detail::create_ingest_order(database);
  }
  fs::path path;
  Database database;
};

EventStore::EventStore(std::unique_ptr<State> state) : state_(std::move(state)) {}
EventStore::EventStore(EventStore&&) noexcept = default;
EventStore::~EventStore() = default;

EventStore EventStore::open_for_writing(const fs::path& workspace) {
  make_workspace(workspace);
  const fs::path path = workspace / "events.gpkg";
  const bool fresh = is_new(path) && !has_journal(path);
  if (!fresh && !has_journal(path)) detail::check_geopackage_file(path);
  return detail::explained(path, [&] {
    auto state = std::make_unique<State>(path, Access::write);
    if (state->database.is_read_only()) {
      throw std::runtime_error(path.string() +
                               ": is read-only (the file, its folder or the whole disk) allow "
                               "writing or name another workspace");
    }
    detail::Transaction transaction(state->database);
    if (!state->database.has_table("gpkg_contents")) detail::create_event_tables(state->database);
    transaction.commit();
    detail::check_geopackage_file(path);
    check_tables(state->database, path);
    return EventStore(std::move(state));
  });
}

EventStore EventStore::open_for_reading(const fs::path& workspace) {
  const fs::path path = workspace / "events.gpkg";
  if (!fs::exists(path)) {
    throw InvalidInput({.file = path.string(),
                        .what = "no such file",
                        .why = "the workspace holds no incidents yet",
                        .suggestion = "run panj ingest first"});
  }
  if (!has_journal(path)) detail::check_geopackage_file(path);
  return detail::explained(path, [&] {
    auto state = std::make_unique<State>(path, Access::read);
    check_tables(state->database, path);
    return EventStore(std::move(state));
  });
}

std::unique_ptr<EventStore::Ingest> EventStore::begin(const IngestSource& source) {
  return detail::explained(state_->path, [&] {
    return std::make_unique<detail::IngestTransaction>(state_->database, state_->path, source);
  });
}

void EventStore::read(Date as_of, const std::function<void(const Incident&)>& visit) const {
  detail::explained(state_->path, [&] {
    detail::fill_ingest_order(state_->database);
    detail::Statement rows = state_->database.prepare(as_of_query());
    const std::string day = to_string(as_of);
    rows.bind(0, day);
    Incident incident;
    while (rows.step()) {
      detail::read_incident(rows, incident);
      visit(incident);
    }
  });
}

std::vector<Date> EventStore::vintages() const {
  std::vector<Date> days;
  detail::explained(state_->path, [&] {
    detail::Statement rows =
        state_->database.prepare("SELECT DISTINCT known_on FROM ingests ORDER BY known_on");
    while (rows.step()) {
      if (const auto day = parse_date(rows.text(0))) days.push_back(*day);
    }
  });
  return days;
}

std::string EventStore::release_above(const IngestSource& source) const {
  return detail::explained(state_->path, [&] {
    return detail::release_above(state_->database, source.format, source.version);
  });
}

}  // namespace panj::event
