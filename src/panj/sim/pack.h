// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cmath>
#include <concepts>
#include <cstdint>

#include "panj/sim/lanes.h"

namespace panj::sim {

/// A function that vanishes into its caller, and is then compiled for the caller's processor. All
/// that takes or returns a pack must be one: packs never cross a real call.
#define PANJ_INLINE [[gnu::always_inline]] inline

/// The same for a lambda: `[&]<class Pack>(Pack x) PANJ_KERNEL { … }`.
#define PANJ_KERNEL __attribute__((always_inline))

/// Doubles that are computed together: the vector extension of gcc and clang. Operators work lane
/// by lane, and with a double on one side. A kernel is a template of the pack, and learns it from
/// `with_vector_units` (vector_units.h):
///
///     const Pack rate = load<Pack>(&row[lane]);
///     store(&row[lane], select(less(1.0, rate), exp(-rate), broadcast<Pack>(1.0)));
///
/// Eight fill a register of AVX-512, four one of AVX2. With gcc 12 a type that is wider than the
/// registers lives in memory between any two operations, and a narrower one wastes half of them:
/// either way the spillover model takes 1.4 to 1.6 times as long.
///
/// Where there are no units for four, compilers split arithmetic into halves, but comparisons by
/// `<` into single lanes: kernels compare with `less`, which is arithmetic.
///
/// Each lane gets exactly what the same expression gives for one double: the functions here and in
/// elementary.h exist for both, so that one template serves kernels, oracles and single numbers.
using Pack4 [[gnu::vector_size(32)]] = double;
using Pack8 [[gnu::vector_size(64)]] = double;

namespace detail {

/// What belongs to a pack.
template <class Pack>
struct PackParts;
template <>
struct PackParts<Pack4> {
  using Mask [[gnu::vector_size(32)]] = std::int64_t;
  using Bits [[gnu::vector_size(32)]] = std::uint64_t;
  using InMemory [[gnu::vector_size(32), gnu::aligned(8), gnu::may_alias]] = double;
};
template <>
struct PackParts<Pack8> {
  using Mask [[gnu::vector_size(64)]] = std::int64_t;
  using Bits [[gnu::vector_size(64)]] = std::uint64_t;
  using InMemory [[gnu::vector_size(64), gnu::aligned(8), gnu::may_alias]] = double;
};

}  // namespace detail

template <class V>
concept PackType = std::same_as<V, Pack4> || std::same_as<V, Pack8>;

/// 0 or −1 in each lane.
template <PackType Pack>
using MaskOf = typename detail::PackParts<Pack>::Mask;
template <PackType Pack>
using BitsOf = typename detail::PackParts<Pack>::Bits;

template <PackType Pack>
inline constexpr std::size_t kLanesIn = sizeof(Pack) / sizeof(double);

template <PackType Pack>
PANJ_INLINE Pack broadcast(double value) {
  return Pack{} + value;
}

template <PackType Pack>
PANJ_INLINE Pack load(const double* first) {
  return *reinterpret_cast<const typename detail::PackParts<Pack>::InMemory*>(first);
}
template <PackType Pack>
PANJ_INLINE void store(double* first, Pack pack) {
  *reinterpret_cast<typename detail::PackParts<Pack>::InMemory*>(first) = pack;
}

/// The bits of a double, and back.
template <PackType Pack>
PANJ_INLINE BitsOf<Pack> to_bits(Pack x) {
  return reinterpret_cast<BitsOf<Pack>>(x);
}
PANJ_INLINE Pack4 from_bits(BitsOf<Pack4> bits) {
  return reinterpret_cast<Pack4>(bits);
}
PANJ_INLINE Pack8 from_bits(BitsOf<Pack8> bits) {
  return reinterpret_cast<Pack8>(bits);
}
PANJ_INLINE std::uint64_t to_bits(double x) {
  return std::bit_cast<std::uint64_t>(x);
}
PANJ_INLINE double from_bits(std::uint64_t bits) {
  return std::bit_cast<double>(bits);
}

/// a < b: the sign of a − b. Where either is not a number, or both are the same infinity, it may
/// be either.
template <PackType Pack>
PANJ_INLINE MaskOf<Pack> less(Pack a, Pack b) {
  return reinterpret_cast<MaskOf<Pack>>(a - b) >> 63;
}
template <PackType Pack>
PANJ_INLINE MaskOf<Pack> less(Pack a, double b) {
  return less(a, broadcast<Pack>(b));
}
template <PackType Pack>
PANJ_INLINE MaskOf<Pack> less(double a, Pack b) {
  return less(broadcast<Pack>(a), b);
}
PANJ_INLINE bool less(double a, double b) {
  return a < b;
}

/// `yes` where the mask is set, else `no`.
template <PackType Pack>
PANJ_INLINE Pack select(MaskOf<Pack> mask, Pack yes, Pack no) {
  return reinterpret_cast<Pack>((reinterpret_cast<MaskOf<Pack>>(yes) & mask) |
                                (reinterpret_cast<MaskOf<Pack>>(no) & ~mask));
}
PANJ_INLINE double select(bool mask, double yes, double no) {
  return mask ? yes : no;
}

/// Lane by lane; as `less` for what is not a number.
template <PackType Pack>
PANJ_INLINE Pack min(Pack a, Pack b) {
  return select(less(a, b), a, b);
}
template <PackType Pack>
PANJ_INLINE Pack max(Pack a, Pack b) {
  return select(less(b, a), a, b);
}
PANJ_INLINE double min(double a, double b) {
  return a < b ? a : b;
}
PANJ_INLINE double max(double a, double b) {
  return a > b ? a : b;
}
template <PackType Pack>
PANJ_INLINE Pack min(Pack a, double b) {
  return min(a, broadcast<Pack>(b));
}
template <PackType Pack>
PANJ_INLINE Pack max(Pack a, double b) {
  return max(a, broadcast<Pack>(b));
}

/// Whether any lane is set.
PANJ_INLINE bool any(MaskOf<Pack4> mask) {
  using Half [[gnu::vector_size(16)]] = std::int64_t;
  const Half half =
      __builtin_shufflevector(mask, mask, 0, 1) | __builtin_shufflevector(mask, mask, 2, 3);
  return (half[0] | half[1]) != 0;
}
PANJ_INLINE bool any(MaskOf<Pack8> mask) {
  return any(__builtin_shufflevector(mask, mask, 0, 1, 2, 3) |
             __builtin_shufflevector(mask, mask, 4, 5, 6, 7));
}
PANJ_INLINE bool any(bool mask) {
  return mask;
}

template <PackType Pack>
PANJ_INLINE Pack sqrt(Pack x) {
  for (std::size_t lane = 0; lane < kLanesIn<Pack>; ++lane) x[lane] = std::sqrt(x[lane]);
  return x;
}
PANJ_INLINE double sqrt(double x) {
  return std::sqrt(x);
}

template <PackType Pack>
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
