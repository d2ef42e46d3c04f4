// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "panj/core/number.h"
#include "panj/core/random.h"
#include "panj/event/panel.h"

namespace panj::forecast {

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

/// `units` units over `months` months from January 1990, of which every third is at war for spells
/// of some two years; deaths are lognormal. Enough for a regression.
inline event::Panel wars(std::uint32_t units = 30, std::size_t months = 160) {
  std::vector<std::pair<std::string, std::vector<double>>> rows;
  for (std::uint32_t unit = 0; unit < units; ++unit) {
    RandomStream random(7, {.entity = unit});
    std::vector<double> values;
    bool at_war = random.uniform() < 1.0 / 3;
    for (std::size_t m = 0; m < months; ++m) {
      if (random.uniform() < 0.04) at_war = random.uniform() < 1.0 / 3;
      const double deaths = std::exp(draw_normal(random, 3, 1.2));
      values.push_back(at_war ? std::floor(deaths) : 0);
    }
    rows.emplace_back("unit " + std::to_string(unit), std::move(values));
  }
  return world(Month(1990, 1), rows);
}

}  // namespace panj::forecast
