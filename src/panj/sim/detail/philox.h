// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace panj::sim::detail {

/// One block of numbers for `count` (a multiple of 8) consecutive replicates.
struct PhiloxJob {
  std::uint64_t seed;
  std::uint32_t first;   ///< counter word 0 of the first lane
  std::uint32_t second;  ///< step and kind
  std::uint32_t third;   ///< entity
  std::uint32_t fourth;  ///< block
  std::size_t count;
};

/// Writes 52-bit uniforms to `out[0]`, `out[1]`, or 32-bit ones to `out[0]` … `out[3]`.
using PhiloxFill = void (*)(const PhiloxJob& job, double* const* out);
struct PhiloxFills {
  PhiloxFill one;
  PhiloxFill pair;
  PhiloxFill quad;
};

PhiloxFills philox_baseline();
PhiloxFills philox_avx2();
PhiloxFills philox_avx512();

}  // namespace panj::sim::detail
