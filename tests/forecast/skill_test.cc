// SPDX-License-Identifier: Apache-2.0
#include "panj/forecast/skill.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "forecast/worlds.h"
#include "panj/core/progress.h"

namespace panj::forecast {
namespace {

TEST(DieboldMariano, IsThePairedTTestWhenWindowsDoNotOverlap) {
  // Gains 1, 2, 3, 6: mean 3, variance (sum of squares 14)/3, t = 3/√(14/3/4); with the
  // correction √((n − 1)/n) on the variance 14/4 the two agree.
  const auto test = diebold_mariano({0, 0, 0, 0}, {1, 2, 3, 6}, 0);
  EXPECT_NEAR(test.statistic, 3 / std::sqrt(14.0 / 3 / 4), 1e-12);
  EXPECT_NEAR(test.p_value, 0.0690, 5e-4);  // t with 3 degrees of freedom at 2.7775
}

TEST(DieboldMariano, KnowsNoDifference) {
  EXPECT_EQ(diebold_mariano({1, 2, 3, 4}, {1, 2, 3, 4}, 0).p_value, 1);
}

TEST(DieboldMariano, IsNotANumberForTooFewWindows) {
  EXPECT_TRUE(std::isnan(diebold_mariano({0, 0}, {1, 2}, 0).p_value));
  EXPECT_TRUE(std::isfinite(diebold_mariano({0, 0, 0}, {1, 2, 4}, 0).p_value));
  const std::vector<double> none(24, 0.0);
  std::vector<double> rising(24);
  std::iota(rising.begin(), rising.end(), 1.0);
  EXPECT_TRUE(std::isnan(diebold_mariano(none, rising, 11).statistic));
}

class Skills : public testing::Test {
 protected:
  static void SetUpTestSuite() { Progress::silence(); }
  static Backtest run(const std::vector<Window>& windows) {
    return run_backtest(wars(), {find_model("conflictology-12"), find_model("decay-6")}, windows,
                        {.threads = 1});
  }
};

TEST_F(Skills, AgreeWithThoseOfTheScores) {
  const Backtest result = run(yearly_windows(1996, 2002));
  const SkillSummary summary = summarise_skill(result, 1, 0);
  const Skill crps = skill(result, 1, 0, &Scores::crps);
  EXPECT_DOUBLE_EQ(summary.mw, 100 * crps.mean_window);
  EXPECT_DOUBLE_EQ(summary.pool, 100 * crps.pooled);
  EXPECT_TRUE(summary.mw90.contains(summary.mw));
  EXPECT_GT(summary.mw90_units.width(), 0);
  EXPECT_LE(summary.wins, 7U);
  const SkillSummary again = summarise_skill(result, 1, 0);
  EXPECT_EQ(again.mw90, summary.mw90);
}

TEST_F(Skills, HaveNoIntervalsOnTooFewWindows) {
  for (const auto& windows : {yearly_windows(1998, 2001), monthly_windows(1999, 2000)}) {
    const SkillSummary summary = summarise_skill(run(windows), 1, 0);
    EXPECT_TRUE(std::isfinite(summary.mw));
    for (const Range& interval :
         {summary.mw90, summary.mw90_units, summary.pool90, summary.log1p90}) {
      EXPECT_TRUE(std::isnan(interval.low) && std::isnan(interval.high));
    }
  }
  EXPECT_GT(summarise_skill(run(yearly_windows(1997, 2001)), 1, 0).mw90.width(), 0);
}

TEST_F(Skills, OfAModelOverItselfIsNothing) {
  const SkillSummary summary = summarise_skill(run(yearly_windows(1997, 2001)), 0, 0);
  EXPECT_EQ(summary.mw, 0);
  EXPECT_EQ(summary.mw90, (Range{0, 0}));
  EXPECT_EQ(summary.wins, 0U);
}

TEST_F(Skills, WithoutTheLargestNameThem) {
  const Backtest result = run(yearly_windows(1998, 2001));
  const auto largest = largest_contributors(result, 0, 3);
  ASSERT_EQ(largest.size(), 3U);
  const auto total = result.total(0).by_unit;
  for (std::size_t unit = 0; unit < total.size(); ++unit) {
    if (std::ranges::find(largest, unit) == largest.end()) {
      EXPECT_LE(total[unit].sum.crps, total[largest.back()].sum.crps);
    }
  }
}

TEST_F(Skills, WithoutTheLargestCountAllOthersAlike) {
  const Backtest result = run(yearly_windows(1998, 2001));
  const auto largest = largest_contributors(result, 0, 3);
  const auto means = [&](std::size_t model, double Scores::*loss) {
    double sum = 0;  // over windows, of the mean over the other units' cells
    for (const WindowScores& window : result.windows) {
      ScoreSum others;
      const auto& units = window.tallies[model].by_unit;
      for (std::size_t unit = 0; unit < units.size(); ++unit) {
        if (std::ranges::find(largest, unit) == largest.end()) others.add(units[unit]);
      }
      sum += others.mean().*loss;
    }
    return sum;
  };
  const SkillSummary summary = summarise_skill(result, 1, 0);
  EXPECT_NEAR(summary.pool_without, 100 * (1 - means(1, &Scores::crps) / means(0, &Scores::crps)),
              1e-9);
  EXPECT_NEAR(summary.log1p_without,
              100 * (1 - means(1, &Scores::crps_log1p) / means(0, &Scores::crps_log1p)), 1e-9);
  EXPECT_NE(summary.pool_without, summary.pool);
}

TEST_F(Skills, AtEachLeadAddUpToTheWhole) {
  const PredictiveSample::Leads leads{1, 12};
  const Backtest result = run(monthly_windows(1998, 2000, leads));
  const auto skills = skill_by_lead(result, 1, 0);
  ASSERT_EQ(skills.size(), 12U);
  const auto model = result.total(1);
  const auto reference = result.total(0);
  std::size_t cells = 0;
  for (std::size_t place = 0; place < 12; ++place) {
    EXPECT_EQ(skills[place].lead, static_cast<int>(place) + 1);
    EXPECT_NEAR(skills[place].pool,
                100 * (1 - model.by_lead[place].sum.crps / reference.by_lead[place].sum.crps),
                1e-9);
    EXPECT_LT(skills[place].pool90.low, skills[place].pool90.high);
    cells += skills[place].cells;
  }
  EXPECT_EQ(cells, model.all.cells);
  EXPECT_TRUE(std::isnan(skill_by_lead(run(yearly_windows(1998, 2001)), 1, 0).front().pool90.low));
}

TEST_F(Skills, MonthlyOriginsCountEveryMonthOfTheYears) {
  const auto windows = monthly_windows(1998, 2000);
  ASSERT_EQ(windows.size(), 25U);
  EXPECT_EQ(windows.front().first(), Month(1998, 1));
  EXPECT_EQ(windows.back().last(), Month(2000, 12));
  const Backtest result = run(windows);
  EXPECT_EQ(result.windows[0].scores[0].crps, run({{1998}}).windows[0].scores[0].crps);
}

TEST_F(Skills, AFrozenModelLearnsOnce) {
  int fits = 0;
  const Model counting{"counting", [&](const History& history, PredictiveSample::Leads leads) {
                         ++fits;
                         return find_model("decay-6").fit(history, leads);
                       }};
  (void)run_backtest(wars(), {counting}, monthly_windows(1998, 2000),
                     {.threads = 1, .refit = Refit::never});
  EXPECT_EQ(fits, 1);
  (void)run_backtest(wars(), {counting}, monthly_windows(1998, 2000),
                     {.threads = 1, .refit = Refit::yearly});
  EXPECT_EQ(fits, 1 + 3);
}

}  // namespace
}  // namespace panj::forecast
