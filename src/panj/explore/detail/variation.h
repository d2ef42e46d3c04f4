// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "panj/core/random.h"

namespace panj::explore::detail {

// Operators on unit coordinates.

/// One child of two parents: simulated binary crossover (Deb & Agrawal 1995), index 15, each
/// coordinate with chance ½.
std::vector<double> crossover(std::span<const double> a, std::span<const double> b,
                              RandomStream& random);

/// Polynomial mutation (Deb & Goyal 1996), index 20, one coordinate on average.
void mutate(std::span<double> point, RandomStream& random);

/// Each coordinate anew with chance 1 / their number, at least one.
void scatter(std::span<double> point, RandomStream& random);

}  // namespace panj::explore::detail
