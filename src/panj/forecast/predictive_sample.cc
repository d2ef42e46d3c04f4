// SPDX-License-Identifier: Apache-2.0
#include "panj/forecast/predictive_sample.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "panj/core/contract.h"

namespace panj::forecast {

double quantile_of_sorted(std::span<const double> ascending, double q) {
  PANJ_EXPECT(!ascending.empty() && q >= 0 && q <= 1);
  const double position = q * static_cast<double>(ascending.size() - 1);
  constexpr double kRounding = 1e-9;  // 1 − 0.9 is not quite 0.1
  const double nearest = std::round(position);
  if (std::abs(position - nearest) < kRounding) return ascending[static_cast<std::size_t>(nearest)];
  const auto below = static_cast<std::size_t>(position);
  const std::size_t above = std::min(below + 1, ascending.size() - 1);
  return std::lerp(ascending[below], ascending[above], position - std::floor(position));
}

double mean_of(std::span<const double> values) {
  PANJ_EXPECT(!values.empty());
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double share_at_least(std::span<const double> values, double threshold) {
  PANJ_EXPECT(!values.empty());
  const auto count = std::ranges::count_if(values, [=](double v) { return v >= threshold; });
  return static_cast<double>(count) / static_cast<double>(values.size());
}

PredictiveSample::PredictiveSample(std::vector<std::string> units, Month origin, Leads leads,
                                   std::size_t draws)
    : units_(std::move(units)), origin_(origin), leads_(leads), draws_(draws) {
  PANJ_EXPECT(1 <= leads.first && leads.first <= leads.last && draws > 0);
  values_.resize(units_.size() * leads_.size() * draws_, 0.0);
}

std::optional<std::size_t> PredictiveSample::find(std::string_view unit) const {
  const auto found = std::ranges::find(units_, unit);
  if (found == units_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - units_.begin());
}

std::size_t PredictiveSample::offset(std::size_t unit, int lead) const {
  PANJ_EXPECT(unit < units_.size() && leads_.first <= lead && lead <= leads_.last);
  return (unit * leads_.size() + static_cast<std::size_t>(lead - leads_.first)) * draws_;
}

std::span<const double> PredictiveSample::at(std::size_t unit, int lead) const {
  return std::span(values_).subspan(offset(unit, lead), draws_);
}

double PredictiveSample::quantile(std::size_t unit, int lead, double q) const {
  return quantile_of_sorted(at(unit, lead), q);
}

double PredictiveSample::probability_at_least(std::size_t unit, int lead, double threshold) const {
  return share_at_least(at(unit, lead), threshold);
}

std::span<double> PredictiveSample::fill(std::size_t unit, int lead) {
  return std::span(values_).subspan(offset(unit, lead), draws_);
}

void PredictiveSample::set(std::size_t unit, int lead, std::span<const double> values) {
  PANJ_EXPECT(values.size() == draws_);
  const auto target = fill(unit, lead);
  std::ranges::copy(values, target.begin());
  std::ranges::sort(target);
}

}  // namespace panj::forecast
