// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "panj/share/audit.h"
#include "panj/share/detail/audit_table.h"
#include "panj/share/detail/database.h"

namespace panj::share::detail {

/// Goes through the audit chain once, and holds logs, versions and members against what it tells.
class AuditCheck {
 public:
  AuditCheck(Database& database, std::string node) : database_(database), node_(std::move(node)) {}

  std::optional<AuditFault> run(std::span<const Checkpoint> checkpoints);

 private:
  struct LogEnd {
    std::int64_t sequence = 0;
    std::string chain{};
    std::int64_t added = 0;  ///< microseconds
  };

  /// What an entry tells of a version that was put.
  struct Put {
    std::int64_t entry = 0;
    std::string id{};
    std::int64_t creator = 0;
    std::string label{};
    // Entries of before have none of these.
    std::optional<std::int64_t> kind{};
    std::optional<std::int64_t> revoked{};
    std::optional<bool> is_relayed{};
    std::optional<std::string> source{};
  };

  /// A recall that waits, or waited, for a receipt.
  struct Recall {
    std::int64_t entry = 0;
    std::int64_t since = 0;  ///< microseconds
  };
  struct Receipt {
    std::int64_t entry = 0;
    std::string version{};
  };

  static Put read_put(const AuditEntry& entry);
  static bool is_as_told(const Put& put, const Rows& row);
  void check_entry(const StoredEntry& stored);
  void follow(const AuditEntry& entry);
  void check_release(const AuditEntry& entry, const Json& step);
  void check_labels();
  void check_versions();
  void check_version(const Rows& row);
  void check_objects();
  void check_recalls();
  void check_recall(const Rows& row);
  void check_logs();
  void check_ends();
  void check_statuses();
  void check_waiting();
  void check_withdrawn();
  void check_members();
  void check_checkpoint(const Checkpoint& checkpoint);
  void fail(std::int64_t sequence, std::string what);

  Database& database_;
  std::string node_;
  std::optional<AuditFault> fault_;
  std::int64_t last_ = 0;
  std::string last_hash_;
  std::unordered_multimap<std::string, Put> puts_;        ///< by version
  std::unordered_map<std::string, std::int64_t> labels_;  ///< to the first entry that names it
  std::unordered_set<std::string> sound_labels_;          ///< whose row is what its id says
  std::set<std::string> receipts_;                        ///< versions
  std::map<std::int64_t, LogEnd> logs_;                   ///< by member
  std::map<std::pair<std::int64_t, std::int64_t>, Recall> recalls_;  ///< by member, object
  std::map<std::pair<std::string, std::string>, Receipt>
      confirmed_;               ///< by member's id, object's id
  bool tells_recalls_ = false;  ///< the first version's entry is of a node that tells of recalls
  std::set<std::pair<std::int64_t, std::int64_t>> withdrawn_;      ///< member, sequence
  std::unordered_map<std::string, std::int64_t> hashes_;           ///< version to entry
  std::map<std::int64_t, std::pair<std::int64_t, Json>> members_;  ///< number to entry and content
};

}  // namespace panj::share::detail
