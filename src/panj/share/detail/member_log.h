// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "panj/share/detail/version_row.h"
#include "panj/share/detail/write_session.h"

namespace panj::share::detail {

/// One step of a log's chain, over all entries up to this one.
std::string chain_hash(const std::string& previous, std::int64_t sequence, std::int64_t date_added,
                       std::string_view version_hash);

/// Appends to members' logs and notes each step for the audit. The only code that does.
class MemberLog {
 public:
  explicit MemberLog(WriteSession& session) : session_(session) {}

  /// Does nothing when the member sees the version already.
  void append(MemberRow& member, const VersionRow& version);
  /// Hides the versions of an object, but for `keep` (0: none) and the node's tombstones, from the
  /// member.
  void withdraw(MemberRow& member, std::int64_t object, std::int64_t keep);
  void withdraw_version(MemberRow& member, std::int64_t object, std::int64_t version);

  bool has_id(const MemberRow& member, const std::string& id);
  bool has_object(const MemberRow& member, std::int64_t object);  ///< also when withdrawn
  bool shows_object(const MemberRow& member, std::int64_t object);
  std::vector<std::int64_t> shown_versions(const MemberRow& member, std::int64_t object);
  /// Whether another creator's object with this id is in the log.
  bool has_rival(const MemberRow& member, const VersionRow& version);
  /// Whether there is another creator's object with this id in any log.
  bool may_have_rivals(const VersionRow& version);

  /// That the member owes a receipt for the end of the object, for the audit.
  void note_recall(const MemberRow& member, std::int64_t object) {
    recalls_.push_back({member.number, object});
  }
  /// What was appended, withdrawn and recalled since the last call, for an audit entry.
  Json take_steps();

 private:
  bool shows_version(const MemberRow& member, const VersionRow& version);
  void refresh_flags(const MemberRow& member, std::int64_t object);

  WriteSession& session_;
  std::unordered_map<std::int64_t, std::unordered_set<std::string>> seen_ids_;  ///< by member
  Json appended_ = Json::array();
  Json withdrawn_ = Json::array();
  Json recalls_ = Json::array();
};

}  // namespace panj::share::detail
