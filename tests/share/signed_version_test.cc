// SPDX-License-Identifier: Apache-2.0
#include "panj/share/signed_version.h"

#include <gtest/gtest.h>

#include "panj/share/canonical.h"

namespace panj::share {
namespace {

const Json kIncident = {{"type", "incident"}, {"name", "Attack on a camp"}, {"confidence", 70}};

TEST(SignedVersion, SaysWhoseItIs) {
  const SigningKey key = SigningKey::generate();
  const Json version = sign_object(kIncident, key);
  const Signature signature = check_signature(version);
  EXPECT_EQ(signature.state, SignatureState::valid);
  EXPECT_EQ(signature.key, key.public_key());
  EXPECT_EQ(check_signature(*parse_json(canonical_json(version))).state, SignatureState::valid);
  EXPECT_EQ(check_signature(kIncident).state, SignatureState::none);
}

TEST(SignedVersion, IsInvalidWhenAnythingChanged) {
  const Json version = sign_object(kIncident, SigningKey::generate());
  const std::string extension(kSignatureExtension);
  Json changed = version;
  changed["confidence"] = 71;
  Json added = version;
  added["object_marking_refs"] = Json::array();
  Json other_key = version;
  other_key["extensions"][extension]["public_key"] = to_string(SigningKey::generate().public_key());
  Json more = version;
  more["extensions"][extension]["note"] = "";
  Json emptied = version;
  emptied["extensions"][extension] = Json::object();
  for (const Json& bad : {changed, added, other_key, more, emptied}) {
    EXPECT_EQ(check_signature(bad).state, SignatureState::invalid) << bad;
  }
}

TEST(SignedVersion, SigningAgainReplacesTheSignature) {
  const SigningKey key = SigningKey::generate();
  const Json once = sign_object(kIncident, key);
  EXPECT_EQ(sign_object(once, key), once);
  EXPECT_EQ(version_hash(canonical_json(once)).size(), 64U);
}

}  // namespace
}  // namespace panj::share
