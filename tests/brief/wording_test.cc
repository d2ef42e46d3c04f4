// SPDX-License-Identifier: Apache-2.0
#include "panj/brief/wording.h"

#include <gtest/gtest.h>

namespace panj::brief {
namespace {

TEST(Wording, PercentNeverClaimsCertainty) {
  EXPECT_EQ(percent(0.0), "<1%");
  EXPECT_EQ(percent(0.0049), "<1%");
  EXPECT_EQ(percent(0.005), "1%");
  EXPECT_EQ(percent(0.68), "68%");
  EXPECT_EQ(percent(0.9949), "99%");
  EXPECT_EQ(percent(0.995), ">99%");
  EXPECT_EQ(percent(1.0), ">99%");
}

TEST(Wording, PercentRanges) {
  EXPECT_EQ(percent_range(0.57, 0.78), "57–78%");
  EXPECT_EQ(percent_range(0.0, 0.22), "<1% to 22%");
  EXPECT_EQ(percent_range(0.9, 1.0), "90% to >99%");
  EXPECT_EQ(percent_range(0.5, 0.5), "50%");
}

TEST(Wording, FrequenciesAtTheirEdges) {
  EXPECT_EQ(frequency(0.0), "fewer than 1 in 20");
  EXPECT_EQ(frequency(0.049), "fewer than 1 in 20");
  EXPECT_EQ(frequency(0.05), "about 1 in 10");
  EXPECT_EQ(frequency(0.68), "about 7 in 10");
  EXPECT_EQ(frequency(0.949), "about 9 in 10");
  EXPECT_EQ(frequency(0.95), "more than 19 in 20");
}

TEST(Wording, CountsAreGroupedAndSigned) {
  EXPECT_EQ(count(0), "0");
  EXPECT_EQ(count(-0.4), "0");
  EXPECT_EQ(count(999.4), "999");
  EXPECT_EQ(count(1037), "1,037");
  EXPECT_EQ(count(1234567), "1,234,567");
  EXPECT_EQ(count(-1200), "−1,200");
  EXPECT_EQ(counted(1, "incident", "incidents"), "1 incident");
  EXPECT_EQ(counted(0, "incident", "incidents"), "0 incidents");
}

TEST(Wording, ScoresKeepTheDigitsTheyDeserve) {
  EXPECT_EQ(score(0.456), "0.46");
  EXPECT_EQ(score(14.5101), "14.5");
  EXPECT_EQ(score(1234.4), "1,234");
}

TEST(Wording, DatesAsPreciseAsGiven) {
  EXPECT_EQ(long_date("2024-11-18"), "18 November 2024");
  EXPECT_EQ(long_date("2024-11"), "November 2024");
  EXPECT_EQ(long_date("2024"), "2024");
  EXPECT_EQ(long_date("2023-02-30"), "2023-02-30");
}

}  // namespace
}  // namespace panj::brief
