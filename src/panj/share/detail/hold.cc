// SPDX-License-Identifier: Apache-2.0
#include "panj/share/detail/hold.h"

#include <algorithm>
#include <deque>
#include <set>

#include "panj/share/detail/version_table.h"

namespace panj::share::detail {

void Hold::release(MemberRow& member, const VersionRow& version) {
  const std::vector<std::string> ids = missing(member, version);
  if (ids.empty()) {
    append(member, version);
    return release_ready(member, wake(member, version.id));
  }
  wait(member, version, ids);
  release_ready(member, {version.number});
}

std::vector<std::string> Hold::missing(const MemberRow& member, const VersionRow& version) {
  std::vector<std::string> ids;
  for (const std::string& id : version.refers_to) {
    if (id != version.id && !log_.has_id(member, id)) ids.push_back(id);
  }
  return ids;
}

void Hold::wait(const MemberRow& member, const VersionRow& version,
                const std::vector<std::string>& ids) {
  Database& database = session_.database();
  anything_waits_ = true;
  database.execute("INSERT INTO waiting VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", member.number,
                   version.number, version.object);
  for (const std::string& id : ids) {
    database.execute("INSERT INTO waiting_for VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                     member.number, id, version.number);
  }
}

void Hold::append(MemberRow& member, const VersionRow& version) {
  append_dependencies(member, version);
  log_.append(member, version);
}

/// The markings, the definitions of extensions and the creator's identity, when the node knows
/// them, and what these need in turn.
void Hold::append_dependencies(MemberRow& member, const VersionRow& version) {
  const auto has_id = [&](const std::string& id) { return log_.has_id(member, id); };
  const bool is_creator_known = std::ranges::any_of(session_.members(), [&](const MemberRow& row) {
    return row.number == version.creator && has_id(row.member.id);
  });
  if (is_creator_known && std::ranges::all_of(version.needs, has_id)) return;
  std::set<std::string> visited{version.id};
  std::vector<VersionRow> needed;
  collect_dependencies(member, version, visited, needed);
  for (const VersionRow& dependency : needed) log_.append(member, dependency);
}

void Hold::collect_dependencies(const MemberRow& member, const VersionRow& version,
                                std::set<std::string>& visited, std::vector<VersionRow>& needed) {
  std::vector<std::string> ids = version.needs;
  for (const MemberRow& row : session_.members()) {
    if (row.number == version.creator) ids.push_back(row.member.id);
  }
  for (const std::string& id : ids) {
    if (log_.has_id(member, id) || !visited.insert(id).second) continue;
    const auto object = find_dependency(session_.database(), id);
    if (!object) continue;
    const VersionRow dependency = read_version(session_.database(), object->current_version);
    collect_dependencies(member, dependency, visited, needed);
    needed.push_back(dependency);
  }
}

std::vector<std::int64_t> Hold::wake(const MemberRow& member, const std::string& id) {
  Database& database = session_.database();
  if (!anything_waits_) anything_waits_ = database.number("SELECT 1 FROM waiting_for LIMIT 1") > 0;
  std::vector<std::int64_t> versions;
  if (!*anything_waits_) return versions;
  {
    Rows rows = database.query(
        "SELECT version FROM waiting_for WHERE member = $1 AND id = $2 ORDER BY version",
        member.number, id);
    while (rows.next()) versions.push_back(rows.integer(0));
  }
  if (!versions.empty()) {
    database.execute("DELETE FROM waiting_for WHERE member = $1 AND id = $2", member.number, id);
  }
  return versions;
}

/// Each of these may be ready now, alone or within a circle.
void Hold::release_ready(MemberRow& member, std::vector<std::int64_t> versions) {
  std::deque<std::int64_t> queue(versions.begin(), versions.end());
  while (!queue.empty()) {
    const std::int64_t candidate = queue.front();
    queue.pop_front();
    if (!is_waiting(member, candidate)) continue;
    for (const std::int64_t number : circle(member, candidate)) {
      const VersionRow version = read_version(session_.database(), number);
      stop_waiting(member, number);
      append(member, version);
      const std::vector<std::int64_t> woken = wake(member, version.id);
      queue.insert(queue.end(), woken.begin(), woken.end());
    }
  }
}

bool Hold::is_waiting(const MemberRow& member, std::int64_t version) {
  return session_.database().number(
             "SELECT count(*) FROM waiting WHERE member = $1 AND version = $2", member.number,
             version) > 0;
}

std::vector<std::string> Hold::waits_for(const MemberRow& member, std::int64_t version) {
  Rows rows = session_.database().query(
      "SELECT id FROM waiting_for WHERE member = $1 AND version = $2", member.number, version);
  std::vector<std::string> ids;
  while (rows.next()) ids.push_back(rows.text(0));
  return ids;
}

std::vector<std::int64_t> Hold::circle(const MemberRow& member, std::int64_t version) {
  constexpr std::size_t kMost = 64;
  std::vector<std::int64_t> members{version};
  for (std::size_t at = 0; at < members.size(); ++at) {
    for (const std::string& id : waits_for(member, members[at])) {
      const std::int64_t other = session_.database().number(
          "SELECT w.version FROM objects o CROSS JOIN waiting w WHERE o.id = $2 "
          "AND w.object = o.number AND w.member = $1 ORDER BY +w.version LIMIT 1",
          member.number, id);
      if (other == 0 || members.size() == kMost) return {};
      if (std::ranges::find(members, other) == members.end()) members.push_back(other);
    }
  }
  std::ranges::sort(members);
  return members;
}

void Hold::stop_waiting(const MemberRow& member, std::int64_t version) {
  Database& database = session_.database();
  database.execute("DELETE FROM waiting WHERE member = $1 AND version = $2", member.number,
                   version);
  database.execute("DELETE FROM waiting_for WHERE member = $1 AND version = $2", member.number,
                   version);
}

void Hold::forget(const MemberRow& member, std::int64_t object) {
  std::vector<std::int64_t> versions;
  {
    Rows rows = session_.database().query(
        "SELECT version FROM waiting WHERE member = $1 AND object = $2", member.number, object);
    while (rows.next()) versions.push_back(rows.integer(0));
  }
  for (const std::int64_t version : versions) stop_waiting(member, version);
}

}  // namespace panj::share::detail
