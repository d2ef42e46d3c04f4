// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/regret.h"

#include <gtest/gtest.h>

#include <cmath>

#include "explore/tables.h"

namespace panj::explore {
namespace {

TEST(Regret, IsHowFarAPackageFallsBehindTheBest) {
  const Matrix deaths = matrix_of({{3, 5}, {8, 2}, {4, 4}});
  EXPECT_EQ(regrets(deaths, Direction::lower_is_better), matrix_of({{0, 2}, {6, 0}, {0, 0}}));
  EXPECT_EQ(regrets(deaths, Direction::higher_is_better), matrix_of({{2, 0}, {0, 6}, {0, 0}}));
}

TEST(Regret, ComparesPackagesOverFutures) {
  const Matrix deaths = matrix_of({{3, 5}, {8, 2}, {4, 4}, {5, 5}});
  const Matrix errors = matrix_of({{.1, .1}, {.3, .4}, {.1, .1}, {.1, .1}});
  const auto rows = compare_regret(deaths, errors, {}, Direction::lower_is_better, {.tail = 0.25});
  EXPECT_DOUBLE_EQ(rows[0].mean.value, 5.0);
  EXPECT_DOUBLE_EQ(rows[1].mean.value, 4.0);
  EXPECT_DOUBLE_EQ(rows[0].cvar.value, 8.0);
  EXPECT_DOUBLE_EQ(rows[0].mean_regret.value, 1.5);
  EXPECT_DOUBLE_EQ(rows[0].max_regret.value, 6.0);
  EXPECT_EQ(rows[0].worst_future, 1U);
  EXPECT_DOUBLE_EQ(rows[0].max_regret.error, 0.5);  // 0.3 and 0.4 together
}

TEST(Regret, BootstrapErrorOfAMeanIsThatOfTheTextbook) {
  Matrix values;
  for (int i = 0; i < 400; ++i) values.push_row(std::vector<double>{static_cast<double>(i % 2)});
  const auto rows = compare_regret(values, {}, {}, Direction::lower_is_better, {.resamples = 2000});
  EXPECT_NEAR(rows[0].mean.error, 0.5 / std::sqrt(400.0), 0.002);
}

TEST(Regret, WeightsOfZeroTakeAFutureOut) {
  const Matrix deaths = matrix_of({{3, 5}, {80, 2}});
  const std::vector<double> weights{1, 0};
  const auto rows = compare_regret(deaths, {}, weights, Direction::lower_is_better);
  EXPECT_DOUBLE_EQ(rows[0].mean.value, 3.0);
  EXPECT_DOUBLE_EQ(rows[0].max_regret.value, 0.0);
}

TEST(Regret, AFutureThatCannotBeChangesNothing) {
  const Matrix deaths = matrix_of({{NAN, NAN}, {3, 5}, {NAN, NAN}, {8, 2}, {4, 4}});
  const std::vector<double> weights{0, 1, 0, 1, 1};
  const auto rows =
      compare_regret(deaths, {}, weights, Direction::lower_is_better, {.tail = 1.0 / 3});
  EXPECT_DOUBLE_EQ(rows[0].mean.value, 5.0);
  EXPECT_DOUBLE_EQ(rows[0].cvar.value, 8.0);
  EXPECT_DOUBLE_EQ(rows[0].mean_regret.value, 2.0);
  EXPECT_DOUBLE_EQ(rows[0].max_regret.value, 6.0);
  EXPECT_EQ(rows[0].worst_future, 3U);
  EXPECT_EQ(rows[1].worst_future, 1U);
  for (const RegretRow& row : rows) {
    EXPECT_TRUE(std::isfinite(row.mean.error) && std::isfinite(row.cvar.error));
  }
  const auto even = matrix_of({{NAN, NAN}, {3, 3}});
  const std::vector<double> second{0, 1};
  EXPECT_EQ(compare_regret(even, {}, second, Direction::lower_is_better)[0].worst_future, 1U);
}

TEST(ConditionalValueAtRisk, CountsTheEdgeInPart) {
  const std::vector<double> values{1, 2, 3, 4};
  const std::vector<double> weights{1, 1, 1, 1};
  // The worst 1.5 of four: 4 wholly, 3 by half.
  EXPECT_DOUBLE_EQ(conditional_value_at_risk(values, weights, Direction::lower_is_better, 0.375),
                   (4 + 1.5) / 1.5);
  EXPECT_DOUBLE_EQ(conditional_value_at_risk(values, weights, Direction::higher_is_better, 0.25),
                   1.0);
  EXPECT_DOUBLE_EQ(conditional_value_at_risk(values, weights, Direction::lower_is_better, 1.0),
                   2.5);
}

TEST(Share, HasTheErrorOfABinomialShare) {
  const Estimate share = share_of({true, false, true, true}, {});
  EXPECT_DOUBLE_EQ(share.value, 0.75);
  EXPECT_DOUBLE_EQ(share.error, std::sqrt(0.75 * 0.25 / 4));
  const std::vector<double> weights{2, 1, 1, 0};
  EXPECT_DOUBLE_EQ(share_of({true, false, true, false}, weights).value, 0.75);
}

}  // namespace
}  // namespace panj::explore
