// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "panj/core/date.h"

namespace panj::forecast {

/// The q-quantile of ascending values, 0 ≤ q ≤ 1, by linear interpolation between order statistics
/// (Hyndman & Fan 1996, type 7: the default of R and numpy).
double quantile_of_sorted(std::span<const double> ascending, double q);

/// Of at least one value.
double mean_of(std::span<const double> values);

/// The share of values that are at least `threshold`.
double share_at_least(std::span<const double> values, double threshold);

/// What a model says about the future: for each unit and lead a sample of equally likely values,
/// all of them from what was known at the end of the month `origin`.
///
/// Lead 1 is the month after the origin. Draws of one unit and lead lie together and in ascending
/// order; units × leads × draws in memory.
///
///     const PredictiveSample sample = model.predict(panel, origin, {1, 12}, seed);
///     sample.quantile(unit, 12, 0.95);
///     sample.probability_at_least(unit, 12, 25);
class PredictiveSample {
 public:
  /// Leads `first` to `last`, both included; 1 ≤ first ≤ last.
  struct Leads {
    int first = 1;
    int last = 12;

    std::size_t size() const { return static_cast<std::size_t>(last - first) + 1; }
    bool operator==(const Leads&) const = default;
  };

  /// All draws are 0.
  PredictiveSample(std::vector<std::string> units, Month origin, Leads leads, std::size_t draws);

  const std::vector<std::string>& units() const { return units_; }
  /// The place of a unit; nothing when there is no forecast of it.
  std::optional<std::size_t> find(std::string_view unit) const;
  Month origin() const { return origin_; }
  Leads leads() const { return leads_; }
  std::size_t draws() const { return draws_; }

  /// Ascending.
  std::span<const double> at(std::size_t unit, int lead) const;
  double quantile(std::size_t unit, int lead, double q) const;
  double probability_at_least(std::size_t unit, int lead, double threshold) const;

  /// Stores the draws (in any order) of one unit and lead; there must be `draws()` of them.
  void set(std::size_t unit, int lead, std::span<const double> values);

  /// The place of one unit's and lead's draws, for a model that writes them in ascending order.
  std::span<double> fill(std::size_t unit, int lead);

 private:
  std::size_t offset(std::size_t unit, int lead) const;

  std::vector<std::string> units_;
  Month origin_;
  Leads leads_;
  std::size_t draws_;
  std::vector<double> values_;
};

}  // namespace panj::forecast
