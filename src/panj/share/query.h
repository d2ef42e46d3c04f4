// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "panj/share/label.h"
#include "panj/share/timestamp.h"

namespace panj::share {

/// What TAXII's URL parameters ask for. Within one list any of the values will do; the lists must
/// all hold. An empty list asks for anything, of versions for the last.
struct Query {
  std::optional<Time> added_after{};
  std::vector<std::string> ids{};            ///< match[id]
  std::vector<std::string> types{};          ///< match[type]
  std::vector<std::string> versions{};       ///< match[version]: first, last, all, or a timestamp
  std::vector<std::string> spec_versions{};  ///< match[spec_version]

  bool operator==(const Query&) const = default;
};

/// What is read for each entry: objects in full, or what a manifest and a list of versions need.
enum class Content : std::uint8_t { objects, manifest };

struct PageRequest {
  Query query{};
  std::size_t limit = 100;  ///< at least 1, never exceeded
  std::string next{};       ///< of the page before; empty for the first page
  Content content = Content::objects;
  /// A page ends before it is larger, but for its first object.
  std::size_t max_bytes = std::size_t{8} << 20;
};

struct PageEntry {
  std::string id{};
  Time date_added{};
  Time version{};      ///< modified; of a marking-definition: created
  std::string body{};  ///< canonical JSON; empty in a manifest
  // In the node's own log only:
  std::string creator{};         ///< identity of the member that made it, or answers for it
  std::optional<Label> label{};  ///< who may receive it; nothing when that is not known
};

/// In ascending order of date_added.
struct Page {
  std::vector<PageEntry> entries{};
  bool has_more = false;
  std::string next{};  ///< set when there is more
};

/// The request itself is wrong: HTTP 400. What it says depends on the request alone.
class BadRequest : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace panj::share
