// SPDX-License-Identifier: Apache-2.0
#include "panj/forecast/history.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "panj/core/contract.h"

namespace panj::forecast {
namespace {

constexpr std::size_t kMonthsUntilGone = 12;

std::span<const double> known_series(const event::Panel& panel, event::UnitId unit, Month origin) {
  return panel.series(unit).first(static_cast<std::size_t>(origin - panel.first()) + 1);
}

}  // namespace

History::History(const event::Panel& panel, Month origin) : panel_(panel), origin_(origin) {
  PANJ_EXPECT(panel.first() <= origin && origin <= panel.last());
  for (std::uint32_t i = 0; i < panel.units().size(); ++i) {
    const event::UnitId unit(i);
    const auto series = known_series(panel, unit, origin);
    const auto recent = series.last(std::min(series.size(), kMonthsUntilGone));
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

std::vector<double> History::last_known(event::UnitId unit, std::size_t count) const {
  const auto series = known_series(panel_, unit, origin_);
  std::vector<double> values;
  for (auto value = series.rbegin(); value != series.rend() && values.size() < count; ++value) {
    if (!std::isnan(*value)) values.push_back(*value);
  }
  std::ranges::reverse(values);
  return values;
}

}  // namespace panj::forecast
