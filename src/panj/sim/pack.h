// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "panj/sim/lanes.h"

namespace panj::sim {

/// A function that vanishes into its caller, and is then compiled for the caller's processor. All
/// that takes or returns a pack must be one: packs never cross a real call.
#define PANJ_INLINE [[gnu::always_inline]] inline

/// The same for a lambda: `[&](Pack x) PANJ_KERNEL { … }`.
#define PANJ_KERNEL __attribute__((always_inline))

/// Four doubles that are computed together: the vector extension of gcc and clang. Operators work
/// lane by lane, and with a double on one side; comparisons give a PackMask for `?:`.
///
///     const Pack rate = load(&row[lane]);
///     store(&row[lane], rate > 1.0 ? exp(-rate) : broadcast(1.0));
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

PANJ_INLINE Pack load(const double* first) {
  Pack pack;
  std::memcpy(&pack, first, sizeof pack);
  return pack;
}
PANJ_INLINE void store(double* first, Pack pack) {
  std::memcpy(first, &pack, sizeof pack);
}

/// The bits of a double, and back.
PANJ_INLINE PackBits to_bits(Pack x) {
  PackBits bits;
  std::memcpy(&bits, &x, sizeof bits);
  return bits;
}
PANJ_INLINE Pack from_bits(PackBits bits) {
  Pack x;
  std::memcpy(&x, &bits, sizeof x);
  return x;
}
PANJ_INLINE std::uint64_t to_bits(double x) {
  return std::bit_cast<std::uint64_t>(x);
}
PANJ_INLINE double from_bits(std::uint64_t bits) {
  return std::bit_cast<double>(bits);
}

/// Both chosen lane by lane. NaN in `a` gives `b`.
PANJ_INLINE Pack min(Pack a, Pack b) {
  return a < b ? a : b;
}
PANJ_INLINE Pack max(Pack a, Pack b) {
  return a > b ? a : b;
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

/// `yes` where the mask is set, else `no`.
PANJ_INLINE Pack select(PackMask mask, Pack yes, Pack no) {
  return mask ? yes : no;
}
PANJ_INLINE double select(bool mask, double yes, double no) {
  return mask ? yes : no;
}

/// Whether any lane is set.
PANJ_INLINE bool any(PackMask mask) {
  std::int64_t set = 0;
  for (std::size_t lane = 0; lane < kPackLanes; ++lane) set |= mask[lane];
  return set != 0;
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
  return near - select(near > x, V{} + 1.0, V{});
}

}  // namespace panj::sim
