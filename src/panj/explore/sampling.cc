// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/sampling.h"

#include <boost/random/sobol.hpp>
#include <numeric>
#include <utility>
#include <vector>

#include "panj/core/contract.h"
#include "panj/core/random.h"
#include "panj/explore/detail/random_kinds.h"

namespace panj::explore {
namespace {

using Digits = std::uint32_t;
using SobolEngine = boost::random::sobol_engine<Digits, 32>;

/// Splittable hash of a 64-bit word (Steele et al. 2014): every input bit reaches every output bit.
std::uint64_t mix(std::uint64_t word) {
  word += 0x9E3779B97F4A7C15U;
  word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9U;
  word = (word ^ (word >> 27)) * 0x94D049BB133111EBU;
  return word ^ (word >> 31);
}

/// Each digit is flipped or not by a coin that belongs to the digits before it.
Digits owen_scrambled(Digits digits, std::uint64_t key) {
  Digits scrambled = 0;
  for (int bit = 31; bit >= 0; --bit) {
    const std::uint64_t before = ((std::uint64_t{1} << 32) | digits) >> (bit + 1);
    const auto coin = static_cast<Digits>(mix(key ^ before) >> 63);
    scrambled |= (((digits >> bit) & 1U) ^ coin) << bit;
  }
  return scrambled;
}

/// The middle of the cell of width 2⁻³² that the digits name.
double to_unit(Digits digits) {
  return (static_cast<double>(digits) + 0.5) * 0x1p-32;
}

std::uint64_t key_of_dimension(std::size_t dimension, std::uint64_t seed) {
  RandomStream random(
      seed, {.kind = detail::scramble_kind, .entity = static_cast<std::uint32_t>(dimension)});
  const double high = random.uniform();
  return mix((static_cast<std::uint64_t>(high * 0x1p32) << 32) |
             static_cast<std::uint64_t>(random.uniform() * 0x1p32));
}

}  // namespace

Matrix latin_hypercube(std::size_t points, std::size_t dimensions, std::uint64_t seed) {
  Matrix sample(points, dimensions);
  std::vector<std::size_t> slices(points);
  for (std::size_t d = 0; d < dimensions; ++d) {
    const auto entity = static_cast<std::uint32_t>(d);
    RandomStream shuffle(seed, {.kind = detail::shuffle_kind, .entity = entity});
    RandomStream jitter(seed, {.kind = detail::jitter_kind, .entity = entity});
    std::iota(slices.begin(), slices.end(), std::size_t{0});
    for (std::size_t i = points; i > 1; --i) {
      const auto other = static_cast<std::size_t>(shuffle.uniform() * static_cast<double>(i));
      std::swap(slices[i - 1], slices[other]);
    }
    for (std::size_t i = 0; i < points; ++i) {
      sample(i, d) =
          (static_cast<double>(slices[i]) + jitter.uniform()) / static_cast<double>(points);
    }
  }
  return sample;
}

Matrix sobol_sequence(std::size_t points, std::size_t dimensions, Scrambling scrambling,
                      std::uint64_t seed) {
  PANJ_EXPECT(dimensions >= 1 && dimensions <= kMostSobolDimensions && points <= (1ULL << 31));
  std::vector<std::uint64_t> keys(dimensions);
  for (std::size_t d = 0; d < dimensions; ++d) keys[d] = key_of_dimension(d, seed);
  SobolEngine engine(dimensions);
  Matrix sample(points, dimensions);
  const bool with_origin = scrambling != Scrambling::none;
  for (std::size_t i = 0; i < points; ++i) {
    for (std::size_t d = 0; d < dimensions; ++d) {
      const Digits digits = with_origin && i == 0 ? 0 : engine();
      switch (scrambling) {
        case Scrambling::none:
          sample(i, d) = static_cast<double>(digits) * 0x1p-32;
          break;
        case Scrambling::digital_shift:
          sample(i, d) = to_unit(digits ^ static_cast<Digits>(keys[d]));
          break;
        case Scrambling::owen:
          sample(i, d) = to_unit(owen_scrambled(digits, keys[d]));
          break;
      }
    }
  }
  return sample;
}

}  // namespace panj::explore
