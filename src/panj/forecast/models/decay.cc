// SPDX-License-Identifier: Apache-2.0
#include "panj/forecast/models/decay.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "panj/forecast/model.h"

namespace panj::forecast {
namespace {

using Weighted = std::vector<std::pair<double, double>>;  ///< (value, weight)

Weighted weighted_months(std::span<const double> series, double per_month) {
  Weighted months;
  double weight = 1;
  for (std::size_t month = series.size(); month-- > 0;) {
    if (!std::isnan(series[month])) months.emplace_back(series[month], weight);
    weight *= per_month;
  }
  std::ranges::sort(months);
  return months;
}

/// The values of `ascending` at the levels (i + ½)/n of their weights.
void inverse_distribution(const Weighted& ascending, std::span<double> draws) {
  double total = 0;
  for (const auto& [value, weight] : ascending) total += weight;
  double below = 0;
  std::size_t at = 0;
  const auto count = static_cast<double>(draws.size());
  double level = 0.5 / count;
  for (double& draw : draws) {
    while (at + 1 < ascending.size() && below + ascending[at].second <= level * total) {
      below += ascending[at++].second;
    }
    draw = ascending[at].first;
    level += 1 / count;
  }
}

}  // namespace

PredictiveSample Decay::operator()(const History& history, PredictiveSample::Leads leads,
                                   std::uint64_t) const {
  PredictiveSample sample(history.unit_names(), history.origin(), leads, kDraws);
  const double per_month = std::exp2(-1 / static_cast<double>(half_life));
  for (std::size_t i = 0; i < history.units().size(); ++i) {
    const auto draws = sample.fill(i, leads.first);
    inverse_distribution(weighted_months(history.series(history.units()[i]), per_month), draws);
    for (int lead = leads.first + 1; lead <= leads.last; ++lead) {
      std::ranges::copy(draws, sample.fill(i, lead).begin());
    }
  }
  return sample;
}

}  // namespace panj::forecast
