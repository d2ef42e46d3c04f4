// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "panj/core/range.h"

namespace panj::explore {

/// Quantiles at `probabilities` over futures of an expectation that each future shows only as a
/// mean over few replicates. The means m(f) spread more than the expectations: a chance of 0.34 in
/// every future shows as anything from 0.1 to 0.6 in ten runs. They are drawn towards their
/// weighted mean m̄ until their variance is what is left of it without that of the runs,
///
///     m̄ + s (m(f) − m̄),  s = √max(0, 1 − W / B),
///
/// with B the variance of the means over futures, Σw(m − m̄)²/Σw · n/(n − 1), n = (Σw)²/Σw², and W
/// the weighted mean of the squared `errors`: of a share p over r runs, p(1 − p)/(r − 1). Futures
/// without weight do not count; at least one must. With one run a future there are no errors, and
/// the range is that of the runs.
Range range_over_futures(std::span<const double> means, std::span<const double> errors,
                         std::span<const double> weights, Range probabilities);

}  // namespace panj::explore
