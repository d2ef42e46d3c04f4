// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "panj/core/problem.h"
#include "panj/core/range.h"

namespace panj::explore {

/// How values between the ends of a range are spread.
enum class Scale { linear, logarithmic };

/// One uncertain number: what it is called and what it may be.
struct Dimension {
  std::string name;
  Range range;
  Scale scale = Scale::linear;
  /// A probability or share: the range must lie in [0, 1].
  bool is_share = false;

  /// The value at a unit coordinate: the quantile of the (log-)uniform distribution.
  double at(double unit) const;
};

/// What is wrong with the ranges: empty or reversed, not finite, a share outside [0, 1], a
/// logarithmic scale that touches 0, a name given twice.
Problems check_dimensions(std::span<const Dimension> dimensions);

std::vector<std::string> names_of(std::span<const Dimension> dimensions);

}  // namespace panj::explore
