// SPDX-License-Identifier: Apache-2.0
// Any bytes as a TAXII request: the first line is "METHOD TARGET", the second Accept and
// Content-Type, the rest the body. "{collection}" and "{next}" in the target stand for real ones.
// Each request is answered in a way that TAXII has, GET twice the same, and never with more than
// was asked for.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>
#include <vector>

#include "panj/share/canonical.h"
#include "panj/share/marking.h"
#include "panj/share/taxii.h"

namespace {

using namespace panj::share;  // NOLINT(google-build-using-namespace)

constexpr const char* kType = "application/taxii+json;version=2.1";

/// A node with a dozen objects for the member "feed", which has no key.
struct World {
  World() {
    Member feed{.name = "feed", .password_hash = hash_password("password", PasswordCost::lowest)};
    feed.id = store.add_member(feed).id;
    const Label label{
        .level = Level::green, .release_to = {feed.id}, .onward = OnwardRelease::allowed};
    std::vector<Json> objects = {label_marking(label)};
    for (int i = 10; i < 22; ++i) {
      objects.push_back({{"type", "incident"},
                         {"id", "incident--11111111-2222-4333-8444-5555555555" + std::to_string(i)},
                         {"name", "Incident"},
                         {"object_marking_refs", marking_refs(label)}});
    }
    store.publish(objects);
    next = store.read(feed.id, {.limit = 3}).next;
  }
  Store store{":memory:", {"node", SigningKey::from_seed({1}), SecretKey::from_seed({2})}};
  TaxiiService service{store, {.page_limit = 5, .password_cost = PasswordCost::lowest}};
  std::string next;
};

void replace(std::string& text, const std::string& what, const std::string& by) {
  const std::size_t at = text.find(what);
  if (at != std::string::npos) text.replace(at, what.size(), by);
}

/// Takes the text up to `end` off the front.
std::string take(std::string& text, char end) {
  const std::size_t at = std::min(text.find(end), text.size());
  std::string taken = text.substr(0, at);
  text.erase(0, at + 1);
  return taken;
}

HttpRequest request_from(std::string text, const World& world) {
  HttpRequest request;
  std::string line = take(text, '\n');
  request.method = take(line, ' ');
  request.target = line;
  replace(request.target, "{collection}", world.store.collection_id());
  replace(request.target, "{next}", world.next);
  std::string types = take(text, '\n');
  const std::string accept = take(types, '|');
  request.headers.add("Accept", accept.empty() ? kType : accept);
  request.headers.add("Content-Type", types.empty() ? kType : types);
  request.headers.add("Authorization", "Basic ZmVlZDpwYXNzd29yZA==");  // feed:password
  request.body = std::move(text);
  return request;
}

void check(const HttpResponse& response) {
  constexpr std::array kKnown = {200U, 202U, 400U, 403U, 404U, 405U, 406U, 413U, 415U, 422U};
  if (std::ranges::find(kKnown, response.status) == kKnown.end()) std::abort();
  const auto json = parse_json(response.body);
  if (!json || !json->is_object()) std::abort();
  if (response.status >= 400 && json->value("title", "").empty()) std::abort();
  if (json->contains("objects") && (*json)["objects"].size() > 5) std::abort();
}

bool is_same(const HttpResponse& a, const HttpResponse& b) {
  return a.status == b.status && a.body == b.body && a.headers.all == b.headers.all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static World world;
  const HttpRequest request =
      request_from(std::string(reinterpret_cast<const char*>(data), size), world);
  const auto refusal = world.service.refuse(request);
  const HttpResponse response = world.service.respond(request);
  check(response);
  if (refusal && !is_same(*refusal, response)) std::abort();
  if (request.method == "GET" && !is_same(world.service.respond(request), response)) std::abort();
  return 0;
}
