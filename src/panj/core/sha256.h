// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace panj {

/// SHA-256 of bytes that come in parts. For one text or file use `sha256` of core/file.h.
///
///     Sha256 digest;
///     digest.add("a");
///     digest.add("bc");
///     digest.hex();   // as sha256("abc")
class Sha256 {
 public:
  using Bytes = std::array<unsigned char, 32>;

  Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  ~Sha256();

  void add(std::string_view bytes);
  void add(std::span<const std::byte> bytes);
  void add(const Bytes& digest);

  /// The digest of all that was added; starts anew.
  Bytes take();
  /// The same as 64 lower-case hex digits.
  std::string hex();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

}  // namespace panj
