// SPDX-License-Identifier: Apache-2.0
#include "panj/forecast/predictive_sample.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "panj/core/contract.h"

namespace panj::forecast {
namespace {

using testing::ElementsAre;

PredictiveSample two_units_of_ten() {
  PredictiveSample sample({"A", "B"}, Month(2023, 10), {3, 4}, 5);
  sample.set(1, 4, std::vector<double>{40, 0, 10, 30, 20});
  return sample;
}

TEST(PredictiveSample, KeepsDrawsInAscendingOrderWhereTheyWereSet) {
  const PredictiveSample sample = two_units_of_ten();
  EXPECT_THAT(sample.at(1, 4), ElementsAre(0, 10, 20, 30, 40));
  EXPECT_THAT(sample.at(1, 3), ElementsAre(0, 0, 0, 0, 0));
  EXPECT_THAT(sample.at(0, 4), ElementsAre(0, 0, 0, 0, 0));
}

TEST(PredictiveSample, InterpolatesQuantiles) {
  const PredictiveSample sample = two_units_of_ten();
  EXPECT_EQ(sample.quantile(1, 4, 0), 0);
  EXPECT_EQ(sample.quantile(1, 4, 0.5), 20);
  EXPECT_DOUBLE_EQ(sample.quantile(1, 4, 0.9), 36);
  EXPECT_EQ(sample.quantile(1, 4, 1), 40);
}

TEST(PredictiveSample, CountsDrawsAtTheThresholdAsReached) {
  EXPECT_EQ(two_units_of_ten().probability_at_least(1, 4, 30), 0.4);
  EXPECT_EQ(two_units_of_ten().probability_at_least(1, 4, 30.5), 0.2);
}

TEST(PredictiveSample, HoldsNothingElse) {
  PredictiveSample sample = two_units_of_ten();
  EXPECT_THROW((void)sample.at(2, 3), ContractError);
  EXPECT_THROW((void)sample.at(0, 2), ContractError);
  EXPECT_THROW((void)sample.at(0, 5), ContractError);
  EXPECT_THROW(sample.set(0, 3, std::vector<double>{1}), ContractError);
}

}  // namespace
}  // namespace panj::forecast
