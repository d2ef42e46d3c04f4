// SPDX-License-Identifier: Apache-2.0
#include "panj/share/audit.h"

#include "panj/core/file.h"
#include "panj/share/canonical.h"

namespace panj::share {
namespace {

Json unsigned_json(const Checkpoint& checkpoint) {
  return {{"type", "panj-checkpoint"},   {"node", checkpoint.node},
          {"member", checkpoint.member}, {"sequence", checkpoint.sequence},
          {"chain", checkpoint.chain},   {"public_key", to_string(checkpoint.key)}};
}

std::string signed_text(const Checkpoint& checkpoint) {
  return "panj-checkpoint-1\n" + canonical_json(unsigned_json(checkpoint));
}

}  // namespace

std::string audit_hash(const std::string& previous, const AuditEntry& entry) {
  const Json json = {{"sequence", entry.sequence},
                     {"time", to_timestamp(entry.time)},
                     {"actor", entry.actor},
                     {"action", entry.action},
                     {"detail", entry.detail}};
  return sha256("panj-audit-1\n" + previous + "\n" + canonical_json(json));
}

Json Checkpoint::to_json() const {
  Json json = unsigned_json(*this);
  json["signature"] = signature;
  return json;
}

Checkpoint sign_checkpoint(Checkpoint checkpoint, const SigningKey& key) {
  checkpoint.key = key.public_key();
  checkpoint.signature = key.sign(signed_text(checkpoint));
  return checkpoint;
}

Result<Checkpoint> read_checkpoint(const Json& json) {
  const Problem no_checkpoint{.what = "is no checkpoint",
                              .why = "must be as a node wrote it, with its signature"};
  if (!json.is_object() || json.size() != 7 || text_field(json, "type") != "panj-checkpoint") {
    return no_checkpoint;
  }
  const auto key = parse_public_key(text_field(json, "public_key"));
  const auto sequence = json.find("sequence");
  if (!key || sequence == json.end() || !sequence->is_number_integer()) return no_checkpoint;
  Checkpoint checkpoint{.node = text_field(json, "node"),
                        .member = text_field(json, "member"),
                        .sequence = sequence->get<std::int64_t>(),
                        .chain = text_field(json, "chain"),
                        .key = *key,
                        .signature = text_field(json, "signature")};
  if (checkpoint.node != identity_of(*key) ||
      !is_signed_by(*key, signed_text(checkpoint), checkpoint.signature)) {
    return Problem{.what = "the checkpoint's signature is wrong",
                   .why = "it is not what the node signed"};
  }
  return checkpoint;
}

Succession succession(const Checkpoint& before, const Checkpoint& now) {
  if (now.sequence < before.sequence) return Succession::falls_back;
  const bool is_other = now.sequence == before.sequence && now.chain != before.chain;
  return is_other ? Succession::contradicts : Succession::goes_on;
}

}  // namespace panj::share
