// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace panj::spillover {

/// Traffickers move in whole loads of this many tonnes.
inline constexpr double kLoadTonnes = 0.05;

}  // namespace panj::spillover
