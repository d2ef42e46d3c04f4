// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "panj/share/detail/database.h"
#include "panj/share/detail/label_book.h"
#include "panj/share/detail/member_table.h"
#include "panj/share/detail/version_row.h"

namespace panj::share::detail {

/// Holds what waits against what may wait: it will be released when what it refers to is. Of a
/// store whose versions and labels are as they were.
class WaitingCheck {
 public:
  WaitingCheck(Database& database, const std::vector<MemberRow>& members) : database_(database) {
    for (const MemberRow& row : members) members_.emplace(row.number, row);
  }

  /// What is wrong first; nothing when all is right.
  std::optional<std::string> run();

 private:
  bool may_wait(const Rows& row);
  bool waits_for_all(std::int64_t member, const VersionRow& version);
  std::optional<std::string> find_stray();

  Database& database_;
  LabelBook labels_;
  std::map<std::int64_t, MemberRow> members_;  ///< by number
};

}  // namespace panj::share::detail
