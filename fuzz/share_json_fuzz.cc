// SPDX-License-Identifier: Apache-2.0
// Any bytes: what the strict reader takes, nlohmann's takes as the same value, and its canonical
// form reads back as itself.
#include <cstdlib>

#include "panj/share/canonical.h"
#include "panj/share/json.h"
#include "panj/share/signed_version.h"
#include "panj/share/stix_object.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using panj::share::Json;
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto value = panj::share::parse_json(text);
  if (!value) {
    if (value.error().what.empty()) std::abort();
    return 0;
  }
  if (Json::parse(text, nullptr, false) != *value) std::abort();
  const std::string canonical = panj::share::canonical_json(*value);
  const auto again = panj::share::parse_json(canonical);
  if (!again || panj::share::canonical_json(*again) != canonical) std::abort();
  const auto object = panj::share::read_stix_object(*value);
  if (!object && object.error().what.empty()) std::abort();
  if (panj::share::check_signature(*value).state == panj::share::SignatureState::valid) return 0;
  return 0;
}
