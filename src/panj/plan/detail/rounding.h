// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace panj::plan::detail {

/// Sums of costs, shares or gains that differ by less differ by rounding only.
inline constexpr double kRounding = 1e-9;

/// So much more may be spent than there is, in money of the range in which the solver counts
/// (placement_units.h).
inline constexpr double kMoneyRounding = 1e-7;

}  // namespace panj::plan::detail
