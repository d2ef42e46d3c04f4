// SPDX-License-Identifier: Apache-2.0
#include "panj/event/detail/ingest_transaction.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "panj/event/detail/geopackage.h"
#include "panj/event/detail/release_order.h"
#include "panj/event/detail/rtree.h"
#include "panj/event/detail/store_errors.h"

namespace panj::event::detail {
namespace {

std::string insert_into(std::string_view table) {
  return fmt::format("INSERT INTO {} ({}) VALUES ({})", table, kVersionColumns,
                     version_parameters());
}

/// The version of an incident that stands nearest to ?3 in the given direction.
std::string neighbour_in_history(std::string_view columns, std::string_view comparison,
                                 std::string_view direction) {
  return fmt::format(
      "SELECT {0} FROM (SELECT *, {1} AS version_order FROM incident_versions "
      "WHERE source_id = ? AND source = ?) WHERE version_order {2} ? "
      "ORDER BY version_order {3} LIMIT 1",
      columns, version_order("incident_versions"), comparison, direction);
}

std::string attribute_in(std::string_view table, std::string_view key) {
  return fmt::format("UPDATE {} SET (known_on, ingest_id, file_row) = (?, ?, ?) WHERE {} = ?",
                     table, key);
}

/// The table has one line for a row: what else is wrong with it follows the first reason.
std::string all_reasons(const BadRow& bad) {
  std::string text = bad.reason;
  for (const BadField& field : bad.also) {
    text += fmt::format("; {}: is '{}' ({})", field.column, field.found, field.reason);
  }
  return text;
}

}  // namespace

BulkTransaction::BulkTransaction(Database& database) : database_(database), transaction_(database) {
  drop_rtree_triggers(database_);
}

void BulkTransaction::commit() {
  create_rtree_triggers(database_);
  transaction_.commit();
}

IngestTransaction::IngestTransaction(Database& database, std::filesystem::path path,
                                     const IngestSource& source)
    : database_(database),
      path_(std::move(path)),
      transaction_(database),
      known_on_(to_string(source.known_on)),
      find_(database.prepare(fmt::format("SELECT fid, digest, ingest_id, {} FROM incidents "
                                         "WHERE source_id = ? AND source = ?",
                                         version_order("incidents")))),
      insert_(database.prepare(insert_into("incidents"))),
      keep_version_(database.prepare(
          fmt::format("INSERT INTO incident_versions ({0}) SELECT {0} FROM incidents WHERE fid = ?",
                      kVersionColumns))),
      replace_(database.prepare(fmt::format("UPDATE incidents SET ({}) = ({}) WHERE fid = ?",
                                            kVersionColumns, version_parameters()))),
      forget_place_(database.prepare("DELETE FROM rtree_incidents_geom WHERE id = ?")),
      place_(database.prepare("INSERT INTO rtree_incidents_geom VALUES (?, ?2, ?2, ?3, ?3)")),
      find_before_(database.prepare(neighbour_in_history("digest", "<", "DESC"))),
      find_after_(
          database.prepare(neighbour_in_history("digest, known_on, version_id", ">", "ASC"))),
      insert_version_(database.prepare(insert_into("incident_versions"))),
      attribute_current_(database.prepare(attribute_in("incidents", "fid"))),
      attribute_version_(database.prepare(attribute_in("incident_versions", "version_id"))),
      quarantine_(database.prepare(
          "INSERT INTO quarantine (ingest_id, file_row, line, column_name, found, reason, raw) "
          "VALUES (?, ?, ?, ?, ?, ?, ?)")) {
  Statement ingest = database_.prepare(
      "INSERT INTO ingests (file, sha256, format, source_version, known_on, ingested_at) "
      "VALUES (?, ?, ?, ?, ?, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))");
  ingest.bind(0, source.file);
  ingest.bind(1, source.sha256);
  ingest.bind(2, source.format);
  ingest.bind(3, source.version);
  ingest.bind(4, known_on_);
  ingest.run();
  ingest_id_ = database_.last_row_id();
  find_own_place();
  is_first_load_ = database_.single_integer("SELECT max(fid) FROM incidents") == 0;
  if (is_first_load_) drop_id_index(database_);
}

void IngestTransaction::find_own_place() {
  fill_ingest_order(database_);
  Statement place =
      database_.prepare("SELECT " + version_order("ingests") + " FROM ingests WHERE ingest_id = ?");
  place.bind(0, ingest_id_);
  if (place.step()) order_ = place.text(0);
  lower_releases_ = lower_releases(database_, ingest_id_);
}

Added IngestTransaction::add(const Incident& incident, std::uint64_t row) {
  const std::uint64_t content = digest(incident);
  const SeenIds::Seen first = seen_.insert(incident.source, incident.source_id, {content, row});
  if (first.row != row) {
    return {first.digest == content ? Outcome::duplicate : Outcome::conflict, first.row};
  }
  const VersionInfo info{known_on_, ingest_id_, static_cast<std::int64_t>(row),
                         std::bit_cast<std::int64_t>(content)};
  return {explained(path_, [&] { return store(incident, info); }), row};
}

Added::Outcome IngestTransaction::store(const Incident& incident, const VersionInfo& info) {
  if (is_first_load_) return accept(incident, info);
  find_.bind(0, incident.source_id);
  find_.bind(1, incident.source);
  std::optional<Current> current;
  if (find_.step()) {
    const std::string_view order = find_.text(3);
    current = Current{.fid = find_.integer(0),
                      .digest = find_.integer(1),
                      .ingest_id = find_.integer(2),
                      .is_later = order > order_,
                      .is_of_same_day = order.starts_with(info.known_on)};
  }
  find_.reset();
  if (!current) return accept(incident, info);
  if (current->is_later) return add_to_history(*current, incident, info);
  if (current->digest == info.digest) {
    // A release between the two may still come: it must not stand above this one.
    const bool is_lower = std::ranges::binary_search(lower_releases_, current->ingest_id);
    if (is_lower) attribute(attribute_current_, current->fid, info);
    return Outcome::duplicate;
  }
  supersede(*current, incident, info);
  return Outcome::updated;
}

Added::Outcome IngestTransaction::accept(const Incident& incident, const VersionInfo& info) {
  run_with_version(insert_, incident, info);
  if (const auto& at = incident.place.coordinates) {
    new_points_.push_back({database_.last_row_id(), at->lon, at->lat});
  }
  return Outcome::accepted;
}

void IngestTransaction::place(const RtreePoint& point) {
  place_.bind(0, point.id);
  place_.bind(1, point.x);
  place_.bind(2, point.y);
  place_.run();
}

void IngestTransaction::supersede(const Current& current, const Incident& incident,
                                  const VersionInfo& info) {
  keep_version_.bind(0, current.fid);
  keep_version_.run();
  run_with_version(replace_, incident, info, current.fid);
  forget_place_.bind(0, current.fid);
  forget_place_.run();
  if (const auto& at = incident.place.coordinates) place({current.fid, at->lon, at->lat});
}

/// Says of a version that this file has: it became known with it.
void IngestTransaction::attribute(Statement& update, std::int64_t key, const VersionInfo& info) {
  update.bind(0, info.known_on);
  update.bind(1, info.ingest_id);
  update.bind(2, info.row);
  update.bind(3, key);
  update.run();
}

/// The store already knows a later version. What was known before decides whether this is news; a
/// version with the same content that follows directly was in truth known on this day already.
Added::Outcome IngestTransaction::add_to_history(const Current& current, const Incident& incident,
                                                 const VersionInfo& info) {
  for (Statement* statement : {&find_before_, &find_after_}) {
    statement->bind(0, incident.source_id);
    statement->bind(1, incident.source);
    statement->bind(2, order_);
  }
  const bool known_before = find_before_.step() && find_before_.integer(0) == info.digest;
  find_before_.reset();
  if (known_before) return Outcome::duplicate;
  const bool in_history = find_after_.step();
  const std::int64_t next_digest = in_history ? find_after_.integer(0) : current.digest;
  const bool same_day = in_history ? find_after_.text(1) == info.known_on : current.is_of_same_day;
  const std::int64_t next = in_history ? find_after_.integer(2) : current.fid;
  find_after_.reset();
  if (next_digest != info.digest) {
    run_with_version(insert_version_, incident, info);
    return Outcome::updated;
  }
  if (!same_day) attribute(in_history ? attribute_version_ : attribute_current_, next, info);
  return Outcome::duplicate;
}

void IngestTransaction::quarantine(const BadRow& bad) {
  const std::string reasons = all_reasons(bad);
  explained(path_, [&] {
    quarantine_.bind(0, ingest_id_);
    quarantine_.bind(1, static_cast<std::int64_t>(bad.row));
    quarantine_.bind(2, static_cast<std::int64_t>(bad.line));
    quarantine_.bind(3, bad.column);
    quarantine_.bind(4, bad.found);
    quarantine_.bind(5, reasons);
    quarantine_.bind(6, bad.raw);
    quarantine_.run();
  });
}

/// A first load packs the R-tree. Later the points are inserted one by one: where the old ones lie,
/// only the R-tree knows, because QGIS may have moved them.
void IngestTransaction::place_new_points() {
  if (is_first_load_) {
    pack_rtree(database_, "rtree_incidents_geom", std::move(new_points_));
  } else {
    for (const RtreePoint& point : new_points_) place(point);
  }
}

void IngestTransaction::commit(const IngestCounts& counts) {
  explained(path_, [&] {
    place_new_points();
    if (is_first_load_) create_id_index(database_);
    refresh_contents(database_);
    Statement finish = database_.prepare(
        "UPDATE ingests SET rows_read = ?, accepted = ?, updated = ?, duplicate = ?, "
        "quarantined = ? WHERE ingest_id = ?");
    int index = 0;
    for (const std::uint64_t count :
         {counts.read, counts.accepted, counts.updated, counts.duplicate, counts.quarantined}) {
      finish.bind(index++, static_cast<std::int64_t>(count));
    }
    finish.bind(index, ingest_id_);
    finish.run();
    transaction_.commit();
  });
}

}  // namespace panj::event::detail
