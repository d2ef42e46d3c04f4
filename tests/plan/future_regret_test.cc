// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/future_regret.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numeric>
#include <vector>

namespace panj::plan {
namespace {

/// One stretch and year in which only attacks get through, of harm 3 each.
AttemptTable attacks(double breaches) {
  AttemptTable table{.stretches = 1, .attempts = {}, .breaches = {}};
  for (const spillover::Type type : kPlannedTypes) {
    table.breaches.push_back(type == spillover::kAttack ? breaches : 0.0);
  }
  table.attempts = table.breaches;
  return table;
}

FutureTables futures(const std::vector<std::vector<double>>& by_candidate) {
  FutureTables tables;
  for (const auto& of_one : by_candidate) {
    auto& all = tables.tables.emplace_back();
    for (const double breaches : of_one) all.push_back(attacks(breaches));
  }
  return tables;
}

constexpr std::array<std::size_t, 2> kBoth{0, 1};

TEST(HarmOf, WeighsWhatGetsThroughByType) {
  EXPECT_EQ(harm_of(attacks(2)), 6.0);
  EXPECT_EQ(harm_of(attacks(2), {}), 0.0);
}

TEST(FutureRegret, IsWhatAPlanLeavesAboveTheBestOfItAndItsRivals) {
  // The plan is best in the first future; 10 % above the first rival in the second, 50 % above the
  // second rival in the third; and as good as the best in the fourth.
  const FutureRegret regret =
      regret_over(futures({{5, 10, 4, 3}, {6, 20, 2, 9}, {4, 11, 3, 3}}), kBoth, 2);
  EXPECT_EQ(regret.futures, 4U);
  EXPECT_EQ(regret.better, 1U);
  EXPECT_NEAR(regret.largest, 0.5, 1e-12);
  EXPECT_NEAR(regret.mean, 0.15, 1e-12);
  // 1.96 times the standard deviation of (0, 0.1, 0.5, 0) over the root of four.
  EXPECT_NEAR(regret.error, 1.959964 * std::sqrt(0.17 / 3) / 2, 1e-9);
  EXPECT_EQ(in_words(regret, "both"),
            "In 1 of 4 fresh futures it leaves less harm; its largest regret against both is 50.0 "
            "% more harm (mean 15.0 ± 23.3 %).");
}

TEST(FutureRegret, IsNoneForAPlanThatIsAlwaysBest) {
  const FutureRegret regret = regret_over(futures({{5, 10}, {6, 20}, {4, 0}}), kBoth, 2);
  EXPECT_EQ(regret.better, 2U);
  EXPECT_EQ(in_words(regret, "both"),
            "In all 2 fresh futures it leaves less harm; it has no regret against both.");
}

TEST(FutureRegret, OfASingleFutureHasNoMean) {
  const FutureRegret regret = regret_over(futures({{4}, {6}, {5}}), kBoth, 2);
  EXPECT_EQ(in_words(regret, "both"),
            "In 0 of 1 fresh futures it leaves less harm; its largest regret against both is 25.0 "
            "% more harm.");
}

TEST(FutureRegret, HasNoLimitWhereARivalLeavesNothing) {
  EXPECT_TRUE(std::isinf(regret_over(futures({{0}, {6}, {5}}), kBoth, 2).largest));
  EXPECT_EQ(regret_over(futures({{0}, {6}, {0}}), kBoth, 2).largest, 0.0);
}

TEST(FutureRegret, IsNotKnownWithoutFutures) {
  const FutureRegret regret = regret_over(futures({{}, {}, {}}), kBoth, 2);
  EXPECT_EQ(regret.futures, 0U);
  EXPECT_NE(in_words(regret, "both").find("is not known"), std::string::npos);
}

}  // namespace
}  // namespace panj::plan
