// SPDX-License-Identifier: Apache-2.0
#include "panj/brief/outlook.h"

#include <gtest/gtest.h>

#include <cmath>

#include "panj/core/problem.h"
#include "panj/forecast/history.h"

namespace panj::brief {
namespace {

/// Three years of one country that counts up from 0, and one that begins a year later.
event::Panel panel() {
  event::Panel p({"Up", "Late"}, Month(2020, 1), 36);
  for (int i = 0; i < 36; ++i) {
    p.at(*p.find("Up"), Month(2020, 1) + i) = i;
    if (i >= 12) p.at(*p.find("Late"), Month(2020, 1) + i) = 0;
  }
  return p;
}

forecast::PredictiveSample sample(const event::Panel& p) {
  return forecast::find_model("conflictology-12")
      .predict(forecast::History(p, p.last()), {1, 12}, 1);
}

TEST(Records, BeginWithTheFirstKnownMonth) {
  const auto records = records_of(panel());
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[0].first, "2020-01");
  EXPECT_EQ(records[1].first, "2021-01");
  EXPECT_EQ(records[1].deaths.size(), 24U);
}

TEST(Fan, HoldsThePastTheSameModelForecast) {
  const auto p = panel();
  const auto fan = fan_of(p, forecast::find_model("conflictology-12"), sample(p), "Up", 1);
  EXPECT_EQ(fan.observed.size(), 26U);
  EXPECT_EQ(fan.observed.back().deaths, 35.0);
  EXPECT_EQ(fan.fan.front().month, "2023-01");
  EXPECT_DOUBLE_EQ(fan.fan.back().q50, 29.5);  // the median of 24…35
  EXPECT_EQ(fan.past.back().month, "2022-12");
  EXPECT_DOUBLE_EQ(fan.past.back().q05, 23.55);  // of 23…34
}

TEST(Fan, NamesTheUnitThatHasNoForecast) {
  const auto p = panel();
  EXPECT_THROW(fan_of(p, forecast::find_model("zero"), sample(p), "Nowhere", 1), InvalidInput);
}

TEST(IncidentStatements, FollowGammaPoisson) {
  const auto statements = incident_statements({7, 2022, 2025, "January to December 2026"});
  ASSERT_EQ(statements.size(), 2U);
  EXPECT_NEAR(statements[0].probability, 1 - std::pow(0.8, 7.5), 1e-12);
  EXPECT_LT(statements[0].low, statements[0].probability);
  EXPECT_GT(statements[0].high, statements[0].probability);
  // Two or more exceed the mean of 1.75: 1 − p₀ − p₁ of the negative binomial, p₁ = 7.5/5 p₀.
  EXPECT_NEAR(statements[1].probability, 1 - 2.5 * std::pow(0.8, 7.5), 1e-12);
}

TEST(DeathsStatement, GivesTheShareOfTheSampleAndItsInterval) {
  const auto statement = deaths_statement(sample(panel()), "Up", 12, 30);
  EXPECT_DOUBLE_EQ(statement.probability, 0.5);  // 30…35 of 24…35
  EXPECT_NEAR(statement.low + statement.high, 1.0, 1e-9);
  const auto none = deaths_statement(sample(panel()), "Late", 12, 1);
  EXPECT_EQ(none.low, 0.0);
  EXPECT_NEAR(none.high, 0.145, 0.001);  // 95 % quantile of Beta(½, 12½), by simulation
  EXPECT_NE(none.text.find("1 or more state-based deaths in December 2023"), std::string::npos);
}

TEST(DeathsStatement, IsAsMuchInDoubtAsPastChancesNearItWere) {
  auto statement = deaths_statement(sample(panel()), "Up", 12, 30);
  const double low = statement.low;
  widen_by_record(statement, {.threshold = 30, .bins = {{0.1, 0.0, 9}, {0.45, 0.9, 10}}});
  EXPECT_EQ(statement.low, low);
  EXPECT_NEAR(statement.high, 0.982, 0.001);  // 95 % quantile of Beta(9½, 1½)
  EXPECT_NE(statement.confidence.find("about 45% came true in 90% of 10 country-months"),
            std::string::npos);
  widen_by_record(statement, {.threshold = 30, .bins = {{0.5, 0.0, 0}}});
  EXPECT_NEAR(statement.high, 0.982, 0.001) << "nothing was given so";
}

}  // namespace
}  // namespace panj::brief
