// SPDX-License-Identifier: Apache-2.0
#include "panj/share/timestamp.h"

#include <fmt/format.h>

#include <charconv>
#include <iterator>

#include "panj/core/date.h"

namespace panj::share {
namespace {

using std::chrono::floor;
using std::chrono::microseconds;

/// Two digits at `at`, up to `largest`.
std::optional<int> two_digits(std::string_view text, std::size_t at, int largest) {
  int value = 0;
  for (std::size_t i = at; i < at + 2; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  if (value > largest) return std::nullopt;
  return value;
}

/// ".123" as microseconds; empty is 0.
std::optional<int> fraction(std::string_view text) {
  if (text.empty()) return 0;
  if (text[0] != '.' || text.size() < 2) return std::nullopt;
  int value = 0;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] < '0' || text[i] > '9' || (i > 6 && text[i] != '0')) return std::nullopt;
    if (i <= 6) value = value * 10 + (text[i] - '0');
  }
  for (std::size_t i = text.size(); i <= 6; ++i) value *= 10;
  return value;
}

std::string up_to_seconds(Time time) {
  const auto day = floor<std::chrono::days>(time);
  const std::chrono::hh_mm_ss clock(floor<std::chrono::seconds>(time) - day);
  return fmt::format("{}T{:02}:{:02}:{:02}", panj::to_string(day), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count());
}

std::int64_t microseconds_of_second(Time time) {
  return (time - floor<std::chrono::seconds>(time)).count();
}

}  // namespace

Time now() {
  return floor<microseconds>(std::chrono::system_clock::now());
}

std::optional<Time> parse_timestamp(std::string_view text) {
  constexpr std::size_t kSeconds = 19;
  constexpr std::size_t kLongest = 64;
  if (text.size() <= kSeconds || text.size() > kLongest || text.back() != 'Z') return std::nullopt;
  if (text[10] != 'T' || text[13] != ':' || text[16] != ':') return std::nullopt;
  const auto day = parse_date(text.substr(0, 10));
  const auto hour = two_digits(text, 11, 23);
  const auto minute = two_digits(text, 14, 59);
  const auto second = two_digits(text, 17, 59);
  const auto micros = fraction(text.substr(kSeconds, text.size() - kSeconds - 1));
  if (!day || !hour || !minute || !second || !micros) return std::nullopt;
  return Time(*day) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
         std::chrono::seconds(*second) + microseconds(*micros);
}

std::string to_timestamp(Time time) {
  return fmt::format("{}.{:06}Z", up_to_seconds(time), microseconds_of_second(time));
}

std::string to_stix_timestamp(Time time) {
  constexpr std::size_t kMilliseconds = std::size("2024-11-18T09:30:00.000") - 1;
  std::string text = to_timestamp(time);
  text.pop_back();
  while (text.size() > kMilliseconds && text.back() == '0') text.pop_back();
  return text + "Z";
}

std::string to_millisecond_timestamp(Time time) {
  return fmt::format("{}.{:03}Z", up_to_seconds(time), microseconds_of_second(time) / 1000);
}

}  // namespace panj::share
