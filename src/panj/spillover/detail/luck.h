// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

#include "panj/sim/lanes.h"
#include "panj/sim/pack.h"

namespace panj::spillover::detail {

/// Which draw a random number is for. Part of its key: appending is safe, reordering changes every
/// result.
enum class Stage : std::uint16_t {
  delivery,      ///< by stretch; a word for each kind
  loss,          ///< by four stretches; a word for each
  surroundings,  ///< words: hardship, foreign fighters, supply, cohesion
  tolerance,     ///< by four groups; a word for each
  people,        ///< by group; words by zone: attrition, newcomers, movers, settlers
  patrol,        ///< by stretch
  supply,        ///< by zone; words: entering, released, seized
  attempts,      ///< by segment; words: attack, infiltration, fire
  attack_marks,  ///< by segment; words: detected, intercepted, belt, reported breaches
  infiltration_marks,
  fire_marks,
  attack_toll,  ///< by segment and incident; words: severity, seen coming
  fire_toll,
  border_losses,  ///< by zone
};

inline constexpr std::size_t kWords = 4;

/// Philox4x32-10 (Salmon et al. 2011), seed as key, (replicate, step and stage, node, ordinal) as
/// counter: four uniforms on (0, 1) with 32 bits each. 2⁻³² is far finer than any chance here
/// needs. `V` is a pack, for consecutive replicates, or one double.
template <class V>
using Words = std::array<V, kWords>;

struct LuckKey {
  std::uint64_t seed = 0;
  std::uint32_t step_and_stage = 0;
  std::uint32_t node = 0;
  std::uint32_t ordinal = 0;
};

PANJ_INLINE LuckKey luck_key(std::uint64_t seed, int step, Stage stage, std::uint32_t node,
                             std::uint32_t ordinal = 0) {
  return {seed, (static_cast<std::uint32_t>(step) << 16) | static_cast<std::uint32_t>(stage), node,
          ordinal};
}

template <class Bits>
PANJ_INLINE std::array<Bits, kWords> philox(Bits replicate, const LuckKey& key) {
  constexpr std::uint64_t kLow = 0xffffffff;
  std::array<Bits, kWords> c{replicate, Bits{} + key.step_and_stage, Bits{} + key.node,
                             Bits{} + key.ordinal};
  auto k0 = static_cast<std::uint32_t>(key.seed);
  auto k1 = static_cast<std::uint32_t>(key.seed >> 32);
  for (int round = 0; round < 10; ++round) {
    const Bits p0 = c[0] * std::uint64_t{0xD2511F53};
    const Bits p1 = c[2] * std::uint64_t{0xCD9E8D57};
    c = {(p1 >> 32) ^ c[1] ^ std::uint64_t{k0}, p1 & kLow, (p0 >> 32) ^ c[3] ^ std::uint64_t{k1},
         p0 & kLow};
    k0 += 0x9E3779B9;
    k1 += 0xBB67AE85;
  }
  return c;
}

template <sim::PackType Pack>
PANJ_INLINE Pack to_uniform(sim::BitsOf<Pack> word) {
  return (__builtin_convertvector(word, Pack) + 0.5) * 0x1p-32;
}
PANJ_INLINE double to_uniform(std::uint64_t word) {
  return (static_cast<double>(word) + 0.5) * 0x1p-32;
}

/// For the replicates of one pack, from `first` on.
template <sim::PackType Pack>
PANJ_INLINE Words<Pack> luck_pack(std::uint32_t first, const LuckKey& key) {
  using Bits = sim::BitsOf<Pack>;
  Bits lane{};
  for (std::size_t l = 0; l < sim::kLanesIn<Pack>; ++l) lane[l] = l;
  const auto words = philox<Bits>((lane + first) & std::uint64_t{0xffffffff}, key);
  return {to_uniform<Pack>(words[0]), to_uniform<Pack>(words[1]), to_uniform<Pack>(words[2]),
          to_uniform<Pack>(words[3])};
}

inline Words<double> luck(std::uint32_t replicate, const LuckKey& key) {
  const auto words = philox<std::uint64_t>(replicate, key);
  return {to_uniform(words[0]), to_uniform(words[1]), to_uniform(words[2]), to_uniform(words[3])};
}

}  // namespace panj::spillover::detail
