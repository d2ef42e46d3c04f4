// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace panj::sim {

/// Rows are padded to whole cache lines, which are whole packs (pack.h).
inline constexpr std::size_t kLineLanes = 8;

/// A batch of consecutive replicates that go through all steps together, one lane each.
///
/// Random numbers belong to (seed, replicate, step, kind, entity), so a replicate comes out the
/// same in whichever batch it runs. Rows of a state hold `padded()` lanes: whole packs, so that a
/// kernel needs no remainder. The lanes beyond `count` are ordinary replicates that nobody reads.
struct Lanes {
  std::uint64_t seed = 1;
  std::uint32_t first = 0;  ///< the replicate in lane 0
  std::size_t count = 0;

  std::size_t padded() const { return (count + kLineLanes - 1) / kLineLanes * kLineLanes; }
  std::uint32_t replicate(std::size_t lane) const {
    return first + static_cast<std::uint32_t>(lane);
  }
};

}  // namespace panj::sim
