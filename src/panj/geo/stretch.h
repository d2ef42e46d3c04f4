// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace panj::geo {

/// A piece of border between two chainages [from_km, to_km) of one border line.
struct Stretch {
  std::string id;
  std::string name;
  double from_km = 0.0;
  double to_km = 0.0;

  bool operator==(const Stretch&) const = default;
  double length_km() const { return to_km - from_km; }
  double middle_km() const { return 0.5 * (from_km + to_km); }
  /// The last stretch of a line does not hold the line's end; see `stretch_at`.
  bool contains(double chainage_km) const { return from_km <= chainage_km && chainage_km < to_km; }
};

// Makers: each covers [0, length_km] without gap or overlap. Ids are "s01", "s02", … in line order,
// with as many digits as the count needs (at least two).

/// `count` equal stretches; count ≥ 1.
std::vector<Stretch> stretches_by_count(double length_km, std::size_t count);

/// Equal stretches as near to `target_km` as a whole number of them allows; target_km > 0.
std::vector<Stretch> stretches_by_length(double length_km, double target_km);

/// Cut at given chainages, rising, each strictly inside (0, length_km).
std::vector<Stretch> stretches_cut_at(double length_km, std::span<const double> cuts_km);

/// Index of the stretch that holds a chainage; chainages before the first or after the last count
/// to these. `stretches` must be in line order and not empty.
std::size_t stretch_at(std::span<const Stretch> stretches, double chainage_km);

}  // namespace panj::geo
