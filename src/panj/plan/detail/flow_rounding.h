// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace panj::plan::detail {

/// An edge of a circulation: as much flows into every vertex as out of it.
struct FlowEdge {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  std::int64_t amount = 0;  ///< in parts of a unit
};

/// True with chance heads/(heads + tails).
using Coin = std::function<bool(std::int64_t heads, std::int64_t tails)>;

/// Rounds every amount to whole units, up or down, so that it is still a circulation and each
/// amount is kept in the mean (dependent rounding; Gandhi, Khuller, Parthasarathy and Srinivasan
/// 2006). All in whole numbers: only the coin can err.
///
/// Edges are taken in turn. One that closes a cycle of broken amounts is settled at once: either
/// way round the cycle changes until some amount is whole, and the coin says which way. Edges in an
/// order from one side of the graph to the other keep the trees of broken amounts small.
void round_flow(std::vector<FlowEdge>& edges, std::size_t vertices, std::int64_t unit,
                const Coin& coin);

}  // namespace panj::plan::detail
