// SPDX-License-Identifier: Apache-2.0
#include "panj/share/detail/release.h"

#include "panj/share/detail/tombstones.h"
#include "panj/share/detail/version_table.h"

namespace panj::share::detail {

/// As somebody's object, a marking, or what has the id of a member or of a definition that the node
/// keeps, would come first in others' logs and stand there for the real one. Whoever made it keeps
/// it, and is told nothing. That a marking is a label does not count: who holds labels is hidden.
bool Release::is_in_the_way(const VersionRow& version) {
  if (version.kind != Kind::by_label) return false;
  if (version.type == "marking-definition") return true;
  if (version.type != "identity" && version.type != "extension-definition") return false;
  return find_dependency(session_.database(), version.id).has_value();
}

Release::Policy Release::policy_of(const VersionRow& version, const std::string& current_label) {
  Policy policy{.creator = version.creator};
  const auto own = session_.labels().find(session_.database(), version.label);
  const auto current = session_.labels().find(session_.database(), current_label);
  if (!own || !current) return policy;
  policy.label = join(*own, *current);
  const bool is_out_of_hand = policy.label->onward == OnwardRelease::originator_only;
  if ((version.is_relayed && is_out_of_hand) || is_in_the_way(version)) {
    policy.label = Label::originator_only();
  }
  return policy;
}

void Release::admit(const VersionRow& version) {
  const ObjectRow object = version.is_only_one ? ObjectRow{.current_version = version.number,
                                                           .current_label = version.label}
                                               : read_object(session_.database(), version.object);
  const bool is_current = object.current_version == version.number;
  if (version.revocation != Revocation::none && is_current) return recall(version, 0);
  Policy policy = policy_of(version, object.current_label);
  // An older version of a recalled object, which came late, is for its creator.
  if (!is_current && is_revoked(session_.database(), object.current_version)) policy.label.reset();
  policy.may_have_rivals = log_.may_have_rivals(version);
  for (MemberRow& member : session_.members()) offer(member, version, policy);
  if (is_current && !version.is_only_one) narrow(version, policy);
}

void Release::offer(MemberRow& member, const VersionRow& version, const Policy& policy) {
  if (!policy.permits(member)) return;
  // Within one log an id is whose it was first; the node itself keeps everything.
  if (policy.may_have_rivals && !member.is_node() && log_.has_rival(member, version)) return;
  if (member.is_node() || member.number == version.creator) {
    VersionRow own = version;
    own.refers_to.clear();
    hold_.release(member, own);
  } else {
    hold_.release(member, version);
  }
}

void Release::admit_dependency(const VersionRow& version, MemberRow& bringer) {
  for (MemberRow* member : {&session_.node(), &bringer}) {
    if (!log_.has_id(*member, version.id)) log_.append(*member, version);
  }
}

/// A version that is now the current one may be for fewer than those before it.
void Release::narrow(const VersionRow& version, const Policy& policy) {
  for (MemberRow& member : session_.members()) {
    if (policy.permits(member)) continue;
    hold_.forget(member, version.object);
    if (!log_.shows_object(member, version.object)) continue;
    bury(member, store_tombstone(session_, member, version.object));
  }
}

void Release::bury(MemberRow& member, const VersionRow& tombstone) {
  log_.append(member, tombstone);
  log_.withdraw(member, tombstone.object, tombstone.number);
  note_recall(session_, member, tombstone.object);
  log_.note_recall(member, tombstone.object);
}

void Release::recall(const VersionRow& version, std::int64_t except) {
  const Policy policy = policy_of(version, version.label);
  for (MemberRow& member : session_.members()) {
    hold_.forget(member, version.object);
    if (member.is_node()) {
      log_.append(member, version);
    } else if (member.number == except) {
      log_.withdraw(member, version.object, 0);
    } else if (member.number == version.creator) {
      log_.append(member, version);
      log_.withdraw(member, version.object, version.number);
    } else if (log_.shows_object(member, version.object)) {
      const bool sees_it = policy.permits(member) && hold_.is_complete(member, version);
      bury(member, sees_it ? version : store_tombstone(session_, member, version.object));
    }
  }
}

void Release::hide_version(std::int64_t object, std::int64_t version) {
  for (MemberRow& member : session_.members()) {
    if (!member.is_node()) log_.withdraw_version(member, object, version);
  }
}

void Release::review(MemberRow& member) {
  if (member.is_node()) return;
  std::vector<std::int64_t> objects;
  {
    Rows rows =
        session_.database().query("SELECT number FROM objects WHERE kind = 0 ORDER BY number");
    while (rows.next()) objects.push_back(rows.integer(0));
  }
  for (const std::int64_t object : objects) review_object(member, object);
}

void Release::reconsider(std::int64_t object) {
  for (MemberRow& member : session_.members()) {
    if (!member.is_node()) review_object(member, object);
  }
}

void Release::review_object(MemberRow& member, std::int64_t number) {
  Database& database = session_.database();
  const ObjectRow object = read_object(database, number);
  const VersionRow current = read_version(database, object.current_version);
  if (current.revocation != Revocation::none || current.creator == member.number) return;
  if (!policy_of(current, object.current_label).permits(member)) {
    hold_.forget(member, number);
    log_.withdraw(member, number, 0);
    return;
  }
  for (const std::int64_t version_number : versions_of(database, number)) {
    const VersionRow version = read_version(database, version_number);
    if (version.revocation == Revocation::by_node) continue;
    offer(member, version, policy_of(version, object.current_label));
  }
}

}  // namespace panj::share::detail
