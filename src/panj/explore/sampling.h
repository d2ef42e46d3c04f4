// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "panj/explore/matrix.h"

namespace panj::explore {

// Points that fill the open unit cube (0, 1)^d evenly: one row a point, one column a dimension.
// The same seed gives the same points on any machine.

/// Latin hypercube (McKay et al. 1979): each of the `points` equal slices of every dimension holds
/// exactly one point, at a random place in the slice; dimensions are paired at random.
Matrix latin_hypercube(std::size_t points, std::size_t dimensions, std::uint64_t seed);

enum class Scrambling {
  none,           ///< the sequence itself, from the second point on: (½, ½, …) comes first
  digital_shift,  ///< every coordinate XOR one random number a dimension
  owen,           ///< nested uniform scrambling (Owen 1995): unbiased, error about n^−1.5
};

/// The largest dimension of `sobol_sequence`.
inline constexpr std::size_t kMostSobolDimensions = 3667;

/// Sobol sequence with the direction numbers of Joe & Kuo (2008), as tabled in Boost.Random.
/// Balanced when `points` is a power of two. At most 2³¹ points.
Matrix sobol_sequence(std::size_t points, std::size_t dimensions, Scrambling scrambling,
                      std::uint64_t seed);

}  // namespace panj::explore
