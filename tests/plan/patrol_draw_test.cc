// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/patrol_draw.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace panj::plan {
namespace {

using testing::HasSubstr;

const std::vector<Fraction> kCoverage{Fraction(3, 4), Fraction(1, 2), Fraction(1, 4),
                                      Fraction(1, 2)};

TEST(DrawPatrols, EveryDayHasTheSameNumberAndStretchesTheirShare) {
  constexpr int kDays = 2000;
  const auto days = draw_patrols(kCoverage, make_date(2027, 1, 1), kDays, 5);
  std::vector<int> count(4, 0);
  for (const PatrolDay& day : days) {
    EXPECT_EQ(day.stretches.size(), 2U);
    for (const std::size_t i : day.stretches) ++count[i];
  }
  for (std::size_t i = 0; i < 4; ++i) {
    const double p = kCoverage[i].convert_to<double>();
    EXPECT_NEAR(count[i], kDays * p, 5 * std::sqrt(kDays * p * (1 - p)));
  }
}

TEST(DrawPatrols, EveryPairOfNeighboursIsDrawnTogetherNowAndThen) {
  // In line order, stretches 1 and 2 are never together; in a random order they are.
  const auto days = draw_patrols(kCoverage, make_date(2027, 1, 1), 400, 5);
  EXPECT_TRUE(std::ranges::any_of(days, [](const PatrolDay& day) {
    return day.stretches == std::vector<std::size_t>{1, 2};
  }));
}

TEST(DrawPatrols, DependOnTheSeedAlone) {
  const auto text = [](std::uint64_t seed) {
    const std::vector<std::string> names{"a", "b, c", "d", "e"};
    return patrol_csv(draw_patrols(kCoverage, make_date(2027, 1, 1), 60, seed), names);
  };
  EXPECT_EQ(text(7), text(7));
  EXPECT_NE(text(7), text(8));
  EXPECT_THAT(text(7), HasSubstr("\"b, c\""));
  EXPECT_NE(secret_seed(), secret_seed());
}

}  // namespace
}  // namespace panj::plan
