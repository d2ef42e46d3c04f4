// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/roster.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <numeric>

#include "panj/core/contract.h"

namespace panj::plan {
namespace {

using boost::multiprecision::cpp_int;

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<int> parse_exponent(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  int exponent = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), exponent);
  constexpr int kLargest = 400;
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (exponent < -kLargest || exponent > kLargest) return std::nullopt;
  return exponent;
}

/// Digits without leading zeros, which would make the number octal.
cpp_int whole_number(std::string_view digits) {
  const std::size_t first = std::min(digits.find_first_not_of('0'), digits.size());
  digits.remove_prefix(first);
  return digits.empty() ? cpp_int(0) : cpp_int(std::string(digits));
}

std::optional<Fraction> parse_decimal(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  int exponent = 0;
  if (const std::size_t e = text.find_first_of("eE"); e != std::string_view::npos) {
    const auto written = parse_exponent(text.substr(e + 1));
    if (!written) return std::nullopt;
    exponent = *written;
    text = text.substr(0, e);
  }
  std::string digits(text);
  if (const std::size_t dot = digits.find('.'); dot != std::string::npos) {
    exponent -= static_cast<int>(digits.size() - dot - 1);
    digits.erase(dot, 1);
  }
  if (!all_digits(digits)) return std::nullopt;
  Fraction value(whole_number(digits));
  const cpp_int power = boost::multiprecision::pow(
      cpp_int(10), static_cast<unsigned>(exponent < 0 ? -exponent : exponent));
  if (exponent < 0) {
    value /= power;
  } else {
    value *= power;
  }
  return negative ? Fraction(-value) : value;
}

cpp_int floor_of(const Fraction& value) {
  return numerator(value) / denominator(value);  // coverage is never negative
}

}  // namespace

std::optional<Fraction> parse_fraction(std::string_view text) {
  constexpr std::size_t kLongest = 400;
  if (text.size() > kLongest) return std::nullopt;
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return parse_decimal(text);
  const std::string_view below = text.substr(slash + 1);
  const auto above = parse_decimal(text.substr(0, slash));
  if (!above || !all_digits(below)) return std::nullopt;
  const cpp_int divisor = whole_number(below);
  if (divisor == 0) return std::nullopt;
  return Fraction(*above / divisor);
}

std::string to_string(const Fraction& fraction) {
  return fraction.str();
}

std::vector<Roster> comb(std::span<const Fraction> coverage) {
  std::vector<std::size_t> order(coverage.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  return comb(coverage, order);
}

std::vector<Roster> comb(std::span<const Fraction> coverage, std::span<const std::size_t> order) {
  PANJ_EXPECT(order.size() == coverage.size());
  std::vector<Fraction> cumulative(1, Fraction(0));
  std::vector<Fraction> cuts{Fraction(0), Fraction(1)};
  for (const std::size_t i : order) {
    PANJ_EXPECT(coverage[i] >= 0 && coverage[i] <= 1);
    cumulative.emplace_back(cumulative.back() + coverage[i]);
    cuts.emplace_back(cumulative.back() - floor_of(cumulative.back()));
  }
  std::ranges::sort(cuts);
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  std::vector<Roster> rosters;
  for (std::size_t c = 0; c + 1 < cuts.size(); ++c) {
    Roster roster{cuts[c + 1] - cuts[c], {}};
    for (std::size_t k = 0; k < order.size(); ++k) {
      // The smallest tooth u + j that is not before the stretch must fall inside it.
      Fraction tooth = cuts[c] + floor_of(cumulative[k]);
      if (tooth < cumulative[k]) tooth += 1;
      if (tooth < cumulative[k + 1]) roster.stretches.push_back(order[k]);
    }
    std::ranges::sort(roster.stretches);
    rosters.push_back(std::move(roster));
  }
  return rosters;
}

std::vector<Fraction> exact_coverage(std::span<const double> coverage, double resources) {
  std::vector<Fraction> exact;
  Fraction left(resources);
  for (const double x : coverage) {
    exact.push_back(std::min(Fraction(std::clamp(x, 0.0, 1.0)), left));
    left -= exact.back();
  }
  return exact;
}

std::vector<Fraction> marginals(std::span<const Roster> rosters, std::size_t stretches) {
  std::vector<Fraction> chance(stretches, Fraction(0));
  for (const Roster& roster : rosters) {
    for (const std::size_t i : roster.stretches) chance[i] += roster.probability;
  }
  return chance;
}

}  // namespace panj::plan
