// SPDX-License-Identifier: Apache-2.0
#include "panj/event/panel.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "panj/core/contract.h"
#include "panj/core/csv.h"
#include "panj/core/number.h"

namespace panj::event {
Panel::Panel(std::vector<std::string> units, Month first, std::size_t months)
    : units_(std::move(units)),
      first_(first),
      months_(months),
      values_(units_.size() * months, kUnknown) {}

std::optional<UnitId> Panel::find(std::string_view unit) const {
  const auto found = std::ranges::find(units_, unit);
  if (found == units_.end()) return std::nullopt;
  return UnitId(static_cast<std::uint32_t>(found - units_.begin()));
}

std::span<const double> Panel::series(UnitId unit) const {
  PANJ_EXPECT(unit.value < units_.size());
  return std::span(values_).subspan(unit.value * months_, months_);
}

std::span<double> Panel::series(UnitId unit) {
  PANJ_EXPECT(unit.value < units_.size());
  return std::span(values_).subspan(unit.value * months_, months_);
}

double Panel::at(UnitId unit, Month month) const {
  PANJ_EXPECT(month >= first() && month <= last());
  return series(unit)[static_cast<std::size_t>(month - first_)];
}

double& Panel::at(UnitId unit, Month month) {
  PANJ_EXPECT(month >= first() && month <= last());
  return series(unit)[static_cast<std::size_t>(month - first_)];
}

std::string to_csv(const Panel& panel, const PanelColumns& columns) {
  std::string out =
      fmt::format("year,month,{},{}\n", csv_quoted(columns.unit), csv_quoted(columns.value));
  for (std::size_t i = 0; i < panel.units().size(); ++i) {
    const auto series = panel.series(UnitId(static_cast<std::uint32_t>(i)));
    for (std::size_t t = 0; t < series.size(); ++t) {
      if (std::isnan(series[t])) continue;
      const Month month = panel.first() + static_cast<int>(t);
      out += fmt::format("{},{},{},{}\n", month.year(), month.month(), csv_quoted(panel.units()[i]),
                         series[t]);
    }
  }
  return out;
}

}  // namespace panj::event
