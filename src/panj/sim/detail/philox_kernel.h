// SPDX-License-Identifier: Apache-2.0
#pragma once

// Included by one file for each instruction set, which the build compiles with that set's options.
// Everything here has internal linkage: the linker must not hand code for one processor to another.

#include <cstdint>
#include <cstring>

#if defined(__AVX2__)
#include <immintrin.h>
#endif

#include "panj/sim/detail/philox.h"

namespace panj::sim::detail {
namespace {
// NOLINTBEGIN(misc-definitions-in-headers): internal linkage is what is wanted here

#if defined(__AVX512F__)
constexpr std::size_t kWide = 8;
#else
constexpr std::size_t kWide = 4;
#endif
using Words [[gnu::vector_size(kWide * 8)]] = std::uint64_t;  ///< 32 bits used in each lane
using Doubles [[gnu::vector_size(kWide * 8)]] = double;

/// The product of the low 32 bits of each lane.
[[gnu::always_inline]] inline Words multiply(Words a, std::uint32_t b) {
#if defined(__AVX512F__)
  Words product;
  const __m512i value = _mm512_maskz_mul_epu32(0xFF, reinterpret_cast<const __m512i&>(a),
                                               _mm512_set1_epi64(std::int64_t{b}));
  std::memcpy(&product, &value, sizeof product);
  return product;
#elif defined(__AVX2__)
  Words product;
  const __m256i value =
      _mm256_mul_epu32(reinterpret_cast<const __m256i&>(a), _mm256_set1_epi64x(std::int64_t{b}));
  std::memcpy(&product, &value, sizeof product);
  return product;
#else
  return (a & 0xFFFFFFFFULL) * std::uint64_t{b};
#endif
}

/// Ten rounds of Philox4x32 (Salmon et al. 2011). The upper halves of the lanes hold what is left
/// of products and are never read.
[[gnu::always_inline]] inline void philox(Words (&w)[4], std::uint64_t seed) {
  auto k0 = static_cast<std::uint32_t>(seed);
  auto k1 = static_cast<std::uint32_t>(seed >> 32);
  for (int round = 0; round < 10; ++round) {
    const Words a = multiply(w[0], 0xD2511F53U);
    const Words b = multiply(w[2], 0xCD9E8D57U);
    w[0] = (b >> 32) ^ w[1] ^ std::uint64_t{k0};
    w[1] = b;
    w[2] = (a >> 32) ^ w[3] ^ std::uint64_t{k1};
    w[3] = a;
    k0 += 0x9E3779B9U;
    k1 += 0xBB67AE85U;
  }
}

[[gnu::always_inline]] inline void put(double* out, Doubles values) {
  std::memcpy(out, &values, sizeof values);
}

/// Bits in [0, 2⁵²) to the midpoint of their cell in (0, 1): 1 + bits/2⁵² as a double, less 1, plus
/// half a cell (all exact).
[[gnu::always_inline]] inline Doubles to_uniform(Words high, Words low) {
  const Words bits = ((high << 20) & 0xFFFFFFFF00000ULL) | ((low & 0xFFFFFFFFULL) >> 12);
  const Words one_to_two = bits | 0x3FF0000000000000ULL;
  Doubles value;
  std::memcpy(&value, &one_to_two, sizeof value);
  return (value - 1.0) + 0x1p-53;
}

[[gnu::always_inline]] inline Doubles to_uniform32(Words word) {
  const Words one_to_two = ((word & 0xFFFFFFFFULL) << 20) | 0x3FF0000000000000ULL;
  Doubles value;
  std::memcpy(&value, &one_to_two, sizeof value);
  return (value - 1.0) + 0x1p-33;
}

template <class Write>
[[gnu::always_inline]] inline void fill(const PhiloxJob& job, Write write) {
  Words lane{};
  for (std::size_t i = 0; i < kWide; ++i) lane[i] = i;
  for (std::size_t at = 0; at < job.count; at += kWide) {
    Words w[4] = {lane + (std::uint64_t{job.first} + at), Words{} + std::uint64_t{job.second},
                  Words{} + std::uint64_t{job.third}, Words{} + std::uint64_t{job.fourth}};
    philox(w, job.seed);
    write(at, w);
  }
}

void fill_one(const PhiloxJob& job, double* const* out) {
  fill(
      job, [&](std::size_t at, const Words(&w)[4])
               __attribute__((always_inline)) { put(out[0] + at, to_uniform(w[0], w[1])); });
}
void fill_pair(const PhiloxJob& job, double* const* out) {
  fill(
      job, [&](std::size_t at, const Words(&w)[4]) __attribute__((always_inline)) {
        put(out[0] + at, to_uniform(w[0], w[1]));
        put(out[1] + at, to_uniform(w[2], w[3]));
      });
}
void fill_quad(const PhiloxJob& job, double* const* out) {
  fill(
      job, [&](std::size_t at, const Words(&w)[4]) __attribute__((always_inline)) {
        for (std::size_t i = 0; i < 4; ++i) put(out[i] + at, to_uniform32(w[i]));
      });
}

// NOLINTEND(misc-definitions-in-headers)
}  // namespace
}  // namespace panj::sim::detail
