// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "panj/event/detail/sqlite.h"
#include "panj/event/incident.h"

namespace panj::event::detail {

/// Where a version comes from.
struct VersionInfo {
  std::string_view known_on;
  std::int64_t ingest_id = 0;
  std::int64_t row = 0;
  std::int64_t digest = 0;
};

/// The columns of a version, in the order in which bind_version and read_incident use them.
extern const std::string_view kVersionColumns;
inline constexpr int kVersionColumnCount = 36;
/// "?,?,…" for kVersionColumns.
std::string version_parameters();

/// Binds all kVersionColumns from parameter 0 on, and runs the statement.
void run_with_version(Statement& statement, const Incident& incident, const VersionInfo& info);
/// The same with the row's key as one parameter more at the end.
void run_with_version(Statement& statement, const Incident& incident, const VersionInfo& info,
                      std::int64_t fid);

/// Reads an incident from a row that starts with kVersionColumns.
void read_incident(const Statement& row, Incident& incident);

}  // namespace panj::event::detail
