// SPDX-License-Identifier: Apache-2.0
#include "share/caller.h"

#include "panj/share/detail/basic_login.h"
#include "panj/share/password.h"

namespace panj::share {
namespace {

constexpr const char* kType = "application/taxii+json;version=2.1";

}  // namespace

void give_passwords(World& world) {
  for (const char* name : {"KZ", "KG", "TJ"}) {
    Member member = world.member(name);
    member.password_hash = hash_password(std::string("password of ") + name, PasswordCost::lowest);
    world.store().change_member(member);
  }
}

HttpRequest request_of(const std::string& member, const std::string& method,
                       const std::string& target, const std::string& body) {
  HttpRequest request{.method = method, .target = target, .body = body};
  request.headers.add("Authorization",
                      detail::basic_authorization({member, "password of " + member}));
  request.headers.add("Accept", kType);
  if (!body.empty()) request.headers.add("Content-Type", kType);
  return request;
}

std::string envelope_with(const std::vector<Json>& objects) {
  return Json{{"objects", objects}}.dump();
}

HttpResponse DirectClient::send(const HttpRequest& request) {
  HttpRequest sent = request;
  sent.target = request.target.substr(std::string_view("https://node.test").size());
  sent.headers.add("Authorization", detail::basic_authorization({user_, "password of " + user_}));
  return service_.respond(sent);
}

}  // namespace panj::share
