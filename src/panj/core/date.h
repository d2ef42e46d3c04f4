// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace panj {

/// A civil date (proleptic Gregorian, no time zone).
using Date = std::chrono::sys_days;

/// Reads "YYYY-MM-DD", also with a trailing midnight ("… 00:00:00.000", "T00:00:00Z"), which data
/// providers write for plain dates. Nothing on 30 February, on another time of day or on trailing
/// text.
std::optional<Date> parse_date(std::string_view text);

/// "YYYY-MM-DD".
std::string to_string(Date date);

/// Years outside are taken for slips of the pen, whatever a user writes them in: incidents, panels,
/// theatre files.
inline constexpr int kFirstYear = 1800;
inline constexpr int kLastYear = 2200;
constexpr bool is_plausible_year(int year) {
  return kFirstYear <= year && year <= kLastYear;
}
bool is_plausible(Date date);
/// What is allowed, for messages: "the year must be a whole number from 1800 to 2200".
std::string plausible_years();

/// The day it is now, in UTC.
Date today();

Date make_date(int year, unsigned month, unsigned day);

/// A calendar month. Counts as VIEWS does: id 1 is January 1980.
///
///     Month m(2024, 4);
///     m + 12            // April 2025
///     Month(1990, 1).id()  // 121
class Month {
 public:
  constexpr Month() = default;
  constexpr Month(int year, unsigned month) : id_((year - 1980) * 12 + static_cast<int>(month)) {}

  static constexpr Month from_id(int id) {
    Month m;
    m.id_ = id;
    return m;
  }
  static Month of(Date date);

  constexpr int id() const { return id_; }
  int year() const;
  unsigned month() const;  ///< 1–12
  Date first_day() const;
  Date last_day() const;

  constexpr auto operator<=>(const Month&) const = default;
  constexpr Month operator+(int months) const { return from_id(id_ + months); }
  constexpr Month operator-(int months) const { return from_id(id_ - months); }
  constexpr int operator-(Month other) const { return id_ - other.id_; }
  constexpr Month& operator++() {
    ++id_;
    return *this;
  }

 private:
  int id_ = 1;
};

/// Reads "YYYY-MM".
std::optional<Month> parse_month(std::string_view text);

/// "YYYY-MM".
std::string to_string(Month month);

}  // namespace panj
