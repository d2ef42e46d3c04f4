// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace panj::share::detail {

/// Must have run once before libsodium is used. Throws std::runtime_error when there is no source
/// of randomness.
void start_sodium();

inline const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
inline std::string_view text_of(std::span<const unsigned char> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string to_hex(std::span<const unsigned char> bytes);
/// False when the text is not exactly that many bytes in lower-case hexadecimal digits.
bool from_hex(std::string_view text, std::span<unsigned char> into);

/// Base64 with - and _, without padding: fit for a URL.
std::string to_base64url(std::string_view bytes);
/// Nothing when the text is no such encoding, or not the one that to_base64url() writes.
std::optional<std::string> from_base64url(std::string_view text);

}  // namespace panj::share::detail
