// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace panj::share::detail {

/// How an object is released.
enum class Kind : std::uint8_t { by_label, with_what_needs_it };

/// Who ended an object with a version. What a node itself wrote has no content: whoever saw the
/// object before may see it.
enum class Revocation : std::uint8_t { none, by_creator, by_node };

/// A stored version with what its release depends on.
struct VersionRow {
  std::int64_t number = 0;
  std::int64_t object = 0;
  std::string id{};
  std::int64_t creator = 0;  ///< member number
  Kind kind = Kind::by_label;
  std::int64_t modified = 0;
  std::string hash{};
  std::string label{};  ///< id of its marking
  std::string type{};
  Revocation revocation = Revocation::none;
  bool is_relayed = false;           ///< came from a node other than its creator's
  std::string source{};              ///< of what was received: who sent it
  bool is_only_one = false;          ///< was just stored, as its object's first version
  std::vector<std::string> needs{};  ///< markings and extension-definitions
  std::vector<std::string> refers_to{};
};

}  // namespace panj::share::detail
