// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "panj/core/result.h"
#include "panj/share/detail/database.h"
#include "panj/share/json.h"
#include "panj/share/member.h"
#include "panj/share/timestamp.h"

namespace panj::share::detail {

/// A member with where its log stands.
struct MemberRow {
  std::int64_t number = 0;  ///< 1 is the node itself
  Member member{};
  std::int64_t last_sequence = 0;
  std::int64_t last_added = 0;  ///< microseconds
  std::string chain{};
  std::int64_t status_count = 0;
  bool is_changed = false;

  bool is_node() const { return number == 1; }
};

/// Each row by its number, or what is wrong with it.
void visit_members(Database& database,
                   const std::function<void(std::int64_t, const Result<MemberRow>&)>& visit);
/// These two throw InvalidInput for a row that no node writes.
std::vector<MemberRow> read_members(Database& database);
std::optional<MemberRow> find_member(Database& database, const char* column,
                                     std::string_view value);
void insert_member(Database& database, const MemberRow& row);
void update_member(Database& database, const MemberRow& row);

/// What the audit keeps of a member: everything that decides what it may see or do.
Json member_json(const MemberRow& row);

inline std::int64_t micros(Time time) {
  return time.time_since_epoch().count();
}
inline Time time_of(std::int64_t micros_since_1970) {
  return Time(std::chrono::microseconds(micros_since_1970));
}

}  // namespace panj::share::detail
