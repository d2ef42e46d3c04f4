// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

#include "panj/sim/lanes.h"

namespace panj::sim {

/// A function that vanishes into its caller, and is then compiled for the caller's processor. All
/// that takes or returns a pack must be one: packs never cross a real call.
#define PANJ_INLINE [[gnu::always_inline]] inline

/// The same for a lambda: `[&](Pack x) PANJ_KERNEL { … }`.
#define PANJ_KERNEL __attribute__((always_inline))

/// Four doubles that are computed together: the vector extension of gcc and clang. Operators work
/// lane by lane, and with a double on one side.
///
///     const Pack rate = load(&row[lane]);
///     store(&row[lane], select(less(1.0, rate), exp(-rate), broadcast(1.0)));
///
/// Four fill a register of AVX2, and of AVX-512's shorter kind, which has twice as many of them. A
/// type that is wider than the registers lives in memory between any two operations with gcc 12:
/// with eight lanes the spillover model took 1.4 times as long on a processor with AVX2.
///
/// Where there are no units for four, compilers split arithmetic into halves, but comparisons by
/// `<` into single lanes: kernels compare with `less`, which is arithmetic.
///
/// Each lane gets exactly what the same expression gives for one double: the functions here and in
/// elementary.h exist for both, so that one template serves kernels, oracles and single numbers.
using Pack [[gnu::vector_size(32)]] = double;
using PackMask [[gnu::vector_size(32)]] = std::int64_t;  ///< 0 or −1 in each lane
using PackBits [[gnu::vector_size(32)]] = std::uint64_t;
static_assert(sizeof(Pack) == kPackLanes * sizeof(double));

PANJ_INLINE Pack broadcast(double value) {
  return Pack{} + value;
}
PANJ_INLINE PackBits broadcast_bits(std::uint64_t value) {
  return PackBits{} + value;
}

namespace detail {
using PackInMemory [[gnu::vector_size(32), gnu::aligned(8), gnu::may_alias]] = double;
}

PANJ_INLINE Pack load(const double* first) {
  return *reinterpret_cast<const detail::PackInMemory*>(first);
}
PANJ_INLINE void store(double* first, Pack pack) {
  *reinterpret_cast<detail::PackInMemory*>(first) = pack;
}

/// The bits of a double, and back.
PANJ_INLINE PackBits to_bits(Pack x) {
  return reinterpret_cast<PackBits>(x);
}
PANJ_INLINE Pack from_bits(PackBits bits) {
  return reinterpret_cast<Pack>(bits);
}
PANJ_INLINE std::uint64_t to_bits(double x) {
  return std::bit_cast<std::uint64_t>(x);
}
PANJ_INLINE double from_bits(std::uint64_t bits) {
  return std::bit_cast<double>(bits);
}

/// a < b: the sign of a − b. Where either is not a number, or both are the same infinity, it may
/// be either.
PANJ_INLINE PackMask less(Pack a, Pack b) {
  return reinterpret_cast<PackMask>(a - b) >> 63;
}
PANJ_INLINE PackMask less(Pack a, double b) {
  return less(a, broadcast(b));
}
PANJ_INLINE PackMask less(double a, Pack b) {
  return less(broadcast(a), b);
}
PANJ_INLINE bool less(double a, double b) {
  return a < b;
}

/// `yes` where the mask is set, else `no`.
PANJ_INLINE Pack select(PackMask mask, Pack yes, Pack no) {
  return reinterpret_cast<Pack>((reinterpret_cast<PackMask>(yes) & mask) |
                                (reinterpret_cast<PackMask>(no) & ~mask));
}
PANJ_INLINE double select(bool mask, double yes, double no) {
  return mask ? yes : no;
}

/// Lane by lane; as `less` for what is not a number.
PANJ_INLINE Pack min(Pack a, Pack b) {
  return select(less(a, b), a, b);
}
PANJ_INLINE Pack max(Pack a, Pack b) {
  return select(less(b, a), a, b);
}
PANJ_INLINE double min(double a, double b) {
  return a < b ? a : b;
}
PANJ_INLINE double max(double a, double b) {
  return a > b ? a : b;
}
PANJ_INLINE Pack min(Pack a, double b) {
  return min(a, broadcast(b));
}
PANJ_INLINE Pack max(Pack a, double b) {
  return max(a, broadcast(b));
}

/// Whether any lane is set.
PANJ_INLINE bool any(PackMask mask) {
  using Half [[gnu::vector_size(16)]] = std::int64_t;
  const Half half =
      __builtin_shufflevector(mask, mask, 0, 1) | __builtin_shufflevector(mask, mask, 2, 3);
  return (half[0] | half[1]) != 0;
}
PANJ_INLINE bool any(bool mask) {
  return mask;
}

PANJ_INLINE Pack sqrt(Pack x) {
  for (std::size_t lane = 0; lane < kPackLanes; ++lane) x[lane] = std::sqrt(x[lane]);
  return x;
}
PANJ_INLINE double sqrt(double x) {
  return std::sqrt(x);
}

PANJ_INLINE Pack abs(Pack x) {
  return from_bits(to_bits(x) & ~(std::uint64_t{1} << 63));
}
PANJ_INLINE double abs(double x) {
  return std::fabs(x);
}

/// The nearest whole number, halves to even; |x| < 2⁵¹.
template <class V>
PANJ_INLINE V nearest(V x) {
  return (x + 0x1.8p52) - 0x1.8p52;
}

/// The greatest whole number that is not above x; |x| < 2⁵¹.
template <class V>
PANJ_INLINE V floor(V x) {
  const V near = nearest(x);
  return near - select(less(x, near), V{} + 1.0, V{});
}

}  // namespace panj::sim
