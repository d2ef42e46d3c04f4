// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace panj::brief {

/// What partners shared, and who may receive a brief that shows it, as data. Part of BriefContent.

/// A finding or incident that a partner shared.
struct SharedItem {
  std::string date{};        ///< of an incident its first day, else the day it was made
  std::string originator{};  ///< name of the member
  std::string label{};
  std::string text{};
};

/// The join of the labels of all that partners shared: who may receive the whole.
struct ContentLabel {
  std::string text{};  ///< "TLP:AMBER//border//REL KZ, TJ"
  std::string level{};
  std::vector<std::string> caveats{};
  std::vector<std::string> release_to{};  ///< identities of members
  bool originator_control = false;        ///< of one of the originators
};

}  // namespace panj::brief
