// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/dimension.h"

#include <fmt/format.h>

#include <cmath>
#include <set>

namespace panj::explore {
namespace {

void check_range(const Dimension& dimension, Problems& problems) {
  const auto [low, high] = dimension.range;
  const auto add = [&](std::string what, std::string why, std::string suggestion) {
    problems.add({.field = dimension.name,
                  .what = std::move(what),
                  .why = std::move(why),
                  .suggestion = std::move(suggestion)});
  };
  const std::string range = fmt::format("the range is [{}, {}]", low, high);
  if (!std::isfinite(low) || !std::isfinite(high)) {
    add(range, "both ends must be finite numbers", "");
  } else if (low > high) {
    add(range, "nothing lies in it", "put the lower end first");
  } else if (low == high) {
    add(range, "nothing varies in it", "leave it out of the design to hold it fixed");
  } else if (dimension.is_share && (low < 0 || high > 1)) {
    add(range, "a probability or share must lie in [0, 1]", "");
  } else if (dimension.scale == Scale::logarithmic && low <= 0) {
    add(range, "a logarithmic scale needs a lower end above 0", "");
  }
}

}  // namespace

double Dimension::at(double unit) const {
  if (scale == Scale::linear) return range.low + unit * range.width();
  return range.low * std::pow(range.high / range.low, unit);
}

Problems check_dimensions(std::span<const Dimension> dimensions) {
  Problems problems;
  std::set<std::string> seen;
  for (const Dimension& dimension : dimensions) {
    check_range(dimension, problems);
    if (!seen.insert(dimension.name).second) {
      problems.add({.field = dimension.name, .what = "is given twice", .why = "names must differ"});
    }
  }
  return problems;
}

std::vector<std::string> names_of(std::span<const Dimension> dimensions) {
  std::vector<std::string> names;
  for (const Dimension& dimension : dimensions) names.push_back(dimension.name);
  return names;
}

}  // namespace panj::explore
