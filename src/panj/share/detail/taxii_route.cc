// SPDX-License-Identifier: Apache-2.0
#include "panj/share/detail/taxii_route.h"

namespace panj::share::detail {
namespace {

std::optional<Route> in_collection(const std::vector<std::string>& path) {
  Route route{.endpoint = Endpoint::collection, .collection = path[2]};
  if (path.size() == 3) return route;
  const bool is_objects = path[3] == "objects";
  if (path.size() == 4) {
    if (!is_objects && path[3] != "manifest") return std::nullopt;
    route.endpoint = is_objects ? Endpoint::objects : Endpoint::manifest;
    return route;
  }
  if (!is_objects || path.size() > 6) return std::nullopt;
  route.item = path[4];
  route.endpoint = Endpoint::object;
  if (path.size() == 5) return route;
  route.endpoint = Endpoint::versions;
  return path[5] == "versions" ? std::optional(route) : std::nullopt;
}

}  // namespace

std::optional<Route> find_route(const std::vector<std::string>& path) {
  if (path == std::vector<std::string>{"taxii2"}) return Route{.endpoint = Endpoint::discovery};
  if (path.empty() || "/" + path[0] + "/" != kApiRoot) return std::nullopt;
  if (path.size() == 1) return Route{.endpoint = Endpoint::api_root};
  if (path[1] == "collections") {
    if (path.size() == 2) return Route{.endpoint = Endpoint::collections};
    return in_collection(path);
  }
  if (path[1] == "checkpoint" && path.size() == 2) return Route{.endpoint = Endpoint::checkpoint};
  if (path[1] == "status" && path.size() == 3) {
    return Route{.endpoint = Endpoint::status, .item = path[2]};
  }
  return std::nullopt;
}

std::string_view methods_of(Endpoint endpoint) {
  if (endpoint == Endpoint::objects) return "GET, POST";
  if (endpoint == Endpoint::object) return "GET, DELETE";
  return "GET";
}

bool has_method(Endpoint endpoint, std::string_view method) {
  if (method == "POST") return endpoint == Endpoint::objects;
  if (method == "DELETE") return endpoint == Endpoint::object;
  return method == "GET";
}

}  // namespace panj::share::detail
