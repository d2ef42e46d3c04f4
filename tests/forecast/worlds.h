// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "panj/event/panel.h"

namespace panj::forecast {

inline constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

/// A panel from rows of values, one row a unit: world(Month(2020, 1), {{"A", {0, 3, kUnknown}}}).
inline event::Panel world(Month first,
                          const std::vector<std::pair<std::string, std::vector<double>>>& rows) {
  std::vector<std::string> names;
  for (const auto& row : rows) names.push_back(row.first);
  event::Panel panel(names, first, rows.front().second.size());
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
    std::ranges::copy(rows[i].second, panel.series(event::UnitId(i)).begin());
  }
  return panel;
}

}  // namespace panj::forecast
