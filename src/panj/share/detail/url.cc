// SPDX-License-Identifier: Apache-2.0
#include "panj/share/detail/url.h"

#include <fmt/format.h>

#include <charconv>

#include "panj/core/text.h"

namespace panj::share::detail {
namespace {

std::optional<char> decode_escape(std::string_view digits) {
  constexpr std::string_view kHex = "0123456789abcdefABCDEF";
  if (digits.size() != 2 || digits.find_first_not_of(kHex) != std::string_view::npos) {
    return std::nullopt;
  }
  unsigned value = 0;
  std::from_chars(digits.data(), digits.data() + 2, value, 16);
  return static_cast<char>(value);
}

std::optional<std::string> percent_decode(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      const auto escape = decode_escape(text.substr(i + 1, 2));
      if (!escape) return std::nullopt;
      c = *escape;
      i += 2;
    }
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) return std::nullopt;
    decoded.push_back(c);
  }
  if (find_invalid_utf8(decoded)) return std::nullopt;
  return decoded;
}

/// Calls `take` with each part between the separators; false when one of them is refused.
template <class Take>
bool split(std::string_view text, char separator, Take&& take) {
  for (;;) {
    const std::size_t end = std::min(text.find(separator), text.size());
    if (!take(text.substr(0, end))) return false;
    if (end == text.size()) return true;
    text.remove_prefix(end + 1);
  }
}

bool read_path(std::string_view path, Target& into) {
  path.remove_prefix(1);
  if (path.ends_with('/')) path.remove_suffix(1);
  if (path.empty()) return true;
  return split(path, '/', [&](std::string_view part) {
    auto segment = percent_decode(part);
    if (!segment) return false;
    into.path.push_back(*std::move(segment));
    return true;
  });
}

bool read_query(std::string_view query, Target& into) {
  return split(query, '&', [&](std::string_view part) {
    if (part.empty()) return true;
    const std::size_t end = std::min(part.find('='), part.size());
    auto name = percent_decode(part.substr(0, end));
    auto value = percent_decode(part.substr(std::min(end + 1, part.size())));
    if (!name || !value) return false;
    into.query.emplace_back(*std::move(name), *std::move(value));
    return true;
  });
}

}  // namespace

std::optional<Target> parse_target(std::string_view target) {
  if (!target.starts_with('/')) return std::nullopt;
  const std::size_t end = std::min(target.find('?'), target.size());
  Target parsed;
  if (!read_path(target.substr(0, end), parsed)) return std::nullopt;
  if (end < target.size() && !read_query(target.substr(end + 1), parsed)) return std::nullopt;
  return parsed;
}

std::string percent_encode(std::string_view text) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
  std::string encoded;
  for (const char c : text) {
    if (kPlain.find(c) != std::string_view::npos) {
      encoded.push_back(c);
    } else {
      encoded += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    }
  }
  return encoded;
}

std::string resolve_url(const std::string& base, const std::string& reference) {
  if (reference.find("://") != std::string::npos) return reference;
  const std::size_t host = base.find("://") + 3;
  const std::size_t path = std::min(base.find('/', host), base.size());
  if (reference.starts_with('/')) return base.substr(0, path) + reference;
  if (path == base.size()) return fmt::format("{}/{}", base, reference);
  return base.substr(0, base.rfind('/') + 1) + reference;
}

}  // namespace panj::share::detail
