// SPDX-License-Identifier: Apache-2.0
#include "panj/core/date.h"

#include <fmt/format.h>

namespace panj {
namespace {

namespace chr = std::chrono;

bool is_midnight(std::string_view text) {
  if (text.empty()) return true;
  if (text.front() != ' ' && text.front() != 'T') return false;
  text.remove_prefix(1);
  if (!text.starts_with("00:00:00")) return false;
  text.remove_prefix(8);
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    if (text.empty() || text.front() != '0') return false;
    while (text.starts_with('0')) text.remove_prefix(1);
  }
  return text.empty() || text == "Z";
}

std::optional<int> digits(std::string_view text) {
  int value = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text.substr(0, 4));
  const auto month = digits(text.substr(5, 2));
  const auto day = digits(text.substr(8, 2));
  if (!year || !month || !day || !is_midnight(text.substr(10))) return std::nullopt;
  const chr::year_month_day date{chr::year{*year}, chr::month{static_cast<unsigned>(*month)},
                                 chr::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return chr::sys_days{date};
}

std::string to_string(Date date) {
  const chr::year_month_day ymd{date};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()),
                     static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
}

bool is_plausible(Date date) {
  return is_plausible_year(Month::of(date).year());
}

std::string plausible_years() {
  return fmt::format("the year must be a whole number from {} to {}", kFirstYear, kLastYear);
}

Date today() {
  return chr::floor<chr::days>(chr::system_clock::now());
}

Date make_date(int year, unsigned month, unsigned day) {
  return chr::sys_days{chr::year{year} / chr::month{month} / chr::day{day}};
}

Month Month::of(Date date) {
  const chr::year_month_day ymd{date};
  return {static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month())};
}

int Month::year() const {
  const int zero_based = id_ - 1;
  return 1980 + (zero_based >= 0 ? zero_based / 12 : (zero_based - 11) / 12);
}

unsigned Month::month() const {
  return static_cast<unsigned>(id_ - (year() - 1980) * 12);
}

Date Month::first_day() const {
  return make_date(year(), month(), 1);
}

Date Month::last_day() const {
  return (*this + 1).first_day() - chr::days{1};
}

std::optional<Month> parse_month(std::string_view text) {
  if (text.size() != 7 || text[4] != '-') return std::nullopt;
  const auto year = digits(text.substr(0, 4));
  const auto month = digits(text.substr(5, 2));
  if (!year || !month || *month < 1 || *month > 12) return std::nullopt;
  return Month{*year, static_cast<unsigned>(*month)};
}

std::string to_string(Month month) {
  return fmt::format("{:04}-{:02}", month.year(), month.month());
}

}  // namespace panj
