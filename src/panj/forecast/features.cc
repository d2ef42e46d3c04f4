// SPDX-License-Identifier: Apache-2.0
#include "panj/forecast/features.h"

#include <algorithm>
#include <cmath>

#include "panj/core/contract.h"

namespace panj::forecast {
namespace {

constexpr std::array kLevelHalfLives = {1.5, 4.0, 12.0, 36.0, 120.0};
constexpr std::array kEventHalfLives = {3.0, 12.0, 48.0, 120.0};
constexpr std::array kLargeHalfLives = {6.0, 48.0};
constexpr double kLarge = 25;
constexpr double kLongestQuiet = 240;

constexpr std::size_t kQuietAt = 16;
constexpr std::size_t kNeighbourAt = 17;
/// log(1 + EWMA y) of half-lives 4 and 36.
constexpr std::array<std::size_t, 2> kNeighbourLevels = {1, 3};

template <std::size_t N>
struct Means {
  std::array<double, N> decay{};
  std::array<double, N> sum{};
  std::array<double, N> weight{};

  explicit Means(const std::array<double, N>& half_lives) {
    for (std::size_t i = 0; i < N; ++i) decay[i] = std::exp2(-1 / half_lives[i]);
  }
  void age() {
    for (std::size_t i = 0; i < N; ++i) {
      sum[i] *= decay[i];
      weight[i] *= decay[i];
    }
  }
  void add(double value) {
    for (std::size_t i = 0; i < N; ++i) {
      sum[i] += value;
      weight[i] += 1;
    }
  }
  double mean(std::size_t i) const { return weight[i] > 0 ? sum[i] / weight[i] : 0; }
};

/// Everything that is carried from month to month of one unit.
class UnitState {
 public:
  void take(double value) {
    level_.age();
    logs_.age();
    events_.age();
    large_.age();
    ++quiet_;
    if (std::isnan(value)) return;
    ++observed_;
    level_.add(value);
    logs_.add(std::log1p(value));
    events_.add(value >= 1 ? 1 : 0);
    large_.add(value >= kLarge ? 1 : 0);
    if (value >= 1) quiet_ = 0;
  }

  int observed() const { return observed_; }

  Features features() const {
    Features f{};
    std::size_t at = 0;
    for (std::size_t i = 0; i < kLevelHalfLives.size(); ++i) f[at++] = std::log1p(level_.mean(i));
    for (std::size_t i = 0; i < kLevelHalfLives.size(); ++i) f[at++] = logs_.mean(i);
    for (std::size_t i = 0; i < kEventHalfLives.size(); ++i) f[at++] = events_.mean(i);
    for (std::size_t i = 0; i < kLargeHalfLives.size(); ++i) f[at++] = large_.mean(i);
    PANJ_EXPECT(at == kQuietAt);
    f[at] = std::log1p(std::min(quiet_, kLongestQuiet));
    return f;
  }

 private:
  Means<kLevelHalfLives.size()> level_{kLevelHalfLives};
  Means<kLevelHalfLives.size()> logs_{kLevelHalfLives};
  Means<kEventHalfLives.size()> events_{kEventHalfLives};
  Means<kLargeHalfLives.size()> large_{kLargeHalfLives};
  double quiet_ = kLongestQuiet;
  int observed_ = 0;
};

}  // namespace

FeatureTable::FeatureTable(const History& history, const Neighbours& neighbours,
                           std::vector<Month> months)
    : months_(std::move(months)), units_(history.all_units().size()) {
  PANJ_EXPECT(std::ranges::is_sorted(months_));
  PANJ_EXPECT(months_.empty() ||
              (history.first() <= months_.front() && months_.back() <= history.origin()));
  rows_.resize(months_.size() * units_);
  observed_.resize(rows_.size());
  for (std::uint32_t unit = 0; unit < units_; ++unit) {
    add_unit(history.series(event::UnitId(unit)), history.first(), unit);
  }
  add_neighbours(neighbours.among(history.all_units()));
}

void FeatureTable::add_unit(std::span<const double> series, Month first, std::size_t unit) {
  UnitState state;
  std::size_t next = 0;
  for (std::size_t t = 0; t < series.size() && next < months_.size(); ++t) {
    state.take(series[t]);
    if (first + static_cast<int>(t) != months_[next]) continue;
    rows_[next * units_ + unit] = state.features();
    observed_[next * units_ + unit] = state.observed();
    ++next;
  }
}

void FeatureTable::add_neighbours(const std::vector<std::vector<std::size_t>>& neighbours) {
  for (std::size_t m = 0; m < months_.size(); ++m) {
    for (std::size_t unit = 0; unit < units_; ++unit) {
      std::array<double, kNeighbourLevels.size()> sum{};
      int known = 0;
      for (const std::size_t other : neighbours[unit]) {
        if (observed(m, other) == 0) continue;
        ++known;
        for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += at(m, other)[kNeighbourLevels[i]];
      }
      if (known == 0) continue;
      Features& row = rows_[m * units_ + unit];
      for (std::size_t i = 0; i < sum.size(); ++i) row[kNeighbourAt + i] = sum[i] / known;
    }
  }
}

}  // namespace panj::forecast
