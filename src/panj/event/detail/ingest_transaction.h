// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "panj/event/detail/incident_row.h"
#include "panj/event/detail/rtree.h"
#include "panj/event/detail/seen_ids.h"
#include "panj/event/detail/sqlite.h"
#include "panj/event/store.h"

namespace panj::event::detail {

/// A transaction in which the R-tree's triggers are away: Panj fills the R-tree itself.
class BulkTransaction {
 public:
  explicit BulkTransaction(Database& database);
  void commit();

 private:
  Database& database_;
  Transaction transaction_;
};

/// One file on its way into the store.
class IngestTransaction final : public EventStore::Ingest {
 public:
  IngestTransaction(Database& database, std::filesystem::path path, const IngestSource& source);

  Added add(const Incident& incident, std::uint64_t row) override;
  void quarantine(const BadRow& bad) override;
  void commit(const IngestCounts& counts) override;

 private:
  using Outcome = Added::Outcome;
  struct Current {
    std::int64_t fid;
    std::int64_t digest;
    std::int64_t ingest_id;
    bool is_later;  ///< known only after this file's day, or a higher release of that day
    bool is_of_same_day;
  };

  Outcome store(const Incident& incident, const VersionInfo& info);
  Outcome accept(const Incident& incident, const VersionInfo& info);
  void place(const RtreePoint& point);
  void supersede(const Current& current, const Incident& incident, const VersionInfo& info);
  void attribute(Statement& update, std::int64_t key, const VersionInfo& info);
  Outcome add_to_history(const Current& current, const Incident& incident, const VersionInfo& info);

  void find_own_place();
  void place_new_points();

  Database& database_;
  std::filesystem::path path_;
  BulkTransaction transaction_;
  std::string known_on_;
  std::int64_t ingest_id_ = 0;
  std::string order_;  ///< of this file's versions, as version_order() has it
  std::vector<std::int64_t> lower_releases_;  ///< files of the same day that this one supersedes
  /// The store was empty: nothing can be found in it, and indexes are made at the end.
  bool is_first_load_ = false;
  std::vector<RtreePoint> new_points_;
  SeenIds seen_;

  Statement find_;
  Statement insert_;
  Statement keep_version_;
  Statement replace_;
  Statement forget_place_;
  Statement place_;
  Statement find_before_;
  Statement find_after_;
  Statement insert_version_;
  Statement attribute_current_;
  Statement attribute_version_;
  Statement quarantine_;
};

}  // namespace panj::event::detail
