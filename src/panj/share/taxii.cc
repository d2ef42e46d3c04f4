// SPDX-License-Identifier: Apache-2.0
#include "panj/share/taxii.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "panj/share/canonical.h"
#include "panj/share/detail/basic_login.h"
#include "panj/share/detail/database.h"
#include "panj/share/detail/media_type.h"
#include "panj/share/detail/refusal.h"
#include "panj/share/detail/taxii_body.h"
#include "panj/share/detail/taxii_query.h"
#include "panj/share/detail/taxii_route.h"
#include "panj/share/detail/url.h"

namespace panj::share {

using detail::Endpoint;
using detail::not_found;
using detail::Refusal;
using detail::Route;

namespace {

HttpResponse json_response(unsigned status, std::string body) {
  HttpResponse response{.status = status, .body = std::move(body)};
  response.headers.add("Content-Type", std::string(detail::kTaxiiType));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

HttpResponse json_response(const Json& json) {
  return json_response(200, canonical_json(json));
}

HttpResponse error_response(const Refusal& refusal) {
  Json json = {{"title", refusal.title()}, {"http_status", std::to_string(refusal.status())}};
  if (!refusal.description().empty()) json["description"] = refusal.description();
  return json_response(refusal.status(), canonical_json(json));
}

/// The member must be able to do this with the collection.
void require_access(bool is_allowed, const char* what) {
  if (!is_allowed) throw Refusal(403, "Forbidden", fmt::format("You may not {} here.", what));
}

void check_head(const HttpRequest& head, std::size_t max_body) {
  for (const char* name : {"Authorization", "Content-Type", "Content-Length"}) {
    if (head.headers.count(name) > 1) {
      throw Refusal(400, "Bad request", fmt::format("{} stands twice", name));
    }
  }
  const std::string length = head.headers.get("Content-Length");
  std::size_t size = 0;
  const auto result = std::from_chars(length.data(), length.data() + length.size(), size);
  const bool is_huge = result.ec == std::errc::result_out_of_range || size > max_body;
  if (is_huge) {
    throw Refusal(413, "Too large", fmt::format("A body may have at most {} bytes.", max_body));
  }
}

}  // namespace

/// A request whose head was found right.
struct TaxiiService::Call {
  std::string method{};
  Member member{};
  Route route{};
  PageRequest request{};
};

TaxiiService::TaxiiService(Store& store, Options options)
    : store_(store), options_(std::move(options)), authenticator_(store, options_.password_cost) {}

Lane TaxiiService::lane(const HttpRequest& head) const {
  const auto login = detail::read_basic_login(head.headers.get("Authorization"));
  try {
    if (login && !authenticator_.remembers(login->name, login->password)) return Lane::password;
  } catch (const std::exception&) {
    return Lane::reading;  // The answer will say so.
  }
  return head.method == "GET" ? Lane::reading : Lane::writing;
}

/// Everything about a request but its body. Throws Refusal or BadRequest.
TaxiiService::Call TaxiiService::begin(const HttpRequest& head) {
  check_head(head, options_.max_body);
  const auto login = detail::read_basic_login(head.headers.get("Authorization"));
  auto member = login ? authenticator_.login(login->name, login->password) : std::nullopt;
  if (!member) throw Refusal(401, "Unauthorized", "Name or password is wrong.");
  const auto target = detail::parse_target(head.target);
  if (!target) throw Refusal(400, "Bad request", "The URL is not well formed.");
  const auto route = detail::find_route(target->path);
  if (!route) throw not_found();
  if (!route->collection.empty()) {
    const bool is_there = route->collection == store_.collection_id();
    if (!is_there || member->access == Access::none) throw not_found();
  }
  if (!detail::has_method(route->endpoint, head.method)) {
    throw Refusal(405, "Method not allowed", std::string(detail::methods_of(route->endpoint)));
  }
  if (!detail::accepts_taxii(head.headers.get("Accept"))) {
    throw Refusal(406, "Not acceptable", fmt::format("There is only {}.", detail::kTaxiiType));
  }
  Call call{.method = head.method, .member = *std::move(member), .route = *route};
  if (!route->collection.empty()) {
    const bool is_about = route->endpoint == Endpoint::collection;
    const Member& who = call.member;
    if (!is_about && head.method == "GET") require_access(who.can_read(), "read");
    if (head.method == "POST") require_access(who.can_write(), "write");
    if (head.method == "DELETE") require_access(who.can_read() && who.can_write(), "delete");
  }
  if (head.method == "POST" && !detail::is_taxii(head.headers.get("Content-Type"))) {
    throw Refusal(415, "Unsupported media type", fmt::format("Send {}.", detail::kTaxiiType));
  }
  call.request =
      detail::read_query(route->endpoint, head.method, target->query, options_.page_limit);
  call.request.max_bytes = options_.page_bytes;
  return call;
}

/// Refusals become answers; what must not be told becomes one without a reason.
HttpResponse TaxiiService::guarded(const std::function<HttpResponse()>& action) {
  try {
    return action();
  } catch (const Refusal& refusal) {
    HttpResponse response = error_response(refusal);
    if (refusal.status() == 401) {
      response.headers.add("WWW-Authenticate", "Basic realm=\"taxii\", charset=\"UTF-8\"");
    }
    if (refusal.status() == 405) response.headers.add("Allow", refusal.description());
    return response;
  } catch (const BadRequest& error) {
    return error_response({400, "Bad request", error.what()});
  } catch (const detail::DatabaseError& error) {
    options_.report(error.what());
    return error_response({503, "Unavailable", "Try again later."});
  } catch (const std::exception& error) {
    options_.report(error.what());
    return error_response({500, "Internal error"});
  }
}

std::optional<HttpResponse> TaxiiService::refuse(const HttpRequest& head) {
  bool is_right = false;
  HttpResponse refusal = guarded([&] {
    begin(head);
    is_right = true;
    return HttpResponse();
  });
  if (is_right) return std::nullopt;
  return refusal;
}

HttpResponse TaxiiService::respond(const HttpRequest& request) {
  return guarded([&] { return answer(begin(request), request.body); });
}

HttpResponse TaxiiService::answer(const Call& call, const std::string& body) {
  if (call.method == "POST") return post(call, body);
  if (call.method == "DELETE") return erase(call);
  switch (call.route.endpoint) {
    case Endpoint::discovery:
      return discovery();
    case Endpoint::api_root:
      return api_root();
    case Endpoint::checkpoint:
      return json_response(store_.checkpoint(call.member.id).to_json());
    case Endpoint::collections:
      return collections(call.member);
    case Endpoint::collection:
      return json_response(collection_of(call.member));
    case Endpoint::status: {
      const auto status = store_.status(call.member.id, call.route.item);
      if (!status) throw not_found();
      return json_response(status->to_json());
    }
    default:
      return page(call);
  }
}

HttpResponse TaxiiService::discovery() const {
  return json_response({{"title", options_.title},
                        {"default", detail::kApiRoot},
                        {"api_roots", {detail::kApiRoot}}});
}

HttpResponse TaxiiService::api_root() const {
  return json_response({{"title", options_.title},
                        {"versions", {detail::kTaxiiType}},
                        {"max_content_length", options_.max_body},
                        {"x_panj_node", store_.node().id}});
}

Json TaxiiService::collection_of(const Member& member) const {
  return {{"id", store_.collection_id()},
          {"title", options_.title},
          {"description", "What was released to you, and what you add."},
          {"can_read", member.can_read()},
          {"can_write", member.can_write()},
          {"media_types", {detail::kStixType}}};
}

HttpResponse TaxiiService::collections(const Member& member) const {
  Json json = Json::object();
  if (member.access != Access::none) json["collections"] = {collection_of(member)};
  return json_response(json);
}

HttpResponse TaxiiService::page(const Call& call) const {
  const Endpoint endpoint = call.route.endpoint;
  const bool is_of_one = endpoint == Endpoint::object || endpoint == Endpoint::versions;
  PageRequest request = call.request;
  if (is_of_one) request.query.ids = {call.route.item};
  if (endpoint == Endpoint::versions) request.query.versions = {"all"};
  const bool has_bodies = endpoint == Endpoint::objects || endpoint == Endpoint::object;
  request.content = has_bodies ? Content::objects : Content::manifest;
  const Page found = store_.read(call.member.id, request);
  if (is_of_one && found.entries.empty() && !store_.has_object(call.member.id, call.route.item)) {
    throw not_found();
  }
  HttpResponse response =
      json_response(200, has_bodies                       ? detail::envelope_of(found)
                         : endpoint == Endpoint::manifest ? detail::manifest_of(found)
                                                          : detail::versions_of(found));
  if (!found.entries.empty()) {
    response.headers.add("X-TAXII-Date-Added-First",
                         to_timestamp(found.entries.front().date_added));
    response.headers.add("X-TAXII-Date-Added-Last", to_timestamp(found.entries.back().date_added));
  }
  return response;
}

HttpResponse TaxiiService::post(const Call& call, const std::string& body) {
  if (body.size() > options_.max_body) {
    throw Refusal(413, "Too large",
                  fmt::format("A body may have at most {} bytes.", options_.max_body));
  }
  const auto objects = detail::read_envelope(body, options_.max_body);
  if (!objects) throw Refusal(422, "Unprocessable", to_string(objects.error()));
  if (objects->size() > options_.max_objects) {
    throw Refusal(413, "Too large",
                  fmt::format("An envelope may have at most {} objects.", options_.max_objects));
  }
  const Status status = store_.put(call.member.id, *objects);
  return json_response(202, canonical_json(status.to_json()));
}

HttpResponse TaxiiService::erase(const Call& call) {
  PageRequest request = call.request;
  request.query.ids = {call.route.item};
  request.content = Content::manifest;
  const Page found = store_.read(call.member.id, request);
  if (found.entries.empty()) throw not_found();
  std::vector<std::string> versions;
  const auto& asked = request.query.versions;
  const bool is_all = asked.empty() || std::ranges::find(asked, "all") != asked.end();
  if (!is_all) {
    for (const PageEntry& entry : found.entries) versions.push_back(to_timestamp(entry.version));
  }
  switch (store_.erase(call.member.id, call.route.item, versions)) {
    case Erasure::erased:
      return json_response(200, "{}");
    case Erasure::forbidden:
      throw Refusal(403, "Forbidden", "Only who made an object may delete it.");
    default:
      throw not_found();
  }
}

}  // namespace panj::share
