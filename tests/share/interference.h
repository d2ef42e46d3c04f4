// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace panj::share {

/// Plays a random sequence of publications, relabellings, recalls, deletions, queries, pages and
/// bad requests in two worlds that differ only in objects that are not releasable to member M,
/// under one clock. Empty when every byte that M can see is the same in both; else what M saw.
std::string first_difference(std::uint64_t seed);

/// How many of M's observations were not empty in all pairs so far: that the test sees something.
std::uint64_t observations_made();
std::uint64_t hidden_actions_played();

}  // namespace panj::share
