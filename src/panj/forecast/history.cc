// SPDX-License-Identifier: Apache-2.0
#include "panj/forecast/history.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <bit>
#include <cmath>

#include "panj/core/contract.h"

namespace panj::forecast {
namespace {

constexpr std::size_t kMonthsUntilGone = 12;

/// FNV-1a over 64-bit words.
class Fingerprint {
 public:
  void add(std::uint64_t word) { state_ = (state_ ^ word) * 0x100000001b3; }
  void add(const std::string& text) {
    for (const char c : text) add(static_cast<std::uint64_t>(c));
    add(text.size());
  }
  std::uint64_t value() const { return state_; }

 private:
  std::uint64_t state_ = 0xcbf29ce484222325;
};

}  // namespace

History::History(const event::Panel& panel, Month origin) : panel_(panel), origin_(origin) {
  PANJ_EXPECT(panel.first() <= origin && origin <= panel.last());
  for (std::uint32_t i = 0; i < panel.units().size(); ++i) {
    const event::UnitId unit(i);
    const auto known = series(unit);
    const auto recent = known.last(std::min(known.size(), kMonthsUntilGone));
    if (std::ranges::any_of(recent, [](double v) { return !std::isnan(v); })) {
      units_.push_back(unit);
    }
  }
}

std::vector<std::string> History::unit_names() const {
  std::vector<std::string> names;
  for (const event::UnitId unit : units_) names.push_back(panel_.units()[unit.value]);
  return names;
}

std::vector<std::string> History::left_out() const {
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < all_units().size(); ++i) {
    if (!std::ranges::binary_search(units_, event::UnitId(i))) names.push_back(all_units()[i]);
  }
  return names;
}

std::span<const double> History::series(event::UnitId unit) const {
  return panel_.series(unit).first(static_cast<std::size_t>(origin_ - panel_.first()) + 1);
}

std::vector<double> History::last_known(event::UnitId unit, std::size_t count) const {
  const auto known = series(unit);
  std::vector<double> values;
  for (auto value = known.rbegin(); value != known.rend() && values.size() < count; ++value) {
    if (!std::isnan(*value)) values.push_back(*value);
  }
  std::ranges::reverse(values);
  return values;
}

History History::as_of(Month earlier) const {
  PANJ_EXPECT(earlier <= origin_);
  return {panel_, earlier};
}

std::uint64_t History::digest() const {
  Fingerprint print;
  print.add(static_cast<std::uint64_t>(first().id()));
  print.add(static_cast<std::uint64_t>(origin_.id()));
  for (std::uint32_t i = 0; i < all_units().size(); ++i) {
    print.add(all_units()[i]);
    for (const double value : series(event::UnitId(i))) {
      print.add(std::isnan(value) ? ~std::uint64_t{0} : std::bit_cast<std::uint64_t>(value));
    }
  }
  return print.value();
}

std::string few_of(std::span<const std::string> names) {
  constexpr std::size_t kShown = 10;
  const std::size_t shown = std::min(names.size(), kShown);
  std::string text = fmt::format("{}", fmt::join(names.first(shown), ", "));
  if (names.size() > shown) text += fmt::format(" and {} more", names.size() - shown);
  return text;
}

std::string describe_left_out(const History& history) {
  const std::vector<std::string> names = history.left_out();
  if (names.empty()) return {};
  return fmt::format("no forecast, no value in the twelve months to {}: {}",
                     panj::to_string(history.origin()), few_of(names));
}

}  // namespace panj::forecast
