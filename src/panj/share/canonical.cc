// SPDX-License-Identifier: Apache-2.0
#include "panj/share/canonical.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <vector>

#include "panj/core/contract.h"

namespace panj::share {
namespace {

/// UTF-8 orders as code points do, UTF-16 puts those above U+FFFF (first byte from 0xF0) before
/// U+E000 to U+FFFF (first byte 0xEE or 0xEF).
bool is_before_in_utf16(const std::string& a, const std::string& b) {
  const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  if (x == a.end() || y == b.end()) return x == a.end() && y != b.end();
  const auto first = static_cast<unsigned char>(*x);
  const auto second = static_cast<unsigned char>(*y);
  const bool first_is_pair = first >= 0xF0;
  const bool second_is_pair = second >= 0xF0;
  if (first_is_pair && !second_is_pair && second >= 0xEE) return true;
  if (second_is_pair && !first_is_pair && first >= 0xEE) return false;
  return first < second;
}

/// What a control character is written as.
void escape(std::string& into, char c) {
  constexpr std::string_view kShort = "\b\t\n\f\r";
  constexpr std::string_view kLetters = "btnfr";
  const std::size_t found = kShort.find(c);
  if (found != std::string_view::npos) {
    into.push_back('\\');
    into.push_back(kLetters[found]);
  } else {
    fmt::format_to(std::back_inserter(into), "\\u{:04x}", static_cast<unsigned>(c));
  }
}

void write_string(std::string& into, const std::string& text) {
  const auto is_plain = [](char c) {
    return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
  };
  into.push_back('"');
  for (auto at = text.begin(); at != text.end();) {
    const auto end = std::find_if_not(at, text.end(), is_plain);
    into.append(at, end);
    at = end;
    if (at == text.end()) break;
    if (static_cast<unsigned char>(*at) < 0x20) {
      escape(into, *at);
    } else {
      into.append(1, '\\').push_back(*at);
    }
    ++at;
  }
  into.push_back('"');
}

void write(std::string& into, const Json& value);

void write_object(std::string& into, const Json& object) {
  std::vector<Json::const_iterator> members;
  members.reserve(object.size());
  for (auto at = object.begin(); at != object.end(); ++at) members.push_back(at);
  std::ranges::sort(members, is_before_in_utf16,
                    [](const auto& at) -> const std::string& { return at.key(); });
  into.push_back('{');
  for (const auto& at : members) {
    if (into.back() != '{') into.push_back(',');
    write_string(into, at.key());
    into.push_back(':');
    write(into, at.value());
  }
  into.push_back('}');
}

void write_array(std::string& into, const Json& array) {
  into.push_back('[');
  bool is_first = true;
  for (const Json& element : array) {
    if (!is_first) into.push_back(',');
    is_first = false;
    write(into, element);
  }
  into.push_back(']');
}

/// Of a whole number that a double holds exactly, and that is therefore written as it stands.
std::optional<std::int64_t> exact_whole(const Json& value) {
  constexpr std::int64_t kLargest = std::int64_t{1} << 53;
  if (value.is_number_unsigned() &&
      value.get<std::uint64_t>() > static_cast<std::uint64_t>(kLargest))
    return std::nullopt;
  const auto whole = value.get<std::int64_t>();
  if (whole < -kLargest || whole > kLargest) return std::nullopt;
  return whole;
}

void write(std::string& into, const Json& value) {
  switch (value.type()) {
    case Json::value_t::object:
      return write_object(into, value);
    case Json::value_t::array:
      return write_array(into, value);
    case Json::value_t::string:
      return write_string(into, value.get_ref<const std::string&>());
    case Json::value_t::boolean:
      into += value.get<bool>() ? "true" : "false";
      return;
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned:
      if (const auto whole = exact_whole(value)) {
        into += fmt::format_int(*whole).c_str();
        return;
      }
      [[fallthrough]];
    case Json::value_t::number_float:
      into += canonical_number(value.get<double>());
      return;
    default:
      PANJ_EXPECT(value.is_null());
      into += "null";
  }
}

/// "d.ddde±x" as its digits and the place of the decimal point: value = 0.digits × 10^point.
struct Decimal {
  std::string digits;
  int point;
};

Decimal shortest_decimal(double positive) {
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), positive,
                                 std::chars_format::scientific)
                       .ptr;
  const std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  const std::size_t e = text.find('e');
  Decimal decimal{.digits = std::string(text.substr(0, 1)), .point = 0};
  if (e > 2) decimal.digits += text.substr(2, e - 2);
  const std::size_t exponent = e + (text[e + 1] == '+' ? 2 : 1);
  std::from_chars(text.data() + exponent, text.data() + text.size(), decimal.point);
  ++decimal.point;
  return decimal;
}

}  // namespace

std::string canonical_number(double value) {
  PANJ_EXPECT(std::isfinite(value));
  if (value == 0.0) return "0";
  const Decimal decimal = shortest_decimal(std::abs(value));
  const std::string& digits = decimal.digits;
  const int count = static_cast<int>(digits.size());
  const int point = decimal.point;
  std::string text = value < 0 ? "-" : "";
  if (count <= point && point <= 21) {
    return text + digits + std::string(static_cast<std::size_t>(point - count), '0');
  }
  if (0 < point && point <= 21) {
    const auto whole = static_cast<std::size_t>(point);
    return text + digits.substr(0, whole) + "." + digits.substr(whole);
  }
  if (-6 < point && point <= 0) {
    return text + "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
  }
  text += digits.substr(0, 1);
  if (count > 1) text += "." + digits.substr(1);
  return text + fmt::format("e{:+d}", point - 1);
}

std::string canonical_json(const Json& value) {
  std::string text;
  write(text, value);
  return text;
}

}  // namespace panj::share
