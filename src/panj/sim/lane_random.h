// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

#include "panj/sim/lanes.h"

namespace panj::sim {

/// Which draw of a step: together with the seed and the replicate of a lane, the key of its random
/// numbers.
struct DrawKey {
  int step = 0;              ///< below 65,536
  std::uint16_t kind = 0;    ///< recruitment, detection, …: one number for each use in a model
  std::uint32_t entity = 0;  ///< stretch, group, …
  std::uint32_t block = 0;   ///< further numbers of the same event
};

// Random numbers for all lanes of a batch: Philox4x32-10 with the seed as key and (replicate, step,
// kind, entity, block) as counter, as in core/random.h and in vector units. Each function fills the
// first `lanes.padded()` places of its spans. One block gives two uniforms of 52 bits or four of 32
// bits; take them all before a further block, which costs as much again. About 1 ns for each
// uniform of 52 bits with AVX-512, 2 ns with AVX2.

/// One uniform on (0, 1), 52 bits: exactly the number that RandomStream gives to the same event as
/// its draw 2 · block.
void fill_uniform(const Lanes& lanes, const DrawKey& key, std::span<double> out);

/// Two of them: draws 2 · block and 2 · block + 1.
void fill_uniform_pair(const Lanes& lanes, const DrawKey& key, std::span<double> first,
                       std::span<double> second);

/// Four uniforms of 32 bits, (w + ½) / 2³², for draws whose tail beyond 1e-9 does not matter. Made
/// of the same bits as the 52-bit numbers of the block: a kind uses one or the other.
void fill_uniform_quad(const Lanes& lanes, const DrawKey& key, std::span<double> first,
                       std::span<double> second, std::span<double> third, std::span<double> fourth);

/// Standard normal numbers: the quantile of `fill_uniform`.
void fill_normal(const Lanes& lanes, const DrawKey& key, std::span<double> out);

}  // namespace panj::sim
