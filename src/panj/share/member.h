// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>

#include "panj/share/keys.h"
#include "panj/share/label.h"

namespace panj::share {

/// What a member may do with the node's collection.
enum class Access : std::uint8_t { none, read, write, read_write };

/// "none", "read", "write", "read-write".
std::string_view name(Access access);
std::optional<Access> parse_access(std::string_view text);

/// A partner that exchanges objects through this node; the first member is the node itself.
struct Member {
  std::string id{};    ///< STIX identity: from the key, or given by the node when there is no key
  std::string name{};  ///< also the user name for Basic authentication
  std::optional<PublicKey> key{};
  std::string password_hash{};  ///< Argon2id (hash_password()); empty: cannot log in
  Access access = Access::read_write;
  Level clearance = Level::red;
  std::set<std::string> caveats{};
  /// Goes up whenever anything above changes: `next` tokens and cached logins of before end.
  std::int64_t epoch = 1;

  Recipient recipient() const { return {.id = id, .clearance = clearance, .caveats = caveats}; }
  bool can_read() const { return access == Access::read || access == Access::read_write; }
  bool can_write() const { return access == Access::write || access == Access::read_write; }
  bool operator==(const Member&) const = default;
};

}  // namespace panj::share
