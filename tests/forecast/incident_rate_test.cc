// SPDX-License-Identifier: Apache-2.0
#include "panj/forecast/incident_rate.h"

#include <gtest/gtest.h>

#include <cmath>

#include "panj/core/contract.h"

namespace panj::forecast {
namespace {

TEST(IncidentRate, OfSevenInFourYearsGivesTheClosedForm) {
  const IncidentRate rate(7, 4);
  EXPECT_NEAR(rate.probability_of_at_least(1, 1), 1 - std::pow(0.8, 7.5), 1e-14);
  EXPECT_NEAR(rate.mean(), 1.875, 1e-15);
}

TEST(IncidentRate, PredictsByTheNegativeBinomial) {
  // Sum of the mass function Γ(k + s) / (Γ(s) k!) · (T/(T+h))^s (h/(T+h))^k with s = n + ½.
  const double s = 3.5;
  const double years = 2.5;
  const double ahead = 4;
  double below = 0;
  for (int count = 0; count < 40; ++count) {
    EXPECT_NEAR(IncidentRate(3, years).probability_of_at_least(count, ahead), 1 - below, 1e-12);
    below +=
        std::exp(std::lgamma(count + s) - std::lgamma(s) - std::lgamma(count + 1.0) +
                 s * std::log(years / (years + ahead)) + count * std::log(ahead / (years + ahead)));
  }
}

TEST(IncidentRate, IntervalHoldsTheStatedShareOfThePosterior) {
  // For n = 0 the posterior is Gamma(½, T): 2Tλ is chi-square with one degree of freedom, so
  // P(λ ≤ x) = erf(√(Tx)).
  const Range interval = IncidentRate(0, 10).rate_interval(0.9);
  EXPECT_NEAR(std::erf(std::sqrt(10 * interval.low)), 0.05, 1e-12);
  EXPECT_NEAR(std::erf(std::sqrt(10 * interval.high)), 0.95, 1e-12);
}

TEST(IncidentRate, ProbabilityIntervalFollowsTheRate) {
  const IncidentRate rate(7, 4);
  const Range interval = rate.rate_interval();
  const Range probability = rate.probability_interval(1, 1);
  EXPECT_NEAR(probability.low, 1 - std::exp(-interval.low), 1e-12);
  EXPECT_NEAR(probability.high, 1 - std::exp(-interval.high), 1e-12);
  EXPECT_TRUE(probability.contains(rate.probability_of_at_least(1, 1)));
}

TEST(IncidentRate, KnowsTheCertainAndTheImpossible) {
  EXPECT_EQ(IncidentRate(7, 4).probability_of_at_least(0, 1), 1);
  EXPECT_EQ(IncidentRate(7, 4).probability_of_at_least(1, 0), 0);
  EXPECT_THROW(IncidentRate(1, 0), ContractError);
  EXPECT_THROW(IncidentRate(-1, 1), ContractError);
}

}  // namespace
}  // namespace panj::forecast
