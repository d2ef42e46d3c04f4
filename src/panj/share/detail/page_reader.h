// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "panj/share/detail/database.h"
#include "panj/share/detail/label_book.h"
#include "panj/share/detail/member_table.h"
#include "panj/share/keys.h"
#include "panj/share/query.h"

namespace panj::share::detail {

/// Reads pages of one member's log.
class PageReader {
 public:
  PageReader(Database& database, LabelBook& labels, const SecretKey& key)
      : database_(database), labels_(labels), key_(key) {}

  Page read(const MemberRow& member, const PageRequest& request);

 private:
  std::int64_t start(const MemberRow& member, const PageRequest& request);
  std::int64_t last_added_up_to(const MemberRow& member, std::int64_t moment);
  bool may_see(const MemberRow& member, const Rows& row);
  std::optional<Label> label_of(const Rows& row);
  void name_creators(Page& page, const std::vector<std::int64_t>& creators);

  Database& database_;
  LabelBook& labels_;
  const SecretKey& key_;
};

}  // namespace panj::share::detail
