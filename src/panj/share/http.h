// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace panj::share {

/// Names are compared without regard to case.
struct HttpHeaders {
  std::vector<std::pair<std::string, std::string>> all{};

  void add(std::string name, std::string value) {
    all.emplace_back(std::move(name), std::move(value));
  }
  /// All values with this name, with ", " between (RFC 9110); empty when there is none.
  std::string get(std::string_view name) const;
  std::size_t count(std::string_view name) const;
};

struct HttpRequest {
  std::string method = "GET";
  std::string target = "/";  ///< path and query as they were sent
  HttpHeaders headers{};
  std::string body{};
};

struct HttpResponse {
  unsigned status = 200;
  HttpHeaders headers{};
  std::string body{};
};

/// Where a request is worked on, so that what is slow holds up nothing else.
enum class Lane : std::uint8_t { reading, writing, password };

/// What a server serves. Any number of threads may call; no function throws.
class HttpService {
 public:
  virtual ~HttpService() = default;
  HttpService() = default;
  HttpService(const HttpService&) = delete;
  HttpService& operator=(const HttpService&) = delete;

  virtual Lane lane(const HttpRequest& head) const = 0;
  /// Refuses a request before its body is read; nothing when the body may come.
  virtual std::optional<HttpResponse> refuse(const HttpRequest& head) = 0;
  virtual HttpResponse respond(const HttpRequest& request) = 0;
};

}  // namespace panj::share
