// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "panj/event/panel.h"

namespace panj::forecast {

/// What was known of a panel at the end of the month `origin`. Models see this and never the panel,
/// so they cannot look ahead.
///
/// Holds the units with a known value in the last twelve months; others do not exist yet or any
/// more. The panel must outlive it.
class History {
 public:
  /// `origin` must lie within the panel.
  History(const event::Panel& panel, Month origin);

  Month first() const { return panel_.first(); }
  Month origin() const { return origin_; }

  /// The units to forecast, in the panel's order.
  const std::vector<event::UnitId>& units() const { return units_; }
  std::vector<std::string> unit_names() const;

  /// The other units of the panel, in its order: nothing was known of them in the last year.
  std::vector<std::string> left_out() const;

  /// Every unit of the panel, also those that are gone: what there is to learn from.
  const std::vector<std::string>& all_units() const { return panel_.units(); }
  /// From first() to origin(), NaN where nothing is known.
  std::span<const double> series(event::UnitId unit) const;

  /// The last `count` known values, oldest first; months without a value are passed over. Fewer
  /// when fewer are known.
  std::vector<double> last_known(event::UnitId unit, std::size_t count) const;

  /// The same panel as it was known at an earlier month, not before first().
  History as_of(Month earlier) const;

  /// Two histories with the same digest (64 bits, FNV-1a) hold the same names, months and values.
  std::uint64_t digest() const;

 private:
  const event::Panel& panel_;
  Month origin_;
  std::vector<event::UnitId> units_;
};

/// "A, B, C and 4 more".
std::string few_of(std::span<const std::string> names);

/// Which units have no forecast, and why; empty when all have one.
std::string describe_left_out(const History& history);

}  // namespace panj::forecast
