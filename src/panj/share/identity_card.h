// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "panj/share/json.h"
#include "panj/share/keys.h"
#include "panj/share/timestamp.h"

namespace panj::share {

/// What a member hands to its partners: a STIX identity (an organisation) with the name it goes by,
/// signed with its key. Not secret, but it must come from the right hands: compare fingerprints.
struct IdentityCard {
  std::string name{};
  PublicKey key{};
};

Json make_identity_card(const std::string& name, const SigningKey& key, Time created);

/// Refused when the signature is wrong or the id is not the key's.
Result<IdentityCard> read_identity_card(const Json& card);

}  // namespace panj::share
