// SPDX-License-Identifier: Apache-2.0
#include "panj/event/detail/geopackage.h"

#include <fmt/format.h>

#include <bit>
#include <cstdint>
#include <cstring>
#include <fstream>

#include "panj/core/problem.h"

namespace panj::event::detail {
namespace {

constexpr auto kStandardTables = R"sql(
PRAGMA application_id = 0x47504B47;
PRAGMA user_version = 10300;
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
INSERT INTO gpkg_spatial_ref_sys VALUES
  ('Undefined cartesian SRS', -1, 'NONE', -1, 'undefined', NULL),
  ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', NULL),
  ('WGS 84 geodetic', 4326, 'EPSG', 4326,
   'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG",'
   || '"7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],'
   || 'UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],'
   || 'AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]', 'longitude, latitude');
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,
  srs_id INTEGER REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL UNIQUE REFERENCES gpkg_contents(table_name),
  column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL REFERENCES gpkg_spatial_ref_sys(srs_id),
  z TINYINT NOT NULL, m TINYINT NOT NULL, PRIMARY KEY (table_name, column_name));
CREATE TABLE gpkg_extensions (
  table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
  scope TEXT NOT NULL, UNIQUE (table_name, column_name, extension_name));
)sql";

/// The same columns in `incidents` and in `incident_versions`, so that a version moves as it is.
constexpr auto kIncidentColumns = R"sql(
  geom POINT, source TEXT NOT NULL, source_id TEXT NOT NULL, type TEXT NOT NULL,
  date_first DATE NOT NULL, date_last DATE NOT NULL, date_precision TEXT NOT NULL,
  place TEXT, place_precision TEXT NOT NULL, admin1 TEXT, admin2 TEXT, country TEXT,
  country_id INTEGER, actor_a TEXT, actor_b TEXT,
  actor_a_state TEXT, actor_b_state TEXT, conflict TEXT,
  deaths_low INTEGER NOT NULL, deaths_best INTEGER NOT NULL, deaths_high INTEGER NOT NULL,
  deaths_a INTEGER, deaths_b INTEGER, deaths_civilians INTEGER, deaths_unknown INTEGER,
  reliability TEXT, credibility INTEGER, clarity INTEGER, source_count INTEGER, note TEXT,
  longitude DOUBLE, latitude DOUBLE,
  known_on DATE NOT NULL, ingest_id INTEGER NOT NULL, file_row INTEGER NOT NULL,
  digest INTEGER NOT NULL
)sql";

constexpr auto kOtherTables = R"sql(
CREATE INDEX incident_versions_by_id ON incident_versions (source_id, source);
CREATE TABLE ingests (
  ingest_id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL,
  format TEXT NOT NULL, source_version TEXT, known_on DATE NOT NULL, ingested_at DATETIME NOT NULL,
  rows_read INTEGER, accepted INTEGER, updated INTEGER, duplicate INTEGER, quarantined INTEGER);
CREATE TABLE quarantine (
  quarantine_id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, ingest_id INTEGER NOT NULL,
  file_row INTEGER NOT NULL, line INTEGER NOT NULL, column_name TEXT, found TEXT,
  reason TEXT NOT NULL, raw TEXT);
CREATE VIRTUAL TABLE rtree_incidents_geom USING rtree(id, minx, maxx, miny, maxy);
INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id) VALUES
  ('incidents', 'features', 'incidents', 'The latest version of every incident', 4326),
  ('incident_versions', 'attributes', 'incident_versions', 'Versions that were revised', NULL),
  ('ingests', 'attributes', 'ingests', 'Files taken in', NULL),
  ('quarantine', 'attributes', 'quarantine', 'Rows that could not be used', NULL);
INSERT INTO gpkg_geometry_columns VALUES ('incidents', 'geom', 'POINT', 4326, 0, 0);
INSERT INTO gpkg_extensions VALUES ('incidents', 'geom', 'gpkg_rtree_index',
  'http://www.geopackage.org/spec120/#extension_rtree', 'write-only');
)sql";

/// As the standard words them.
constexpr auto kRtreeTriggers = R"sql(
CREATE TRIGGER rtree_incidents_geom_insert AFTER INSERT ON incidents
  WHEN (new.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom))
BEGIN
  INSERT OR REPLACE INTO rtree_incidents_geom VALUES (NEW.fid, ST_MinX(NEW.geom),
    ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));
END;
CREATE TRIGGER rtree_incidents_geom_update1 AFTER UPDATE OF geom ON incidents
  WHEN OLD.fid = NEW.fid AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))
BEGIN
  INSERT OR REPLACE INTO rtree_incidents_geom VALUES (NEW.fid, ST_MinX(NEW.geom),
    ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));
END;
CREATE TRIGGER rtree_incidents_geom_update2 AFTER UPDATE OF geom ON incidents
  WHEN OLD.fid = NEW.fid AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))
BEGIN
  DELETE FROM rtree_incidents_geom WHERE id = OLD.fid;
END;
CREATE TRIGGER rtree_incidents_geom_update3 AFTER UPDATE ON incidents
  WHEN OLD.fid != NEW.fid AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))
BEGIN
  DELETE FROM rtree_incidents_geom WHERE id = OLD.fid;
  INSERT OR REPLACE INTO rtree_incidents_geom VALUES (NEW.fid, ST_MinX(NEW.geom),
    ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));
END;
CREATE TRIGGER rtree_incidents_geom_update4 AFTER UPDATE ON incidents
  WHEN OLD.fid != NEW.fid AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))
BEGIN
  DELETE FROM rtree_incidents_geom WHERE id IN (OLD.fid, NEW.fid);
END;
CREATE TRIGGER rtree_incidents_geom_delete AFTER DELETE ON incidents WHEN old.geom NOT NULL
BEGIN
  DELETE FROM rtree_incidents_geom WHERE id = OLD.fid;
END;
)sql";

std::uint32_t big_endian(const std::array<unsigned char, 100>& header, std::size_t at) {
  return (std::uint32_t{header[at]} << 24) | (std::uint32_t{header[at + 1]} << 16) |
         (std::uint32_t{header[at + 2]} << 8) | std::uint32_t{header[at + 3]};
}

[[noreturn]] void refuse(const std::filesystem::path& path, std::string what,
                         std::string suggestion) {
  throw InvalidInput({.file = path.string(),
                      .what = std::move(what),
                      .why = "the event store must be a GeoPackage made by panj ingest",
                      .suggestion = std::move(suggestion)});
}

}  // namespace

void create_event_tables(Database& database) {
  database.run(kStandardTables);
  // No AUTOINCREMENT for incidents: it writes another table at every row, and nothing refers to a
  // fid but the R-tree, which forgets what is deleted.
  database.run(fmt::format("CREATE TABLE incidents (fid INTEGER PRIMARY KEY NOT NULL,{});"
                           "CREATE TABLE incident_versions (version_id INTEGER PRIMARY KEY "
                           "AUTOINCREMENT NOT NULL,{})",
                           kIncidentColumns, kIncidentColumns)
                   .c_str());
  database.run(kOtherTables);
  create_id_index(database);
  database.run(kRtreeTriggers);
}

void drop_rtree_triggers(Database& database) {
  for (const char* trigger : {"insert", "update1", "update2", "update3", "update4", "delete"}) {
    database.run(fmt::format("DROP TRIGGER IF EXISTS rtree_incidents_geom_{}", trigger).c_str());
  }
}

void create_rtree_triggers(Database& database) {
  database.run(kRtreeTriggers);
}

void drop_id_index(Database& database) {
  database.run("DROP INDEX incidents_by_id");
}

void create_id_index(Database& database) {
  database.run("CREATE UNIQUE INDEX incidents_by_id ON incidents (source_id, source)");
}

void refresh_contents(Database& database) {
  database.run(R"sql(
UPDATE gpkg_contents SET last_change = strftime('%Y-%m-%dT%H:%M:%fZ', 'now');
UPDATE gpkg_contents SET (min_x, min_y, max_x, max_y) =
  (SELECT min(longitude), min(latitude), max(longitude), max(latitude) FROM incidents)
WHERE table_name = 'incidents';
)sql");
}

PointBlob::PointBlob(geo::LonLat at) {
  static_assert(std::endian::native == std::endian::little);
  // "GP", version 0, flags: little-endian, no envelope; SRS 4326; WKB little-endian point.
  constexpr std::array<char, 13> kHead = {'G', 'P', 0, 1, '\xE6', 0x10, 0, 0, 1, 1, 0, 0, 0};
  std::memcpy(bytes_.data(), kHead.data(), kHead.size());
  std::memcpy(bytes_.data() + kHead.size(), &at.lon, sizeof at.lon);
  std::memcpy(bytes_.data() + kHead.size() + sizeof at.lon, &at.lat, sizeof at.lat);
}

void check_geopackage_file(const std::filesystem::path& path) {
  if (!std::filesystem::exists(path)) return;
  std::array<unsigned char, 100> header{};
  std::ifstream in(path, std::ios::binary);
  in.read(reinterpret_cast<char*>(header.data()), header.size());  // NOLINT(*-reinterpret-cast)
  const bool is_sqlite = std::memcmp(header.data(), "SQLite format 3", 16) == 0;
  if (!in || !is_sqlite || big_endian(header, 68) != 0x47504B47U) {
    refuse(path, "is not a GeoPackage", "move it away, or name another workspace");
  }
  const std::uint64_t stored_size = (std::uint64_t{header[16]} << 8) | header[17];
  const std::uint64_t page_size = stored_size == 1 ? 65536 : stored_size;
  const std::uint64_t expected = page_size * big_endian(header, 28);
  const std::uint64_t actual = std::filesystem::file_size(path);
  if (big_endian(header, 24) == big_endian(header, 92) && actual < expected) {
    refuse(path, fmt::format("is cut short: {} of {} bytes are there", actual, expected),
           "restore it from a copy, or ingest the files again into a new workspace");
  }
}

}  // namespace panj::event::detail
