// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "panj/core/range.h"

namespace panj::forecast {

/// How often rare incidents come, from how many there were: for a border with a handful of
/// incidents, where no panel model has anything to learn from.
///
/// Poisson incidents at a constant rate λ a year. With Jeffreys' prior (density ∝ λ^−½), n
/// incidents in T years leave λ with the posterior Gamma(n + ½, T), and the count of the next h
/// years is negative binomial: size n + ½, mean (n + ½) h / T (Gelman et al., Bayesian Data
/// Analysis, 2.6). Incidents that come in clusters spread wider than this says.
///
///     const IncidentRate rate(7, 4.0);
///     rate.probability_of_at_least(1, 1.0);  // 1 − (4/5)^7.5 = 0.81
///     rate.rate_interval();                  // incidents a year, 90 %
class IncidentRate {
 public:
  /// incidents ≥ 0; years > 0, finite.
  IncidentRate(std::int64_t incidents, double years);

  /// Posterior mean, incidents a year.
  double mean() const { return shape_ / years_; }
  /// Central posterior interval of the rate, incidents a year; 0 < level < 1.
  Range rate_interval(double level = 0.9) const;

  /// Predictive probability of `count` or more incidents in the next `years`.
  double probability_of_at_least(std::int64_t count, double years) const;
  /// What that probability would be at either end of the rate's interval: how far it may be off
  /// because the rate is not known.
  Range probability_interval(std::int64_t count, double years, double level = 0.9) const;

 private:
  double shape_;
  double years_;
};

}  // namespace panj::forecast
