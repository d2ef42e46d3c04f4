// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <filesystem>
#include <string_view>

#include "panj/event/detail/sqlite.h"
#include "panj/event/incident.h"

namespace panj::event::detail {

/// GeoPackage 1.3 (OGC 12-128r17), written with SQLite alone.
///
/// Makes the tables of an event store in an empty database: the standard's own, the point layer
/// `incidents` with its R-tree, and `incident_versions`, `ingests`, `quarantine` as attributes.
void create_event_tables(Database& database);

/// The R-tree's triggers keep it right when QGIS edits the layer. They are dropped while Panj
/// writes many rows at once and fills the R-tree itself, and made again in the same transaction.
void drop_rtree_triggers(Database& database);
void create_rtree_triggers(Database& database);

/// One incident, one row of `incidents`. A first load makes the index when all rows are there.
void drop_id_index(Database& database);
void create_id_index(Database& database);

/// Writes the layer's extent and time of last change into gpkg_contents.
void refresh_contents(Database& database);

/// A point as a GeoPackage binary: header without envelope, WGS 84, little-endian WKB.
class PointBlob {
 public:
  explicit PointBlob(geo::LonLat at);
  std::string_view bytes() const { return {bytes_.data(), bytes_.size()}; }

 private:
  std::array<char, 29> bytes_{};
};

/// Throws InvalidInput when the file is there but is no GeoPackage of Panj, or was cut short.
void check_geopackage_file(const std::filesystem::path& path);

}  // namespace panj::event::detail
