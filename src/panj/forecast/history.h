// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
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

  Month origin() const { return origin_; }
  const std::vector<event::UnitId>& units() const { return units_; }
  std::vector<std::string> unit_names() const;

  /// The last `count` known values, oldest first; months without a value are passed over. Fewer
  /// when fewer are known.
  std::vector<double> last_known(event::UnitId unit, std::size_t count) const;

 private:
  const event::Panel& panel_;
  Month origin_;
  std::vector<event::UnitId> units_;
};

}  // namespace panj::forecast
