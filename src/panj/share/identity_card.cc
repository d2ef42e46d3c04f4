// SPDX-License-Identifier: Apache-2.0
#include "panj/share/identity_card.h"

#include "panj/share/signed_version.h"
#include "panj/share/stix_object.h"

namespace panj::share {

Json make_identity_card(const std::string& name, const SigningKey& key, Time created) {
  const std::string id = identity_of(key.public_key());
  const std::string time = to_millisecond_timestamp(created);
  return sign_object({{"type", "identity"},
                      {"spec_version", "2.1"},
                      {"id", id},
                      {"created_by_ref", id},
                      {"created", time},
                      {"modified", time},
                      {"name", name},
                      {"identity_class", "organization"}},
                     key);
}

Result<IdentityCard> read_identity_card(const Json& card) {
  const Result<StixObject> stix = read_stix_object(card);
  if (!stix) return stix.error();
  const Signature signature = check_signature(card);
  if (stix->type != "identity" || !card.contains("name") || !card["name"].is_string()) {
    return Problem{.what = "is no identity card", .why = "must be one that panj share init wrote"};
  }
  if (signature.state != SignatureState::valid || stix->id != identity_of(signature.key) ||
      stix->created_by != stix->id) {
    return Problem{.what = "the identity card's signature is wrong",
                   .why = "the card was changed, or is not its holder's"};
  }
  return IdentityCard{.name = card["name"].get<std::string>(), .key = signature.key};
}

}  // namespace panj::share
