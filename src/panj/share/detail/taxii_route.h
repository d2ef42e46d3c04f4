// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace panj::share::detail {

/// TAXII 2.1's endpoints (section 1.4), and the member's checkpoint, which is Panj's own.
enum class Endpoint : std::uint8_t {
  discovery,
  api_root,
  checkpoint,
  status,
  collections,
  collection,
  manifest,
  objects,
  object,
  versions
};

inline constexpr std::string_view kApiRoot = "/share/";

struct Route {
  Endpoint endpoint = Endpoint::discovery;
  std::string collection{};
  std::string item{};  ///< id of an object or a status
};

/// Nothing when there is no such endpoint.
std::optional<Route> find_route(const std::vector<std::string>& path);

/// "GET, POST": what the endpoint understands.
std::string_view methods_of(Endpoint endpoint);
bool has_method(Endpoint endpoint, std::string_view method);

}  // namespace panj::share::detail
