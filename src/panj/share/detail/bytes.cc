// SPDX-License-Identifier: Apache-2.0
#include "panj/share/detail/bytes.h"

#include <sodium.h>

#include <stdexcept>

namespace panj::share::detail {

void start_sodium() {
  if (sodium_init() < 0) throw std::runtime_error("the system gives no random numbers");
}

std::string to_hex(std::span<const unsigned char> bytes) {
  std::string text(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
  text.pop_back();
  return text;
}

bool from_hex(std::string_view text, std::span<unsigned char> into) {
  if (text.size() != into.size() * 2) return false;
  if (text.find_first_not_of("0123456789abcdef") != std::string_view::npos) return false;
  std::size_t size = 0;
  return sodium_hex2bin(into.data(), into.size(), text.data(), text.size(), nullptr, &size,
                        nullptr) == 0 &&
         size == into.size();
}

std::string to_base64url(std::string_view bytes) {
  constexpr int kUnpadded = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string text(sodium_base64_encoded_len(bytes.size(), kUnpadded), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes_of(bytes), bytes.size(), kUnpadded);
  text.pop_back();
  return text;
}

std::optional<std::string> from_base64url(std::string_view text) {
  std::string bytes(text.size(), '\0');
  std::size_t size = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                        text.size(), nullptr, &size, nullptr,
                        sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0) {
    return std::nullopt;
  }
  bytes.resize(size);
  if (to_base64url(bytes) != text) return std::nullopt;
  return bytes;
}

}  // namespace panj::share::detail
