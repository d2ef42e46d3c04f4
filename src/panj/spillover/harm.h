// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "panj/spillover/kinds.h"

namespace panj::spillover {

/// How much an attempt that gets through matters, beside one of another type: by this, means are
/// placed where they do most.
inline constexpr ByType<double> kHarm{3, 1, 0, 1.5};

}  // namespace panj::spillover
