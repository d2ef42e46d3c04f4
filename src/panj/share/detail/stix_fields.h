// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "panj/share/stix_object.h"

namespace panj::share::detail {

/// Reads the common properties of a STIX object; keeps the first fault.
class StixFields {
 public:
  explicit StixFields(const Json& json) : json_(json) {}

  void identify(StixObject& object);
  void read_times(StixObject& object);
  void read_creator_and_markings(StixObject& object);
  void read_extensions(StixObject& object);
  /// What STIX 2.1 demands of an object of this type. A revoked one may lack it: a recall must
  /// always get through.
  void check_required(const StixObject& object);
  const std::optional<Problem>& fault() const { return fault_; }

 private:
  /// Neither missing, nor null or an empty list.
  bool has(const char* field) const;
  void fail(std::string_view field, std::string what, std::string_view why);
  /// Empty when it is missing; a fault when it is no string.
  std::string text(const char* field);
  Time time(const char* field);

  const Json& json_;
  std::optional<Problem> fault_;
};

}  // namespace panj::share::detail
