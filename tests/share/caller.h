// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "panj/share/http.h"
#include "panj/share/https_client.h"
#include "panj/share/json.h"
#include "panj/share/taxii.h"
#include "share/world.h"

namespace panj::share {

/// Lets KZ, KG and TJ log in, each with "password of …".
void give_passwords(World& world);

/// A request as a TAXII client sends it.
HttpRequest request_of(const std::string& member, const std::string& method,
                       const std::string& target, const std::string& body = "");

/// {"objects": […]}.
std::string envelope_with(const std::vector<Json>& objects);

/// A client whose server is a function: "https://node.test" without a network. Logs in as `user`.
class DirectClient : public HttpClient {
 public:
  DirectClient(HttpService& service, std::string user)
      : service_(service), user_(std::move(user)) {}
  HttpResponse send(const HttpRequest& request) override;

 private:
  HttpService& service_;
  std::string user_;
};

}  // namespace panj::share
