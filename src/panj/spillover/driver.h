// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "panj/core/date.h"
#include "panj/spillover/settings.h"

namespace panj::spillover {

/// Forecast violence next door, as numbers: the forecast layer stands beside this one.
struct ViolenceForecast {
  Month origin{};       ///< the last month that is known
  double recent = 0.0;  ///< mean of the last twelve known months
  /// By lead from 1 on: equally likely values, in ascending order, as many for each lead.
  std::vector<std::vector<double>> samples{};
};

/// How strongly operations follow violence next door: γ in h_γ.
inline constexpr double kOperationsResponse = 0.4;

/// Operations next door by step, for Settings::operations: in the forecast's months the rate of
/// attempts is multiplied by h_γ(x) = e^{γ(x−1)/(x+1)}, x = (violence + 1)/(recent + 1), as the
/// model's other responses; after them, and before, by 1. One list for each draw: a draw keeps its
/// rank over the months, for violence persists. A forecast of what was recently seen changes
/// nothing. ADR 13 says more.
std::vector<std::vector<double>> operations_of(const ViolenceForecast& forecast,
                                               const Settings& settings);

}  // namespace panj::spillover
