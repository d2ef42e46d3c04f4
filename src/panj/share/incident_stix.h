// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "panj/event/incident.h"
#include "panj/share/json.h"
#include "panj/share/keys.h"

namespace panj::share {

/// An incident as partners exchange it.
struct SharedIncident {
  event::Incident incident{};
  std::string stretch{};  ///< of the border, by its id; empty when not on one

  bool operator==(const SharedIncident&) const = default;
};

/// STIX `confidence` of Admiralty credibility 1–6: 90, 70, 50, 30, 10, and none for 6 ("cannot be
/// judged"). The reliability of the source, A–F, is another thing and stays apart.
std::optional<int> confidence_of(std::optional<std::int32_t> credibility);

/// The incident as STIX: a `location`, when something of the place is known, then an `incident`
/// with Panj's extension, which has everything that read_incident() gives back. Times, creator and
/// marking are added by Store::publish(). The ids depend on `ids`, source and source id alone:
/// publishing the incident again makes a new version, and nobody else can guess them.
std::vector<Json> to_stix(const SharedIncident& shared, const SecretKey& ids);

/// The incident of a STIX `incident` with Panj's extension. The error names the field.
Result<SharedIncident> read_incident(const Json& object);

}  // namespace panj::share
