// SPDX-License-Identifier: Apache-2.0
#include "panj/forecast/scores.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "panj/core/contract.h"
#include "panj/forecast/predictive_sample.h"

namespace panj::forecast {
namespace {

constexpr std::array kBinStarts = {0.0,  0.5,   2.5,   5.5,   10.5,  25.5,
                                   50.5, 100.5, 250.5, 500.5, 1000.5};
constexpr double kIgnoranceDraws = 1000;

}  // namespace

double crps(std::span<const double> sample, double outcome) {
  PANJ_EXPECT(!sample.empty());
  // ½ Σᵢ Σⱼ |xᵢ − xⱼ| / n = Σᵢ (2i − n + 1) xᵢ / n, i from 0. Four sums side by side, added in a
  // fixed order: one alone waits for each addition.
  constexpr std::size_t kLanes = 4;
  const auto n = static_cast<double>(sample.size());
  std::array<double, kLanes> distance{};
  std::array<double, kLanes> spread{};
  std::array<double, kLanes> factor{};
  for (std::size_t k = 0; k < kLanes; ++k) factor[k] = 2 * static_cast<double>(k) - n + 1;
  const std::size_t whole = sample.size() / kLanes * kLanes;
  for (std::size_t i = 0; i < whole; i += kLanes) {
    for (std::size_t k = 0; k < kLanes; ++k) {
      distance[k] += std::abs(sample[i + k] - outcome);
      spread[k] += factor[k] * sample[i + k];
      factor[k] += 2.0 * kLanes;
    }
  }
  for (std::size_t i = whole; i < sample.size(); ++i) {
    distance[0] += std::abs(sample[i] - outcome);
    spread[0] += (2 * static_cast<double>(i) - n + 1) * sample[i];
  }
  const auto sum = [](const std::array<double, kLanes>& lanes) {
    return (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
  };
  return sum(distance) / n - sum(spread) / (n * n);
}

double crps_log1p(std::span<const double> sample, double outcome) {
  static thread_local std::vector<double> logs;
  logs.resize(sample.size());
  std::ranges::transform(sample, logs.begin(), [](double x) { return std::log1p(x); });
  return crps(logs, std::log1p(outcome));
}

double ignorance(std::span<const double> sample, double outcome) {
  PANJ_EXPECT(!sample.empty() && outcome >= 0);
  const auto end = std::ranges::upper_bound(kBinStarts, outcome);
  const auto bin_begin = std::ranges::lower_bound(sample, *(end - 1));
  const auto bin_end =
      end == kBinStarts.end() ? sample.end() : std::ranges::lower_bound(sample, *end);
  const double share =
      static_cast<double>(bin_end - bin_begin) / static_cast<double>(sample.size());
  constexpr double kBins = kBinStarts.size();
  return -std::log2((kIgnoranceDraws * share + 1) / (kIgnoranceDraws + kBins));
}

Range central_interval(std::span<const double> sample, double level) {
  return {quantile_of_sorted(sample, (1 - level) / 2), quantile_of_sorted(sample, (1 + level) / 2)};
}

double interval_score(std::span<const double> sample, double outcome, double level) {
  const Range interval = central_interval(sample, level);
  const double missed =
      std::max(0.0, interval.low - outcome) + std::max(0.0, outcome - interval.high);
  return interval.width() + 2 / (1 - level) * missed;
}

double brier(std::span<const double> sample, double outcome, double threshold) {
  const double error = share_at_least(sample, threshold) - (outcome >= threshold ? 1 : 0);
  return error * error;
}

double coverage(std::span<const double> sample, double outcome, double level) {
  return central_interval(sample, level).contains(outcome) ? 1 : 0;
}

Scores score(std::span<const double> sample, double outcome) {
  return {.crps = crps(sample, outcome),
          .crps_log1p = crps_log1p(sample, outcome),
          .ign = ignorance(sample, outcome),
          .mis90 = interval_score(sample, outcome, 0.9),
          .brier1 = brier(sample, outcome, 1),
          .brier25 = brier(sample, outcome, 25),
          .coverage50 = coverage(sample, outcome, 0.5),
          .coverage90 = coverage(sample, outcome, 0.9)};
}

}  // namespace panj::forecast
