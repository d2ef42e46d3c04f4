// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "panj/explore/lake.h"
#include "panj/explore/search.h"

namespace panj::explore {

/// Searches lake policies (c1, c2 in [−2, 2], r1, r2 in (0, 2], w1 in [0, 1]) for low max_p and
/// high utility, inertia and reliability, with ε = 0.05 in each, as in Quinn et al. (2017).
/// Objectives of the result: max_p, then the other three negated. The hypervolume is taken to (3,
/// 0, 0, 0).
SearchResult search_lake(const Lake& lake, std::size_t evaluations, std::uint64_t seed,
                         unsigned threads = 1);

}  // namespace panj::explore
