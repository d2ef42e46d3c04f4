// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "panj/explore/matrix.h"

namespace panj::explore {

enum class Direction { lower_is_better, higher_is_better };

/// A figure with its standard error.
struct Estimate {
  double value = 0.0;
  double error = 0.0;

  bool operator==(const Estimate&) const = default;
};

struct RegretOptions {
  double tail = 0.1;         ///< CVaR is the mean over this share of the worst futures
  unsigned resamples = 200;  ///< bootstrap over futures, the same draws for every package
  std::uint64_t seed = 1;
};

/// How one package does over all futures.
struct RegretRow {
  Estimate mean{};
  Estimate cvar{};               ///< mean outcome in the worst share of futures
  Estimate mean_regret{};        ///< what it costs not to have known the future
  Estimate max_regret{};         ///< error: of the outcomes themselves where it is attained
  std::size_t worst_future = 0;  ///< where max_regret is attained
};

/// Compares packages over futures on one outcome. `outcomes`: one row a future, one column a
/// package; `errors` likewise, the Monte-Carlo standard error of each, or empty when there is none;
/// `weights`: of the futures, or empty for equal ones; a future without weight does not count,
/// whatever its outcomes, NaN among them. Regret of a package in a future is how far
/// it falls behind the best package there. Standard errors of means and CVaR are bootstrapped over
/// futures.
std::vector<RegretRow> compare_regret(const Matrix& outcomes, const Matrix& errors,
                                      std::span<const double> weights, Direction direction,
                                      const RegretOptions& options = {});

/// Regret of each package in each future, shaped as `outcomes`.
Matrix regrets(const Matrix& outcomes, Direction direction);

/// Weighted mean of the worst `tail` of the values; a value at the edge counts in part, one
/// without weight not at all.
double conditional_value_at_risk(std::span<const double> values, std::span<const double> weights,
                                 Direction direction, double tail);

/// Weighted share of futures that hold, with its standard error sqrt(p(1 − p)/n), n the effective
/// number (Σw)²/Σw² of futures.
Estimate share_of(const std::vector<bool>& holds, std::span<const double> weights);

}  // namespace panj::explore
