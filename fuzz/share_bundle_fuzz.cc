// SPDX-License-Identifier: Apache-2.0
// Any bytes as a bundle or as a query's `next`: refused with a reason, or taken as what it is.
#include <cstdlib>
#include <vector>

#include "panj/core/problem.h"
#include "panj/share/assessment_stix.h"
#include "panj/share/bundle.h"
#include "panj/share/incident_stix.h"
#include "panj/share/store.h"

namespace {

using panj::share::SecretKey;
using panj::share::SigningKey;
using panj::share::Store;

Store& store() {
  static Store made = [] {
    Store fresh(":memory:", {"node", SigningKey::from_seed({1}), SecretKey::from_seed({2})});
    fresh.add_member({.name = "KZ", .key = SigningKey::from_seed({3}).public_key()});
    return fresh;
  }();
  return made;
}

void try_next(const std::string& text) {
  static const std::string member = store().find_member("KZ")->id;
  try {
    const auto page = store().read(member, {.limit = 1, .next = text});
    if (!text.empty() && page.next == text) std::abort();
  } catch (const panj::share::BadRequest&) {
    return;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  try_next(text);
  const auto json = panj::share::parse_json(text);
  if (json) {
    const std::vector<panj::share::Json> objects = {*json};
    const auto received = store().receive(objects, {.source = "fuzz", .cursor = ""});
    if (received.accepted + received.withdrawn != 0) std::abort();  // Nobody signed it.
    const auto incident = panj::share::read_incident(*json);
    if (!incident && incident.error().what.empty()) std::abort();
    (void)panj::share::read_forecast(*json);
    (void)panj::share::read_finding(*json);
  }
  const auto bundle = panj::share::read_bundle(text);
  if (!bundle && bundle.error().what.empty()) std::abort();
  return 0;
}
