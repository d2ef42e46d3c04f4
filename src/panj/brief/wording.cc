// SPDX-License-Identifier: Apache-2.0
#include "panj/brief/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

#include "panj/core/date.h"

namespace panj::brief {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

}  // namespace

std::string percent(double probability) {
  if (probability < 0.005) return "<1%";
  if (probability >= 0.995) return ">99%";
  return fmt::format("{:.0f}%", std::round(probability * 100));
}

std::string percent_range(double low, double high) {
  std::string first = percent(low);
  const std::string last = percent(high);
  if (first == last) return first;
  if (first.front() == '<' || last.front() == '>') return first + " to " + last;
  return first.substr(0, first.size() - 1) + "–" + last;
}

std::string frequency(double probability) {
  if (probability < 0.05) return "fewer than 1 in 20";
  if (probability >= 0.95) return "more than 19 in 20";
  return fmt::format("about {:.0f} in 10", std::clamp(std::round(probability * 10), 1.0, 9.0));
}

std::string count(double value) {
  const std::string digits = fmt::format("{:.0f}", std::abs(std::round(value)));
  std::string grouped;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) grouped += ',';
    grouped += digits[i];
  }
  return std::round(value) < 0 ? "−" + grouped : grouped;
}

std::string counted(double value, std::string_view singular, std::string_view plural) {
  return fmt::format("{} {}", count(value), std::round(value) == 1 ? singular : plural);
}

std::string amount(double value) {
  if (std::abs(value) >= 9.95 || std::abs(value - std::round(value)) < 0.05) return count(value);
  return fmt::format("{}{:.1f}", value < 0 ? "−" : "", std::abs(value));
}

std::string change(double percent) {
  return fmt::format("{}{}%", std::round(percent) > 0 ? "+" : "", count(percent));
}

std::string change_range(double low, double high) {
  std::string last = change(high);
  if (change(low) == last) return last;
  return fmt::format("{}{} to {}", std::round(low) > 0 ? "+" : "", count(low), last);
}

std::string millions(double value) {
  if (std::abs(value) >= 9.95) return count(value);
  const std::string digits = fmt::format("{:.1f}", std::abs(value));
  return fmt::format("{}{}", value < 0 && digits != "0.0" ? "−" : "", digits);
}

std::string score(double value) {
  if (std::abs(value) >= 100) return count(value);
  return std::abs(value) >= 1 ? fmt::format("{:.1f}", value) : fmt::format("{:.2f}", value);
}

std::string long_date(std::string_view date) {
  if (const auto day = parse_date(date)) {
    const std::chrono::year_month_day parts(*day);
    return fmt::format("{} {} {}", static_cast<unsigned>(parts.day()),
                       kMonths[static_cast<unsigned>(parts.month()) - 1],
                       static_cast<int>(parts.year()));
  }
  if (const auto month = parse_month(date))
    return fmt::format("{} {}", kMonths[month->month() - 1], month->year());
  return std::string(date);
}

std::string capitalised(std::string_view text) {
  std::string result(text);
  if (!result.empty())
    result[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(result[0])));
  return result;
}

}  // namespace panj::brief
