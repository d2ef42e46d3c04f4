// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace panj::explore {

/// A linear bound that every point must keep: Σ coefficients · point ≤ bound.
struct Constraint {
  std::vector<double> coefficients;  ///< one per dimension
  double bound = 0.0;

  bool holds(std::span<const double> point) const;
};

/// Reads "a <= b", "a + b <= 1", "2 * a <= b + 0.5", with names of dimensions and spaces between
/// all parts. Throws InvalidInput naming what is not understood, with the nearest name.
Constraint parse_constraint(std::string_view text, std::span<const std::string> names);

}  // namespace panj::explore
