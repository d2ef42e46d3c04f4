// SPDX-License-Identifier: Apache-2.0
#include "panj/geo/stretch.h"

#include <gtest/gtest.h>

#include "panj/core/contract.h"

namespace panj::geo {
namespace {

void expect_seamless(const std::vector<Stretch>& stretches, double length_km) {
  ASSERT_FALSE(stretches.empty());
  EXPECT_EQ(stretches.front().from_km, 0.0);
  EXPECT_EQ(stretches.back().to_km, length_km);
  for (std::size_t i = 1; i < stretches.size(); ++i) {
    EXPECT_EQ(stretches[i].from_km, stretches[i - 1].to_km);
  }
}

TEST(Stretch, ByCountSplitsEqually) {
  const auto stretches = stretches_by_count(1344.0, 24);
  ASSERT_EQ(stretches.size(), 24U);
  expect_seamless(stretches, 1344.0);
  EXPECT_DOUBLE_EQ(stretches[7].length_km(), 56.0);
  EXPECT_EQ(stretches[0].id, "s01");
  EXPECT_EQ(stretches_by_count(1344.0, 300)[4].id, "s005");
}

TEST(Stretch, ByLengthTakesTheNearestWholeNumber) {
  EXPECT_EQ(stretches_by_length(100.0, 33.0).size(), 3U);
  EXPECT_EQ(stretches_by_length(100.0, 500.0).size(), 1U);
}

TEST(Stretch, CutAtGivenChainages) {
  const auto stretches = stretches_cut_at(100.0, std::vector{10.0, 70.0});
  ASSERT_EQ(stretches.size(), 3U);
  expect_seamless(stretches, 100.0);
  EXPECT_THROW(stretches_cut_at(100.0, std::vector{70.0, 10.0}), ContractError);
  EXPECT_THROW(stretches_cut_at(100.0, std::vector{100.0}), ContractError);
}

TEST(Stretch, FindsTheStretchOfAChainage) {
  const auto stretches = stretches_cut_at(100.0, std::vector{10.0, 70.0});
  EXPECT_EQ(stretch_at(stretches, 0.0), 0U);
  EXPECT_EQ(stretch_at(stretches, 10.0), 1U);
  EXPECT_EQ(stretch_at(stretches, 69.999), 1U);
  EXPECT_EQ(stretch_at(stretches, 100.0), 2U);
  EXPECT_EQ(stretch_at(stretches, -5.0), 0U);
}

}  // namespace
}  // namespace panj::geo
