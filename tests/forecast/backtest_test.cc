// SPDX-License-Identifier: Apache-2.0
#include "panj/forecast/backtest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <numbers>

#include "forecast/worlds.h"
#include "panj/core/problem.h"
#include "panj/core/progress.h"
#include "panj/forecast/skill.h"
#include "paths.h"

namespace panj::forecast {
namespace {

using testing::HasSubstr;

std::vector<Model> models(const std::vector<std::string>& names) {
  std::vector<Model> found;
  found.reserve(names.size());
  for (const std::string& name : names) found.push_back(find_model(name));
  return found;
}

/// Two units from January 2019 to December 2021: A has as many deaths as the month's number, B
/// none, and is unknown from July 2021.
event::Panel three_years() {
  std::vector<double> a;
  std::vector<double> b;
  for (int i = 0; i < 36; ++i) {
    a.push_back(i % 12 + 1);
    b.push_back(i < 30 ? 0 : kUnknown);
  }
  return world(Month(2019, 1), {{"A", a}, {"B", b}});
}

TEST(Backtest, ScoresJanuaryToDecemberOfEveryWindow) {
  const Backtest result = run_backtest(three_years(), models({"zero"}), {{2020}, {2021}}, 1, 1);
  EXPECT_EQ(result.windows[0].cells, 24U);
  EXPECT_DOUBLE_EQ(result.windows[0].scores[0].crps, 78.0 / 24);  // 1 + … + 12 = 78
  EXPECT_EQ(result.windows[1].cells, 18U);                        // B is unknown from July
  EXPECT_DOUBLE_EQ(result.windows[1].scores[0].crps, 78.0 / 18);
  EXPECT_DOUBLE_EQ(result.means()[0].crps, (78.0 / 24 + 78.0 / 18) / 2);
}

TEST(Backtest, ForecastsFromOctoberOfTheYearBefore) {
  // The last known value of A is October's 10: |10 − y| sums to 45 + 3 over January to December.
  const Backtest result = run_backtest(three_years(), models({"conflictology-1"}), {{2020}}, 1, 1);
  EXPECT_DOUBLE_EQ(result.windows[0].scores[0].crps, 48.0 / 24);
}

TEST(Backtest, GivesTheSameForAnyNumberOfThreads) {
  const auto all = models({"last-poisson", "bootstrap-12"});
  const Backtest one = run_backtest(three_years(), all, {{2020}, {2021}}, 5, 1);
  for (const unsigned threads : {2U, 3U, 8U}) {
    const Backtest many = run_backtest(three_years(), all, {{2020}, {2021}}, 5, threads);
    for (std::size_t w = 0; w < 2; ++w) {
      for (std::size_t m = 0; m < 2; ++m) {
        for (const NamedScore& named : kScores) {
          EXPECT_EQ(many.windows[w].scores[m].*named.value, one.windows[w].scores[m].*named.value);
        }
      }
    }
  }
}

TEST(Backtest, NamesUnitsThatCameWithoutAForecast) {
  const auto panel = three_years();
  EXPECT_TRUE(run_backtest(panel, models({"zero"}), {{2020}, {2021}}, 1, 1).notes.empty());
  event::Panel later({"A", "new", "never"}, panel.first(), 36);
  for (int i = 0; i < 36; ++i) {
    for (const std::uint32_t unit : {0U, 1U, 2U}) {
      later.at(event::UnitId(unit), panel.first() + i) =
          unit == 0 || (unit == 1 && i >= 15) ? 1 : kUnknown;
    }
  }
  EXPECT_THAT(run_backtest(later, models({"zero"}), {{2020}, {2021}}, 1, 1).notes,
              testing::ElementsAre("not scored in 1 of 2 windows, no value in the twelve months to "
                                   "the origin: new"));
}

TEST(Backtest, SkillIsTheGainOverTheReference) {
  Backtest result{{"reference", "model"}, {}};
  result.windows.push_back({{2018}, 1, {Scores{.crps = 10}, Scores{.crps = 8}}});
  result.windows.push_back({{2019}, 1, {Scores{.crps = 2}, Scores{.crps = 3}}});
  const Skill gain = skill(result, 1, 0, &Scores::crps);
  EXPECT_NEAR(gain.pooled, 1 - 11.0 / 12, 1e-12);
  EXPECT_NEAR(gain.mean_window, (0.2 - 0.5) / 2, 1e-12);
}

TEST(Backtest, NamesEveryWindowOutsideTheData) {
  try {
    (void)run_backtest(three_years(), models({"zero"}), {{2019}, {2020}, {2022}}, 1, 1);
    FAIL() << "expected InvalidInput";
  } catch (const InvalidInput& error) {
    ASSERT_EQ(error.problems().size(), 2U);
    EXPECT_THAT(error.what(), HasSubstr("window 2019"));
    EXPECT_THAT(error.what(), HasSubstr("window 2022"));
    EXPECT_THAT(error.what(), HasSubstr("the panel holds 2019-01 to 2021-12"));
  }
}

/// The VIEWS challenge's panel and its published benchmark scores.
class Challenge : public testing::Test {
 protected:
  static inline const std::string kPanel =
      test::source_path("../shared/data/panel/country_month_sb_1990_2021.csv");

  void SetUp() override {
    if (!std::filesystem::exists(kPanel)) GTEST_SKIP() << "the shared panel data are absent";
    Progress::silence();
  }

  static Backtest run(const std::string& model) {
    return run_backtest(event::read_panel(kPanel), models({model}),
                        {{2018}, {2019}, {2020}, {2021}}, 1, 0);
  }

  /// `published` values of 2018–2021, each within `tolerance`; negative ones are of another vintage
  /// of the data and are left out.
  static void expect_scores(const Backtest& result, double Scores::*score,
                            const std::vector<double>& published,
                            const std::vector<double>& tolerance) {
    for (std::size_t w = 0; w < published.size(); ++w) {
      if (published[w] < 0) continue;
      EXPECT_NEAR(result.windows[w].scores[0].*score, published[w], tolerance[w])
          << result.windows[w].window.year;
    }
  }
};

const std::vector<double> kExact(4, 0.5e-4);

/// What two Monte-Carlo estimates may differ by: four standard deviations of a difference.
/// `deviation` was measured over 12 seeds.
std::vector<double> monte_carlo(std::vector<double> deviation) {
  for (double& d : deviation) d *= 4 * std::numbers::sqrt2;
  return deviation;
}

TEST_F(Challenge, ConflictologyIsReproducedExactly) {
  // CRPS: issue 2; the interval scores of the unrevised years from benchmark_scores_2018_2021.csv,
  // which settle the quantile convention.
  const Backtest result = run("conflictology-12");
  EXPECT_EQ(result.windows[0].cells, 2292U);
  expect_scores(result, &Scores::crps, {14.5101, 9.1461, 21.3393, 76.8495}, kExact);
  expect_scores(result, &Scores::mis90, {-1, -1, 344.9643, 1435.5546}, kExact);
}

/// The last twelve months stretched to 1,000 values by Fourier resampling in their order in time
/// (as scipy.signal.resample does) and cut at 0: how the published evaluator makes draws.
Model fourier_stretched_conflictology() {
  constexpr std::size_t kMonths = 12;
  return unfitted(
      "stretched", [](const History& history, PredictiveSample::Leads leads, std::uint64_t) {
        PredictiveSample sample(history.unit_names(), history.origin(), leads, kDraws);
        std::vector<double> draws(kDraws);
        for (std::size_t unit = 0; unit < history.units().size(); ++unit) {
          const auto last = history.last_known(history.units()[unit], kMonths);
          for (std::size_t i = 0; i < kDraws; ++i) {
            double value = 0;
            for (std::size_t k = 0; k < kMonths; ++k) {
              const double angle = 2 * std::numbers::pi *
                                   (static_cast<double>(i) / static_cast<double>(kDraws) -
                                    static_cast<double>(k) / kMonths);
              double kernel = 1 + std::cos(6 * angle);
              for (int wave = 1; wave < 6; ++wave) kernel += 2 * std::cos(wave * angle);
              value += last[k] * kernel / kMonths;
            }
            draws[i] = std::max(0.0, value);
          }
          for (int lead = leads.first; lead <= leads.last; ++lead) sample.set(unit, lead, draws);
        }
        return sample;
      });
}

TEST_F(Challenge, IgnoranceDepartsFromThePublishedOneByItsInterpolationAlone) {
  // ADR 30. Ours, of the twelve values as they are: our own figures, which no change may move.
  const std::vector<double> tolerance(4, 1e-5);
  expect_scores(run("conflictology-12"), &Scores::ign, {0.73496, 0.68415, 0.63360, 0.74122},
                tolerance);
  // Published: benchmark_scores_2018_2021.csv.
  const Backtest stretched =
      run_backtest(event::read_panel(kPanel), {fourier_stretched_conflictology()},
                   {{2018}, {2019}, {2020}, {2021}}, 1, 0);
  expect_scores(stretched, &Scores::ign, {0.6403, 0.6101, 0.5665, 0.6856}, kExact);
}

TEST_F(Challenge, ZeroIsReproducedExactly) {
  const Backtest result = run("zero");
  expect_scores(result, &Scores::crps, {24.1305, 23.0188, 32.0406, 87.3390}, kExact);
  expect_scores(result, &Scores::mis90, {482.6091, 460.3752, 640.8115, 1746.7801}, kExact);
  expect_scores(result, &Scores::ign, {1.5581, 1.5581, 1.5494, 1.6147}, kExact);
}

TEST_F(Challenge, LastPoissonAgreesWithinMonteCarloError) {
  const Backtest result = run("last-poisson");
  expect_scores(result, &Scores::crps, {-1, 9.4800, 23.6981, 85.6055},
                monte_carlo({0.0035, 0.0028, 0.0023, 0.0038}));
  expect_scores(result, &Scores::ign, {-1, 1.0456, 1.1103, 1.2278},
                monte_carlo({0.0010, 0.0013, 0.0023, 0.0023}));
  expect_scores(result, &Scores::mis90, {-1, 172.6862, 455.8065, 1690.7109},
                monte_carlo({0.118, 0.132, 0.092, 0.123}));
}

TEST_F(Challenge, BootstrapAgreesWithinMonteCarloError) {
  const Backtest result = run("bootstrap-240");
  expect_scores(result, &Scores::crps, {23.5773, 22.4576, 31.4174, 86.6263},
                monte_carlo({0.018, 0.010, 0.016, 0.015}));
  expect_scores(result, &Scores::ign, {1.1232, 1.1110, 1.1154, 1.1520},
                monte_carlo({0.0025, 0.0024, 0.0025, 0.0033}));
  expect_scores(result, &Scores::mis90, {454.0896, 426.0059, 606.0028, 1708.3042},
                monte_carlo({1.30, 1.28, 0.75, 1.04}));
}

TEST_F(Challenge, DecayHasTheSkillThatWasMeasuredBefore) {
  // 2005–2021 in per cent: FORECAST.md of the project's foundation.
  const Backtest result =
      run_backtest(event::read_panel(kPanel), models({"conflictology-12", "decay-3", "decay-6"}),
                   yearly_windows(2005, 2021), 1, 0);
  const Skill three = skill(result, 1, 0, &Scores::crps);
  EXPECT_NEAR(100 * three.pooled, 3.8, 0.05);
  EXPECT_NEAR(100 * three.mean_window, 6.0, 0.05);
  const Skill six = skill(result, 2, 0, &Scores::crps);
  EXPECT_NEAR(100 * six.pooled, 2.3, 0.05);
  EXPECT_NEAR(100 * six.mean_window, 3.5, 0.05);
  EXPECT_NEAR(100 * skill(result, 1, 0, &Scores::crps_log1p).pooled, 1.6, 0.05);
  EXPECT_NEAR(100 * skill(result, 2, 0, &Scores::crps_log1p).pooled, 2.7, 0.05);
}

TEST_F(Challenge, TheRegressionAndThePoolReachTheRecipesSkillAndTheGoals) {
  Backtest result =
      run_backtest(event::read_panel(kPanel), models({"conflictology-12", "ls", "default"}),
                   yearly_windows(2005, 2021), 1, 0);
  const Skill ls = skill(result, 1, 0, &Scores::crps);
  EXPECT_NEAR(100 * ls.pooled, 6.5, 1.5);
  EXPECT_NEAR(100 * ls.mean_window, 9.2, 1.5);
  const Skill pool = skill(result, 2, 0, &Scores::crps);
  EXPECT_GT(100 * pool.pooled, 7.6 - 1.5);
  EXPECT_GT(100 * pool.mean_window, 11.0 - 1.5);
  EXPECT_GT(100 * skill(result, 2, 0, &Scores::crps_log1p).pooled, 5.0 - 1.5);
  // The goals of FORECAST.md, 2010–2021.
  std::erase_if(result.windows, [](const WindowScores& w) { return w.window.year < 2010; });
  const SkillSummary goal = summarise_skill(result, 2, 0);
  EXPECT_GE(goal.mw, 8);
  EXPECT_GT(goal.mw90.low, 0);
  EXPECT_GE(goal.pool, 5);
  EXPECT_GE(goal.log1p, 3.5);
  EXPECT_GE(goal.wins, 10U);
}

}  // namespace
}  // namespace panj::forecast
