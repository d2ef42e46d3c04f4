// SPDX-License-Identifier: Apache-2.0
#include "panj/share/extensions.h"

#include <string>

#include "panj/share/marking.h"
#include "panj/share/signed_version.h"
#include "panj/share/tombstone.h"

namespace panj::share {
namespace {

constexpr const char* kProject = "identity--6f2f3c0e-5a0b-4d0e-9c1f-2b1d7a7d5e00";
constexpr const char* kExtensionsMade = "2026-01-01T00:00:00.000Z";

Json definition(std::string_view id, const char* name, const char* what) {
  return {{"type", "extension-definition"},
          {"spec_version", "2.1"},
          {"id", id},
          {"created_by_ref", kProject},
          {"created", kExtensionsMade},
          {"modified", kExtensionsMade},
          {"name", name},
          {"description", what},
          {"schema", "docs/methods/sharing.md of Panj"},
          {"version", "1.0.0"},
          {"extension_types", {"property-extension"}}};
}

}  // namespace

std::vector<Json> extension_definitions() {
  return {
      {{"type", "identity"},
       {"spec_version", "2.1"},
       {"id", kProject},
       {"created", kExtensionsMade},
       {"modified", kExtensionsMade},
       {"name", "Panj"},
       {"identity_class", "system"}},
      definition(kLabelExtension, "Panj label",
                 "Who may receive an object: level, caveats, release list, originator control."),
      definition(kSignatureExtension, "Panj signature",
                 "The Ed25519 key and signature of a version's originator."),
      definition(kReceiptExtension, "Panj receipt", "Confirms that a recall was received."),
      definition(kIncidentExtension, "Panj incident",
                 "Type, days, place with precision, deaths and their bounds, sources."),
      definition(kForecastExtension, "Panj forecast", "Quantiles of what may come."),
      definition(kFindingExtension, "Panj finding", "A statement of a brief with its likelihood.")};
}

}  // namespace panj::share
