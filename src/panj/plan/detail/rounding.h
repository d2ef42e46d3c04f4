// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace panj::plan::detail {

/// Sums of costs, shares or gains that differ by less differ by rounding only.
inline constexpr double kRounding = 1e-9;

}  // namespace panj::plan::detail
