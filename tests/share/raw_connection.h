// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <string>
#include <string_view>

namespace panj::share {

/// A TLS connection that sends whatever bytes it likes.
class RawConnection {
 public:
  RawConnection(int port, int max_version)
      : context_(SSL_CTX_new(TLS_client_method())), socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    SSL_CTX_set_max_proto_version(context_, max_version);
    SSL_CTX_set_security_level(context_, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval patience{.tv_sec = 20, .tv_usec = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    ssl_ = SSL_new(context_);
    SSL_set_fd(ssl_, socket_);
    is_open_ = SSL_connect(ssl_) == 1;
  }
  explicit RawConnection(int port) : RawConnection(port, TLS1_3_VERSION) {}
  RawConnection(const RawConnection&) = delete;
  RawConnection& operator=(const RawConnection&) = delete;
  ~RawConnection() {
    SSL_free(ssl_);
    SSL_CTX_free(context_);
    ::close(socket_);
  }
  bool is_open() const { return is_open_; }
  bool send(const std::string& bytes) {
    return SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size())) > 0;
  }
  /// The next answer on a connection that stays open: status line, headers, and a body as long as
  /// announced.
  std::string answer() {
    constexpr std::string_view kLength = "Content-Length: ";
    std::string text;
    std::size_t whole = std::string::npos;
    while (text.size() < whole) {
      char byte = 0;
      if (SSL_read(ssl_, &byte, 1) <= 0) break;
      text += byte;
      if (whole != std::string::npos || !text.ends_with("\r\n\r\n")) continue;
      const std::size_t at = text.find(kLength);
      whole = text.size();
      if (at != std::string::npos) whole += std::stoul(text.substr(at + kLength.size()));
    }
    return text;
  }
  /// Everything until the server closes.
  std::string rest() {
    std::string text;
    std::array<char, 4096> buffer{};
    for (;;) {
      const int size = SSL_read(ssl_, buffer.data(), static_cast<int>(buffer.size()));
      if (size <= 0) return text;
      text.append(buffer.data(), static_cast<std::size_t>(size));
    }
  }

 private:
  SSL_CTX* context_;
  SSL* ssl_ = nullptr;
  int socket_;
  bool is_open_ = false;
};

}  // namespace panj::share
