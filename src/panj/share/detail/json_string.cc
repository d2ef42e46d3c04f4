// SPDX-License-Identifier: Apache-2.0
#include "panj/share/detail/json_string.h"

#include <charconv>
#include <cstdint>
#include <optional>

namespace panj::share::detail {
namespace {

constexpr std::string_view kLoneSurrogate = "a surrogate stands alone";

std::optional<std::uint32_t> four_hex_digits(std::string_view text, std::size_t at) {
  if (text.size() < at + 4) return std::nullopt;
  std::uint32_t code = 0;
  const char* end = text.data() + at + 4;
  const auto result = std::from_chars(text.data() + at, end, code, 16);
  if (result.ec != std::errc{} || result.ptr != end) return std::nullopt;
  return code;
}

void append_utf8(std::string& into, std::uint32_t code) {
  const auto byte = [&](std::uint32_t value) { into.push_back(static_cast<char>(value)); };
  const auto tail = [&](unsigned shift) { byte(0x80 | (code >> shift & 0x3F)); };
  if (code < 0x80) {
    byte(code);
  } else if (code < 0x800) {
    byte(0xC0 | code >> 6);
    tail(0);
  } else if (code < 0x10000) {
    byte(0xE0 | code >> 12);
    tail(6);
    tail(0);
  } else {
    byte(0xF0 | code >> 18);
    tail(12);
    tail(6);
    tail(0);
  }
}

bool is_between(std::uint32_t code, std::uint32_t low, std::uint32_t high) {
  return low <= code && code <= high;
}

/// The escape \uXXXX, or a pair of them, whose first digit stands at `at`.
StringEnd read_unicode(std::string_view text, std::size_t at, std::string& into) {
  const auto first = four_hex_digits(text, at);
  if (!first) return {at, "an escape needs four hexadecimal digits"};
  if (is_between(*first, 0xDC00, 0xDFFF)) return {at, kLoneSurrogate};
  if (!is_between(*first, 0xD800, 0xDBFF)) {
    append_utf8(into, *first);
    return {at + 4};
  }
  if (text.substr(at + 4, 2) != "\\u") return {at, kLoneSurrogate};
  const auto second = four_hex_digits(text, at + 6);
  if (!second || !is_between(*second, 0xDC00, 0xDFFF)) return {at, kLoneSurrogate};
  append_utf8(into, 0x10000 + ((*first - 0xD800) << 10) + (*second - 0xDC00));
  return {at + 10};
}

/// The escape whose letter stands at `at`.
StringEnd read_escape(std::string_view text, std::size_t at, std::string& into) {
  constexpr std::string_view kLetters = "\"\\/bfnrt";
  constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
  if (at >= text.size()) return {at, "a string does not end"};
  if (text[at] == 'u') return read_unicode(text, at + 1, into);
  const std::size_t found = kLetters.find(text[at]);
  if (found == std::string_view::npos) return {at, "an escape is unknown"};
  into.push_back(kMeanings[found]);
  return {at + 1};
}

}  // namespace

StringEnd read_json_string(std::string_view text, std::size_t at, std::string& into) {
  ++at;
  while (at < text.size()) {
    std::size_t plain = at;
    while (plain < text.size() && text[plain] != '"' && text[plain] != '\\' &&
           static_cast<unsigned char>(text[plain]) >= 0x20) {
      ++plain;
    }
    into.append(text.substr(at, plain - at));
    if (plain == text.size()) break;
    if (text[plain] == '"') return {plain + 1};
    if (text[plain] != '\\') return {plain, "a control character is not escaped"};
    const StringEnd end = read_escape(text, plain + 1, into);
    if (!end.fault.empty()) return end;
    at = end.at;
  }
  return {text.size(), "a string does not end"};
}

}  // namespace panj::share::detail
