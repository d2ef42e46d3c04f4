// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/roster.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "panj/core/random.h"
#include "panj/plan/patrol.h"

namespace panj::plan {
namespace {

using testing::ElementsAre;

std::vector<Fraction> fractions(const std::vector<std::string>& texts) {
  std::vector<Fraction> all;
  for (const std::string& text : texts) all.push_back(parse_fraction(text).value());
  return all;
}

Fraction total(std::span<const Roster> rosters) {
  Fraction sum(0);
  for (const Roster& roster : rosters) sum += roster.probability;
  return sum;
}

TEST(Fraction, ReadsWhatPeopleWrite) {
  EXPECT_EQ(parse_fraction("3/4"), Fraction(3, 4));
  EXPECT_EQ(parse_fraction("0.75"), Fraction(3, 4));
  EXPECT_EQ(parse_fraction("1e-3"), Fraction(1, 1000));
  EXPECT_EQ(parse_fraction("010/016"), Fraction(5, 8));
  EXPECT_EQ(parse_fraction("2"), Fraction(2));
  for (const char* bad : {"", "1/0", "a", "1/2/3", "0x10", "1e999", ".", "/2", "1/-2", "nan"}) {
    EXPECT_FALSE(parse_fraction(bad)) << bad;
  }
  EXPECT_EQ(to_string(Fraction(6, 8)), "3/4");
}

TEST(Comb, IsReadOffAUnitTooth) {
  const auto rosters = comb(fractions({"3/4", "1/2", "1/4", "1/2"}));
  ASSERT_EQ(rosters.size(), 4U);
  EXPECT_THAT(rosters[0].stretches, ElementsAre(0, 1));
  EXPECT_THAT(rosters[1].stretches, ElementsAre(0, 2));
  EXPECT_THAT(rosters[2].stretches, ElementsAre(0, 3));
  EXPECT_THAT(rosters[3].stretches, ElementsAre(1, 3));
  for (const Roster& roster : rosters) EXPECT_EQ(roster.probability, Fraction(1, 4));
}

TEST(Comb, CoverageOfNoneAndAllIsKept) {
  const auto rosters = comb(fractions({"1", "0", "1/3", "1"}));
  EXPECT_EQ(total(rosters), 1);
  for (const Roster& roster : rosters) {
    EXPECT_EQ(roster.stretches.front(), 0U);
    EXPECT_EQ(roster.stretches.back(), 3U);
    EXPECT_EQ(std::ranges::count(roster.stretches, 1U), 0);
  }
}

TEST(Comb, MarginalsAreExactInAnyOrder) {
  for (std::uint32_t world = 0; world < 60; ++world) {
    RandomStream random(17, {.replicate = world});
    std::vector<Fraction> coverage;
    for (std::uint32_t i = 0; i < 1 + world % 13; ++i) {
      coverage.emplace_back(static_cast<int>(840 * random.uniform()), 840);
    }
    std::vector<std::size_t> order(coverage.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto middle = order.begin() + static_cast<std::ptrdiff_t>(order.size() / 2);
    std::rotate(order.begin(), middle, order.end());
    Fraction sum(0);
    for (const Fraction& x : coverage) sum += x;
    for (const auto& rosters : {comb(coverage), comb(coverage, order)}) {
      EXPECT_EQ(total(rosters), 1);
      EXPECT_EQ(marginals(rosters, coverage.size()), coverage);
      EXPECT_LE(rosters.size(), coverage.size() + 1);
      for (const Roster& roster : rosters) {
        EXPECT_LT(abs(Fraction(roster.stretches.size()) - sum), 1);
      }
    }
  }
}

TEST(Comb, CoverageOfASolverIsKeptToItsLastBit) {
  const ZeroSumGame game{2, {9, 7, 6.1, 5.3, 3}, {1, 0.3, 0.7, 0.2, 0}};
  const auto coverage = solve_zero_sum(game).coverage;
  const auto exact = exact_coverage(coverage, game.resources);
  const auto rosters = comb(exact);
  EXPECT_EQ(marginals(rosters, exact.size()), exact);
  for (std::size_t i = 0; i < exact.size(); ++i) {
    EXPECT_NEAR(exact[i].convert_to<double>(), coverage[i], 1e-15);
  }
  for (const Roster& roster : rosters) EXPECT_LE(roster.stretches.size(), 2U);
}

}  // namespace
}  // namespace panj::plan
