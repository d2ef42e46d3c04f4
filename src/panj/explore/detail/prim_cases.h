// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "panj/explore/prim.h"

namespace panj::explore::detail {

/// One side of a box.
struct Bounds {
  double low = 0.0;
  double high = 0.0;
  std::uint64_t categories = 0;

  bool operator==(const Bounds&) const = default;
};

bool is_inside(const Bounds& bounds, InputKind kind, double value);
/// The tightest bounds around all values.
Bounds bounds_around(const PrimInput& input);

/// Values of some cases in ascending order, and how many of the first i are of interest.
struct SortedValues {
  std::vector<double> values;
  std::vector<std::size_t> hits_before;  ///< one more than values

  std::size_t size() const { return values.size(); }
  std::size_t hits() const { return hits_before.back(); }
};

/// Where a peel or paste cuts: the quantile, moved outward past ties, in the middle between two
/// different values. `upper_cut` for probabilities above a half, `lower_cut` below.
double upper_cut(std::span<const double> sorted, double probability);
double lower_cut(std::span<const double> sorted, double probability);

/// P(X ≥ hits) for X ~ Bin(cases, density of the wider box).
double quasi_p(std::size_t hits, std::size_t cases, std::size_t wider_hits,
               std::size_t wider_cases);

}  // namespace panj::explore::detail
