// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace panj::detail {

/// One bit per byte of a 64-byte block, lowest bit first.
struct CsvBlock {
  std::uint64_t quotes = 0;
  std::uint64_t commas = 0;
  std::uint64_t newlines = 0;
  std::uint64_t nuls = 0;
  std::uint64_t highs = 0;  ///< bytes of 128 and above
};

inline CsvBlock classify_scalar(const char* bytes) {
  CsvBlock block;
  for (unsigned i = 0; i < 64; ++i) {
    const std::uint64_t bit = std::uint64_t{1} << i;
    const auto byte = static_cast<unsigned char>(bytes[i]);
    if (byte == '"') block.quotes |= bit;
    if (byte == ',') block.commas |= bit;
    if (byte == '\n') block.newlines |= bit;
    if (byte == 0) block.nuls |= bit;
    if (byte >= 128) block.highs |= bit;
  }
  return block;
}

#if defined(__SSE2__)
inline CsvBlock classify(const char* bytes) {
  CsvBlock block;
  const __m128i quote = _mm_set1_epi8('"');
  const __m128i comma = _mm_set1_epi8(',');
  const __m128i newline = _mm_set1_epi8('\n');
  const __m128i nul = _mm_setzero_si128();
  for (std::size_t part = 0; part < 4; ++part) {
    __m128i chunk;
    std::memcpy(&chunk, bytes + part * 16, sizeof chunk);
    const auto mask = [shift = part * 16](__m128i lanes) {
      return static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(lanes))) << shift;
    };
    block.quotes |= mask(_mm_cmpeq_epi8(chunk, quote));
    block.commas |= mask(_mm_cmpeq_epi8(chunk, comma));
    block.newlines |= mask(_mm_cmpeq_epi8(chunk, newline));
    block.nuls |= mask(_mm_cmpeq_epi8(chunk, nul));
    block.highs |= mask(chunk);
  }
  return block;
}
#else
inline CsvBlock classify(const char* bytes) {
  return classify_scalar(bytes);
}
#endif

/// Bit i is the parity of bits 0..i: turns quote marks into "within quotes".
inline std::uint64_t prefix_xor(std::uint64_t bits) {
  for (unsigned shift = 1; shift < 64; shift *= 2) bits ^= bits << shift;
  return bits;
}

}  // namespace panj::detail
