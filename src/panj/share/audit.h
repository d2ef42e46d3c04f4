// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "panj/share/json.h"
#include "panj/share/keys.h"
#include "panj/share/timestamp.h"

namespace panj::share {

/// One action, in the transaction of which it was written.
struct AuditEntry {
  std::int64_t sequence = 0;  ///< from 1, without gaps
  Time time{};
  std::string actor{};   ///< member's id
  std::string action{};  ///< put, hide, review, member, receipt
  Json detail{};
  std::string hash{};  ///< SHA-256 over the entry before's hash and this entry

  bool operator==(const AuditEntry&) const = default;
};

/// The hash of an entry that follows the one with hash `previous` (empty for the first).
std::string audit_hash(const std::string& previous, const AuditEntry& entry);

/// What a node says of one member's log, signed: "your log had this many entries, with this hash
/// over all of them". It depends on that log alone and so tells nothing of others. The member keeps
/// it; when the node later cuts its history short, the member can show it.
struct Checkpoint {
  std::string node{};    ///< identity
  std::string member{};  ///< identity
  std::int64_t sequence = 0;
  std::string chain{};      ///< SHA-256 over all entries up to `sequence`
  PublicKey key{};          ///< the node's
  std::string signature{};  ///< over the rest

  Json to_json() const;
  bool operator==(const Checkpoint&) const = default;
};

Checkpoint sign_checkpoint(Checkpoint checkpoint, const SigningKey& key);
/// Reads what to_json() wrote. Refused when its signature is wrong or its key is not the node's
/// identity's.
Result<Checkpoint> read_checkpoint(const Json& json);

/// How a checkpoint stands to an earlier one of the same log. A log only grows: one that has fewer
/// entries than before, or others, is no longer the log that was signed for.
enum class Succession : std::uint8_t { goes_on, falls_back, contradicts };
Succession succession(const Checkpoint& before, const Checkpoint& now);

/// The first thing that is wrong with a node's history.
struct AuditFault {
  std::int64_t sequence = 0;  ///< of the first bad entry; 0 when it is not about one
  std::string what{};
};

}  // namespace panj::share
