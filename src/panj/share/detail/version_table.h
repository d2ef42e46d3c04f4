// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "panj/share/detail/version_row.h"
#include "panj/share/detail/write_session.h"
#include "panj/share/stix_object.h"

namespace panj::share::detail {

/// One member's object.
struct ObjectRow {
  std::int64_t number = 0;
  std::int64_t creator = 0;
  Kind kind = Kind::by_label;
  std::int64_t current_version = 0;
  std::string current_label{};
};

std::optional<ObjectRow> find_object(Database& database, std::string_view id, std::int64_t creator);
/// A marking or an identity, whoever brought it.
std::optional<ObjectRow> find_dependency(Database& database, std::string_view id);
ObjectRow read_object(Database& database, std::int64_t number);

VersionRow read_version(Database& database, std::int64_t number);
bool is_revoked(Database& database, std::int64_t version);
std::string read_body(Database& database, std::int64_t number);
/// The version with this `modified`; nothing when there is none.
std::optional<VersionRow> find_version(Database& database, std::int64_t object,
                                       std::int64_t modified);
std::vector<std::int64_t> versions_of(Database& database, std::int64_t object);

/// What is needed to store a version.
struct NewVersion {
  const StixObject& stix;
  std::string body{};   ///< canonical JSON
  std::string label{};  ///< id of its marking
  Kind kind = Kind::by_label;
  std::int64_t creator = 0;
  bool is_relayed = false;
  Revocation revocation = Revocation::none;
  std::string source{};  ///< of what was received
};

/// Stores the version, and the object when it is its first. The object's current version and label
/// become those of the version with the latest `modified`.
VersionRow insert_version(WriteSession& session, const NewVersion& version);

/// Writes the version's label anew, and its object's when it is the current one.
void change_label(Database& database, const VersionRow& version);

/// Stores a tombstone of the node for some who saw `last`; the object goes on for others.
VersionRow insert_withdrawal(WriteSession& session, const VersionRow& last,
                             const std::string& body);

}  // namespace panj::share::detail
