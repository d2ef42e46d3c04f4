// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

namespace panj::spillover {

/// Where the exceedance curve of deaths per incident is read: incidents with at least so many.
inline constexpr std::array<double, 8> kTollSteps{1, 2, 5, 10, 20, 50, 100, 200};

}  // namespace panj::spillover
