// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "panj/plan/general_sum.h"

namespace panj::plan {

struct QuantalPatrol {
  double value = 0;  ///< our expected gain Σ Pᵢ Dᵢ
  double bound = 0;  ///< no coverage gives more
  std::vector<double> coverage;
  std::vector<double> attack_probability;
};

/// Patrol against an attacker that errs: it strikes i with probability Pᵢ ∝ exp(λ Uᵢ(xᵢ)),
/// `rationality` λ ≥ 0 (quantal response; McFadden 1976, Yang, Ordóñez and Tambe 2012). λ = 0
/// strikes anywhere alike, large λ nears the strong Stackelberg attacker.
///
/// Maximises Σ Pᵢ Dᵢ, a ratio, by bisection on its value: for a value r the inner problem
/// max Σ e^{λUᵢ(xᵢ)} (Dᵢ(xᵢ) − r), Σx ≤ m, is concave in yᵢ = e^{−λ(Uuᵢ−Ucᵢ)xᵢ} and is solved by
/// bisection on the multiplier of Σx, each stretch in closed form (Lambert's W, in logarithms, so
/// that no λ overflows). The optimum is the global one. Needs Uc ≤ Uu and Du ≤ Dc on every stretch.
QuantalPatrol solve_quantal(const GeneralSumGame& game, double rationality);

/// Our expected gain under a coverage.
double quantal_value(const GeneralSumGame& game, double rationality,
                     const std::vector<double>& coverage);

}  // namespace panj::plan
