// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "panj/share/json.h"
#include "panj/share/timestamp.h"

namespace panj::share {

/// What the exchange needs to know of one version of a STIX 2.1 object.
struct StixObject {
  std::string type{};
  std::string id{};
  Time created{};
  Time modified{};                        ///< of a marking-definition: created
  std::string created_by{};               ///< identity; empty when not given
  std::vector<std::string> markings{};    ///< object_marking_refs
  std::vector<std::string> extensions{};  ///< ids of their definitions
  std::vector<std::string> refers_to{};   ///< ids in all other *_ref and *_refs, each once
  bool is_revoked = false;
};

/// Reads an object of the exchange: a STIX domain or relationship object, a marking-definition or
/// an extension-definition. Beyond what STIX wants of every object, refuses
///
/// - what is about a private person: identities of a class other than group, organization, system
///   or class, and groups that give contact information; threat actors and intrusion sets that are
///   individuals; `authors` of notes, opinions and reports; the observables within observed data;
/// - objects without what STIX demands of their type, unless they are revoked;
/// - `granular_markings`: redaction within an object would break its signature; issue a tear-line
///   object instead;
/// - timestamps finer than a microsecond, and objects with more than 1,000 references.
///
/// The error names the field: "identity_class: is 'individual' (…)".
Result<StixObject> read_stix_object(const Json& object);
/// Reads an object that was taken in: what is refused and demanded now may not have been then.
Result<StixObject> read_stored_object(const Json& object);

/// "incident--…" with a UUID of version 1 to 5.
bool is_stix_id(std::string_view text);
/// What stands before the dashes.
std::string_view type_of_id(std::string_view id);

}  // namespace panj::share
