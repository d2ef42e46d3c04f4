// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>

namespace panj {

/// A closed range [low, high]: an interval estimate, or what an assumption may be.
struct Range {
  double low = 0.0;
  double high = 0.0;

  constexpr bool operator==(const Range&) const = default;
  constexpr bool contains(double value) const { return low <= value && value <= high; }
  constexpr double width() const { return high - low; }
  /// Low above high, or not a number.
  constexpr bool is_reversed() const { return !(low <= high); }
};

}  // namespace panj
