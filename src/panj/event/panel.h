// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "panj/core/date.h"
#include "panj/core/strong_id.h"

namespace panj::event {

using UnitId = StrongId<struct UnitTag>;

/// Units × months of deaths or counts: what the forecasts learn from.
///
/// Values are row-major by unit; NaN where nothing is known (before a country existed, after the
/// data end). A value of 0 means "known to be none".
class Panel {
 public:
  Panel() = default;
  /// All values unknown. `units` must be distinct.
  Panel(std::vector<std::string> units, Month first, std::size_t months);

  const std::vector<std::string>& units() const { return units_; }
  Month first() const { return first_; }
  Month last() const { return first_ + static_cast<int>(months_) - 1; }
  std::size_t months() const { return months_; }
  bool empty() const { return units_.empty() || months_ == 0; }

  std::optional<UnitId> find(std::string_view unit) const;
  std::span<const double> series(UnitId unit) const;
  std::span<double> series(UnitId unit);
  double at(UnitId unit, Month month) const;
  double& at(UnitId unit, Month month);

 private:
  std::vector<std::string> units_;
  Month first_;
  std::size_t months_ = 0;
  std::vector<double> values_;
};

/// Which columns hold a panel's unit and value.
struct PanelColumns {
  std::string unit = "country";
  std::string value = "deaths_sb";
};

/// Reads a long table with the columns year, month, `unit`, `value` (others are ignored), in any
/// row order. VIEWS's month_id (1 is January 1980) may stand for year and month. Units keep the
/// order of their first appearance. An empty value is unknown. A row that repeats an earlier one is
/// left out, with a warning. Throws InvalidInput with every bad row: a month outside 1–12, a
/// negative or unreadable value (NaN too), a unit-month given again with another value, a missing
/// column, text that is not UTF-8, NUL bytes, a line of more than 4 MB.
Panel read_panel(const std::filesystem::path& path, const PanelColumns& columns = {});
/// The same from text; `file` is for messages.
Panel parse_panel(std::string_view text, const std::string& file, const PanelColumns& columns = {});

/// The same table as text: year,month,unit,value; unknown values are left out.
std::string to_csv(const Panel& panel, const PanelColumns& columns = {});

}  // namespace panj::event
