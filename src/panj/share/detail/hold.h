// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "panj/share/detail/member_log.h"

namespace panj::share::detail {

/// Holds a version back from a member until all that it refers to is in the member's log. Objects
/// that refer to each other in a circle are released together (circles of up to 64 versions).
class Hold {
 public:
  Hold(WriteSession& session, MemberLog& log) : session_(session), log_(log) {}

  /// Releases the version, or makes it wait; then all that waited for it.
  void release(MemberRow& member, const VersionRow& version);
  /// Whether all that the version refers to was released to the member.
  bool is_complete(const MemberRow& member, const VersionRow& version) {
    return missing(member, version).empty();
  }
  /// The object's versions wait no longer.
  void forget(const MemberRow& member, std::int64_t object);

 private:
  std::vector<std::string> missing(const MemberRow& member, const VersionRow& version);
  void wait(const MemberRow& member, const VersionRow& version,
            const std::vector<std::string>& ids);
  void append(MemberRow& member, const VersionRow& version);
  void append_dependencies(MemberRow& member, const VersionRow& version);
  void collect_dependencies(const MemberRow& member, const VersionRow& version,
                            std::set<std::string>& visited, std::vector<VersionRow>& needed);
  /// Those that waited for this id; they wait for it no longer.
  std::vector<std::int64_t> wake(const MemberRow& member, const std::string& id);
  bool is_waiting(const MemberRow& member, std::int64_t version);
  std::vector<std::string> waits_for(const MemberRow& member, std::int64_t version);
  /// The versions that wait for one another and for nothing else, `version` among them; none when
  /// they wait for something that is not there.
  std::vector<std::int64_t> circle(const MemberRow& member, std::int64_t version);
  void stop_waiting(const MemberRow& member, std::int64_t version);
  void release_ready(MemberRow& member, std::vector<std::int64_t> versions);

  WriteSession& session_;
  MemberLog& log_;
  std::optional<bool> anything_waits_{};  ///< for anybody, in this transaction
};

}  // namespace panj::share::detail
