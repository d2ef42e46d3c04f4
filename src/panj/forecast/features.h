// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "panj/forecast/history.h"
#include "panj/forecast/neighbours.h"

namespace panj::forecast {

/// What a unit's past says, as 19 numbers (FORECAST recipe "LS"). y is the value of a month; an
/// EWMA is an exponentially weighted mean over the known months up to then, normalised by the
/// weight that was observed; half-lives in months:
///
/// | Places | Feature |
/// |---|---|
/// | 0–4 | log(1 + EWMA y), 1.5, 4, 12, 36, 120 |
/// | 5–9 | EWMA log(1 + y), the same |
/// | 10–13 | EWMA [y ≥ 1], 3, 12, 48, 120 |
/// | 14, 15 | EWMA [y ≥ 25], 6, 48 |
/// | 16 | log(1 + months since y ≥ 1), at most log 241, which also stands for never |
/// | 17, 18 | mean over the neighbours of log(1 + EWMA y), 4, 36; 0 without any |
inline constexpr std::size_t kFeatures = 19;
using Features = std::array<double, kFeatures>;

/// The features of every unit (also of those that are gone) at some months. One pass over the
/// history: the EWMAs are carried from month to month.
class FeatureTable {
 public:
  /// `months` ascending, within the history.
  FeatureTable(const History& history, const Neighbours& neighbours, std::vector<Month> months);

  const std::vector<Month>& months() const { return months_; }
  std::size_t units() const { return units_; }
  const Features& at(std::size_t month, std::size_t unit) const {
    return rows_[month * units_ + unit];
  }
  /// How many months of the unit were known then.
  int observed(std::size_t month, std::size_t unit) const {
    return observed_[month * units_ + unit];
  }

 private:
  void add_unit(std::span<const double> series, Month first, std::size_t unit);
  void add_neighbours(const std::vector<std::vector<std::size_t>>& neighbours);

  std::vector<Month> months_;
  std::size_t units_;
  std::vector<Features> rows_;
  std::vector<int> observed_;
};

}  // namespace panj::forecast
