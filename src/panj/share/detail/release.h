// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "panj/share/detail/hold.h"
#include "panj/share/detail/member_log.h"
#include "panj/share/detail/version_row.h"
#include "panj/share/detail/write_session.h"

namespace panj::share::detail {

/// The policy: decides, when something is written, whose logs it goes to. The one enforcement
/// point.
class Release {
 public:
  explicit Release(WriteSession& session)
      : session_(session), log_(session), hold_(session, log_) {}

  /// A version that was just stored.
  void admit(const VersionRow& version);
  /// A marking, or an identity, to the one who brought it and the node.
  void admit_dependency(const VersionRow& version, MemberRow& bringer);

  /// What the member's rights now permit, and no longer permit.
  void review(MemberRow& member);
  /// Whom an object is for after one of its labels changed.
  void reconsider(std::int64_t object);

  /// Takes an object from everyone but the node. Those who saw it, but for member `except`, get a
  /// tombstone: the version itself, or what the node makes of what they saw.
  void recall(const VersionRow& version, std::int64_t except);
  /// Hides one version from everyone but the node.
  void hide_version(std::int64_t object, std::int64_t version);

  MemberLog& log() { return log_; }

 private:
  /// Whom a version is for: its own label and the object's current one must both permit, so that
  /// history shows no more than the present does. Nobody when a label is not known.
  struct Policy {
    std::int64_t creator = 0;
    std::optional<Label> label{};
    bool may_have_rivals = true;  ///< false: no other member made an object with this id
    bool permits(const MemberRow& member) const {
      return member.is_node() || member.number == creator ||
             (label && label->permits(member.member.recipient()));
    }
  };
  Policy policy_of(const VersionRow& version, const std::string& current_label);
  bool is_in_the_way(const VersionRow& version);
  void offer(MemberRow& member, const VersionRow& version, const Policy& policy);
  void narrow(const VersionRow& version, const Policy& policy);
  void review_object(MemberRow& member, std::int64_t object);
  void bury(MemberRow& member, const VersionRow& tombstone);

  WriteSession& session_;
  MemberLog log_;
  Hold hold_;
};

}  // namespace panj::share::detail
