// SPDX-License-Identifier: Apache-2.0
#include "panj/share/signed_version.h"

#include "panj/core/file.h"
#include "panj/share/canonical.h"

namespace panj::share {
namespace {

constexpr const char* kPublicKey = "public_key";
constexpr const char* kSignature = "signature";

std::string signed_text(const Json& unsigned_object) {
  return "panj-object-1\n" + canonical_json(unsigned_object);
}

/// Takes the signature extension out of the object; null when there is none.
Json take_signature(Json& object) {
  const auto extensions = object.find("extensions");
  if (extensions == object.end() || !extensions->is_object()) return nullptr;
  const auto found = extensions->find(std::string(kSignatureExtension));
  if (found == extensions->end()) return nullptr;
  Json signature = *found;
  extensions->erase(found);
  if (extensions->empty()) object.erase(extensions);
  return signature;
}

}  // namespace

Json sign_object(Json object, const SigningKey& key) {
  take_signature(object);
  const std::string signature = key.sign(signed_text(object));
  object["extensions"][std::string(kSignatureExtension)] = {
      {"extension_type", "property-extension"},
      {"algorithm", "ed25519"},
      {kPublicKey, to_string(key.public_key())},
      {kSignature, signature}};
  return object;
}

Signature check_signature(const Json& object) {
  Json unsigned_object = object;
  const Json extension = take_signature(unsigned_object);
  if (extension.is_null()) return {};
  const Signature invalid{.state = SignatureState::invalid};
  if (!extension.is_object() || extension.size() != 4 ||
      extension.value("extension_type", Json()) != "property-extension" ||
      extension.value("algorithm", Json()) != "ed25519") {
    return invalid;
  }
  const Json key_text = extension.value(kPublicKey, Json());
  const Json signature = extension.value(kSignature, Json());
  if (!key_text.is_string() || !signature.is_string()) return invalid;
  const auto key = parse_public_key(key_text.get_ref<const std::string&>());
  if (!key ||
      !is_signed_by(*key, signed_text(unsigned_object), signature.get_ref<const std::string&>())) {
    return invalid;
  }
  return {.state = SignatureState::valid, .key = *key};
}

std::string version_hash(std::string_view canonical) {
  return sha256(canonical);
}

}  // namespace panj::share
