// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace panj::explore {

/// The shallow lake problem (Carpenter, Ludwig & Brock 1999) as a test bed for search and
/// robustness (Quinn, Reed & Keller 2017): a town gains from what it lets flow into a lake that
/// tips over when it holds too much phosphorus.
///
/// X(t+1) = (1 − b) X + X^q/(1 + X^q) + a + ε, ε lognormal with natural mean and deviation as
/// given, X(0) = 0.
struct LakeSettings {
  double decay = 0.4;              ///< b
  double recycling = 2.0;          ///< q; 2 is fast
  double inflow_mean = 0.02;       ///< of ε
  double inflow_deviation = 0.01;  ///< of ε
  double discount = 0.98;          ///< of the benefit, a year
  double benefit = 0.41;           ///< of one unit let in
  std::size_t samples = 100;
  std::size_t years = 100;
  std::uint64_t seed = 1;
};

/// How much to let in, by the state: a(0) = 0.1, then
/// a = clip(w1·|(X − c1)/r1|³ + (1 − w1)·|(X − c2)/r2|³, 0.01, 0.1). r1 and r2 must not be 0.
struct LakePolicy {
  double c1 = 0.0;
  double c2 = 0.0;
  double r1 = 1.0;
  double r2 = 1.0;
  double w1 = 0.5;
};

struct LakeOutcome {
  double max_p = 0.0;        ///< maximum over years of the mean state; low is good
  double utility = 0.0;      ///< mean discounted benefit
  double inertia = 0.0;      ///< share of years in which a rose by less than 0.02 (of all years)
  double reliability = 0.0;  ///< share of sample-years below the critical level

  bool operator==(const LakeOutcome&) const = default;
};

/// The state from which the lake does not recover by itself: the root of X^q/(1 + X^q) = bX between
/// 0.01 and 1.5. Throws InvalidInput when there is none.
double critical_level(double decay, double recycling);

/// Evaluates policies under one set of inflows, drawn once: policies are paired. About 15 µs for
/// 100 samples of 100 years. Same result on any machine for q = 2.
///
///     Lake lake({.seed = 7});
///     lake.evaluate({.c1 = 0.36, .c2 = 0.30, .r1 = 1.17, .r2 = 0.30, .w1 = 0.63}).reliability
class Lake {
 public:
  explicit Lake(const LakeSettings& settings);

  LakeOutcome evaluate(const LakePolicy& policy) const;
  const LakeSettings& settings() const { return settings_; }
  double critical() const { return critical_; }
  /// The inflow of one year in all samples, padded to whole packs.
  const double* inflow(std::size_t year) const { return &inflow_[year * width_]; }

 private:
  LakeSettings settings_;
  double critical_;
  std::size_t width_;
  std::vector<double> weight_;    ///< 1, or 0 in lanes beyond the last sample
  std::vector<double> inflow_;    ///< by year, then sample
  std::vector<double> discount_;  ///< benefit · discount^year
};

}  // namespace panj::explore
