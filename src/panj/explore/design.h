// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "panj/explore/constraint.h"
#include "panj/explore/correlation.h"
#include "panj/explore/dimension.h"
#include "panj/explore/matrix.h"

namespace panj::explore {

enum class Sampling { latin_hypercube, sobol };

struct DesignOptions {
  Sampling sampling = Sampling::latin_hypercube;
  std::size_t points = 1000;
  std::uint64_t seed = 1;
  std::vector<Correlation> correlations{};
  std::vector<Constraint> constraints{};
};

/// Points of an experiment, in the units of their dimensions.
struct Design {
  std::vector<std::string> names;
  Matrix points;  ///< one row a future

  bool operator==(const Design&) const = default;
};

/// Spreads points over the ranges: evenly (on the scale of each dimension), then paired to the rank
/// correlations asked for; points that break a constraint are left out and replaced by further ones
/// of the same sample.
///
/// Throws InvalidInput for faulty ranges (`check_dimensions`), correlations that cannot hold
/// together, and constraints that leave fewer than one point in a thousand.
///
///     make_design({{"militants", {12000, 23000}}, {"diversion", {1e-4, 1e-2},
///     Scale::logarithmic}},
///                 {.points = 500, .seed = 7})
Design make_design(std::span<const Dimension> dimensions, const DesignOptions& options);

/// A design as CSV: a header of names, one row a point, every value as exact as the number itself.
void write_design(const std::filesystem::path& path, const Design& design);

/// Reads such a file. Columns may stand in any order and a dimension may be missing (it then stays
/// as the theatre states it); the result has the columns that are there. Throws InvalidInput with
/// every problem: unknown column (nearest name), text that is not a number, a value outside its
/// range, a row of the wrong length, no rows.
Design read_design(const std::filesystem::path& path, std::span<const Dimension> dimensions);

}  // namespace panj::explore
