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

TEST(LineWalk, CatchesAnAttackAsOftenAsTheGameSays) {
  constexpr int kWalks = 4000;
  for (const LineGame game : {LineGame{5, 3}, LineGame{4, 1}}) {
    const LinePatrol patrol = solve_line_game(game);
    const auto attack = static_cast<std::size_t>(game.attack_duration);
    std::vector<int> caught(static_cast<std::size_t>(game.nodes), 0);
    for (std::uint64_t seed = 0; seed < kWalks; ++seed) {
      const std::vector<std::size_t> walk = draw_walk(patrol, 10, seed);
      for (std::size_t step = 1; step < walk.size(); ++step) {
        ASSERT_LE(std::max(walk[step], walk[step - 1]) - std::min(walk[step], walk[step - 1]), 1U);
      }
      for (std::size_t post = 0; post < caught.size(); ++post) {
        const auto from = walk.end() - static_cast<std::ptrdiff_t>(attack);
        caught[post] += std::find(from, walk.end(), post) != walk.end() ? 1 : 0;
      }
    }
    // Four standard errors below.
    const double error = std::sqrt(patrol.value * (1 - patrol.value) / kWalks);
    for (const int times : caught) EXPECT_GE(times / double{kWalks}, patrol.value - 4 * error);
  }
}

}  // namespace
}  // namespace panj::plan
