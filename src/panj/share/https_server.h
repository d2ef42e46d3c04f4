// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>

#include "panj/share/http.h"

namespace panj::share {

struct ServerOptions {
  std::string listen = "127.0.0.1:6443";  ///< host:port; port 0: the system gives one
  std::filesystem::path certificate{};    ///< PEM, with the chain up to the authority
  std::filesystem::path certificate_key{};
  unsigned readers = 2;  ///< threads that answer GET; writers and passwords queue in one each
  std::size_t max_header = std::size_t{16} << 10;
  std::size_t max_body = std::size_t{16} << 20;    ///< of one request, chunked or not
  std::size_t max_bodies = std::size_t{32} << 20;  ///< of all requests that are being received
  std::size_t max_connections = 2000;              ///< more are closed at once
  std::size_t max_logins = 64;  ///< passwords that wait to be checked; more are answered 503
  std::chrono::seconds header_time{15};  ///< for the handshake, and for a request's head
  std::chrono::seconds body_time{60};
  std::chrono::seconds answer_time{60};  ///< for the other side to take the answer
  /// For what is still being sent when a request was refused, and for the other side's close.
  std::chrono::milliseconds parting_time{2000};
  std::chrono::seconds grace{10};  ///< for running requests when the server stops
};

/// HTTP/1.1 over TLS 1.2 or 1.3 for one service.
///
///     HttpsServer server({.listen = "0.0.0.0:6443", .certificate = …}, service);
///     server.run();  // until stop()
///
/// A request's body is read only when the service did not refuse its head: who has no password
/// costs a connection its head and no more. Sockets are served by the thread that calls run();
/// requests are answered by others, each lane by its own, so that neither a long POST nor guessed
/// passwords hold up who reads.
class HttpsServer {
 public:
  /// Throws InvalidInput when the certificate cannot be read or does not fit the key, or `listen`
  /// is no address, and std::runtime_error when the address is taken.
  HttpsServer(ServerOptions options, HttpService& service);
  ~HttpsServer();

  /// "127.0.0.1:6443", with the port that is really listened on.
  std::string address() const;
  /// Returns after stop(), when what was running is done.
  void run();
  /// From any thread; also from a signal handler's thread.
  void stop();
  /// Stops at SIGTERM and SIGINT.
  void stop_at_signals();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace panj::share
