// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <string>

#include "panj/share/audit.h"
#include "panj/share/detail/database.h"
#include "panj/share/detail/label_book.h"
#include "panj/share/detail/member_table.h"
#include "panj/share/store.h"
#include "panj/share/timestamp.h"

namespace panj::share::detail {

/// What one write transaction works with: the members with their logs' ends, the next numbers, and
/// the audit chain. finish() writes all of it back and commits; without it nothing happened.
class WriteSession {
 public:
  WriteSession(Database& database, LabelBook& labels, const NodeIdentity& identity, Time time);
  WriteSession(const WriteSession&) = delete;
  WriteSession& operator=(const WriteSession&) = delete;
  ~WriteSession() {
    if (!is_finished_) labels_.forget();
  }

  Database& database() { return database_; }
  LabelBook& labels() { return labels_; }
  const NodeIdentity& identity() const { return identity_; }
  Time time() const { return time_; }
  std::deque<MemberRow>& members() { return members_; }
  MemberRow& node() { return members_.front(); }
  MemberRow* find(std::string_view id);
  MemberRow& add(MemberRow row);  ///< gives it the next number

  std::int64_t new_version_number() { return ++last_version_; }
  std::int64_t new_object_number() { return ++last_object_; }

  void audit(const std::string& actor, const std::string& action, Json detail);
  void finish();

 private:
  Database& database_;
  WriteTransaction transaction_;
  LabelBook& labels_;
  const NodeIdentity& identity_;
  Time time_;
  std::deque<MemberRow> members_;
  std::int64_t last_version_;
  std::int64_t last_object_;
  std::int64_t last_entry_;
  std::string last_hash_;
  bool is_finished_ = false;
};

}  // namespace panj::share::detail
