// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>

namespace panj {

/// Calls `body(i)` for every i in [0, count), on `threads` threads (0: as many as the machine has).
///
/// Which thread takes which i is left open, so a result must not depend on it: write to slot i.
/// When bodies throw, no new ones are started and the exception of the lowest i seen is thrown
/// here.
///
///     std::vector<double> squares(n);
///     parallel_for(n, threads, [&](std::size_t i) { squares[i] = f(i); });
void parallel_for(std::size_t count, unsigned threads,
                  const std::function<void(std::size_t)>& body);

}  // namespace panj
