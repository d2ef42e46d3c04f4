// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "panj/share/json.h"
#include "panj/share/timestamp.h"

namespace panj::share {

/// What became of one object of a POST.
struct ObjectStatus {
  std::string id{};       ///< as in the object; empty when it has none
  std::string version{};  ///< modified, as in the object
  std::string message{};  ///< why it was refused; empty when it was taken in
};

/// TAXII's status resource. A POST is complete when it is answered, so nothing is ever pending.
struct Status {
  std::string id{};  ///< a UUID
  Time request{};
  std::vector<ObjectStatus> successes{};
  std::vector<ObjectStatus> failures{};

  /// As TAXII 2.1 (section 4.3) writes it; empty lists are left out.
  Json to_json() const;
};

/// What became of the objects of a page or bundle that came from another node.
struct Received {
  std::size_t accepted = 0;   ///< new versions
  std::size_t known = 0;      ///< had already: no error
  std::size_t withdrawn = 0;  ///< recalls that took effect here
  std::vector<ObjectStatus> refused{};
  /// Ids of objects whose recall took effect; a receipt for each was stored.
  std::vector<std::string> recalled{};
};

}  // namespace panj::share
