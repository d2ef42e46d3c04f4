// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "panj/share/json.h"
#include "panj/share/keys.h"

namespace panj::share {

/// The STIX extension that holds a version's public key and signature.
inline constexpr std::string_view kSignatureExtension =
    "extension-definition--6f2f3c0e-5a0b-4d0e-9c1f-2b1d7a7d5e02";

/// A version of an object, signed by who made it, never changed afterwards. What is signed is the
/// canonical JSON of the object without the signature extension, after the line "panj-object-1".
///
///     const Json version = sign_object(incident, key);
///     signer_of(version);  // key.public_key()
Json sign_object(Json object, const SigningKey& key);

enum class SignatureState { none, valid, invalid };

struct Signature {
  SignatureState state = SignatureState::none;
  PublicKey key{};  ///< when valid
};

/// Whose the version is. A signature that is there but wrong in any way is invalid, not missing.
Signature check_signature(const Json& object);

/// The SHA-256 of the canonical JSON, with the signature, as 64 hexadecimal digits: a version's
/// name.
std::string version_hash(std::string_view canonical);

}  // namespace panj::share
