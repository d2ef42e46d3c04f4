// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

#include "panj/share/http.h"

namespace panj::share {

/// There was no answer: no connection, a certificate that is not trusted, a time that ran out. Says
/// what to do about it.
class ConnectionError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Sends requests; `target` is a whole URL.
class HttpClient {
 public:
  virtual ~HttpClient() = default;
  HttpClient() = default;
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  /// Throws ConnectionError.
  virtual HttpResponse send(const HttpRequest& request) = 0;
};

/// Over HTTPS only, TLS 1.2 or newer, with the server's name and certificate checked. Follows no
/// redirections: a password goes where its owner sent it.
class HttpsClient final : public HttpClient {
 public:
  struct Options {
    std::string user{};
    std::string password{};
    std::filesystem::path authorities{};  ///< PEM; empty: those of the system
    std::chrono::seconds connect_time{10};
    std::chrono::seconds stalled_time{30};  ///< without a byte
    std::size_t max_body = std::size_t{64} << 20;
  };

  explicit HttpsClient(Options options);
  ~HttpsClient() override;
  HttpResponse send(const HttpRequest& request) override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace panj::share
