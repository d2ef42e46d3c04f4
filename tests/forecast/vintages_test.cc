// SPDX-License-Identifier: Apache-2.0
#include "panj/forecast/vintages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "forecast/worlds.h"
#include "panj/core/problem.h"
#include "panj/core/progress.h"
#include "panj/forecast/backtest.h"
#include "panj/forecast/comparison.h"

namespace panj::forecast {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr Month kBegin(2018, 1);

/// One unit with the same value from January 2018 to `last`.
event::Panel constant(double value, Month last, const std::string& unit = "A") {
  return world(kBegin,
               {{unit, std::vector<double>(static_cast<std::size_t>(last - kBegin) + 1, value)}});
}

/// Figures of 10 to September 2019 and to September 2020, which all were raised to 14 in 2023.
std::vector<Vintage> raised() {
  return {{make_date(2019, 10, 20), constant(10, Month(2019, 9))},
          {make_date(2020, 10, 20), constant(10, Month(2020, 9))},
          {make_date(2023, 1, 20), constant(14, Month(2022, 12))}};
}

template <class Call>
std::string fault_of(Call call) {
  try {
    (void)call();
  } catch (const InvalidInput& error) {
    return error.what();
  }
  return {};
}

TEST(Vintages, GiveTheLastOneKnownOnTheOriginsLastDay) {
  const Vintages vintages(raised());
  const Record record = vintages.at(Month(2020, 10), {3, 14});
  EXPECT_EQ(record.history.origin(), Month(2020, 9));
  EXPECT_EQ(record.behind, 1);
  EXPECT_EQ(record.leads, (PredictiveSample::Leads{4, 15}));
  EXPECT_EQ(record.since.raised, 33U);  // January 2018 to September 2020
  EXPECT_EQ(record.since.after, 33 * 14);
  EXPECT_EQ(vintages.at(Month(2020, 9), {1, 2}).history.origin(), Month(2019, 9));
  EXPECT_EQ(vintages.latest().last(), Month(2022, 12));
}

TEST(Vintages, SayWhenNothingWasKnown) {
  const Vintages vintages(raised());
  const std::string fault = fault_of([&] { return vintages.at(Month(2019, 9), {3, 14}); });
  EXPECT_THAT(fault, HasSubstr("nothing was known on 2019-09-30"));
  EXPECT_THAT(fault, HasSubstr("the first vintage is of 2019-10-20"));
}

TEST(Vintages, ForecastNoFurtherThanModelsGo) {
  const Vintages vintages(raised());
  EXPECT_THAT(fault_of([&] {
                return vintages.at(Month(2022, 10), {3, 14});
              }),
              HasSubstr("forecasts reach 36 months from there, and these would need 39"));
}

TEST(Vintages, OfOnePanelAreItsValuesOfToday) {
  const Vintages vintages(constant(14, Month(2022, 12)));
  EXPECT_FALSE(vintages.are_as_known());
  EXPECT_EQ(vintages.at(Month(2020, 10), {3, 14}).behind, 0);
  EXPECT_THAT(fault_of([&] {
                return vintages.at(Month(2023, 1), {1, 1});
              }),
              HasSubstr("the panel holds 2018-01 to 2022-12"));
}

class BacktestOfVintages : public testing::Test {
 protected:
  static void SetUpTestSuite() { Progress::silence(); }
  static Backtest run(std::vector<Vintage> vintages, const std::vector<Window>& windows) {
    return run_backtest(Vintages(std::move(vintages)), {find_model("conflictology-12")}, windows,
                        {.threads = 1});
  }
};

TEST_F(BacktestOfVintages, ForecastsFromFirstFiguresAndScoresAgainstFinalOnes) {
  const Backtest result = run(raised(), {{2020}, {2021}});
  for (const WindowScores& window : result.windows) {
    EXPECT_DOUBLE_EQ(window.scores[0].crps, 4);  // 10 was forecast, 14 came
    EXPECT_EQ(window.known_to, window.window.origin() - 1);
  }
  EXPECT_THAT(result.notes, Contains(HasSubstr("records ended up to 1 month before")));
  const Backtest today =
      run_backtest(raised().back().panel, {find_model("conflictology-12")}, {{2020}}, 1, 1);
  EXPECT_EQ(today.windows[0].scores[0].crps, 0);
  EXPECT_FALSE(today.windows[0].known_to);
}

TEST_F(BacktestOfVintages, ShowsModelsNothingThatWasLearntAfterTheOrigin) {
  auto vintages = raised();
  const double before = run(vintages, {{2020}}).windows[0].scores[0].crps;
  // What is learnt later of the months to the origin changes nothing; the outcomes stay.
  for (auto vintage = vintages.begin() + 1; vintage != vintages.end(); ++vintage) {
    for (Month month = kBegin; month <= Month(2019, 10); ++month) {
      vintage->panel.at(event::UnitId(0), month) = 500;
    }
  }
  EXPECT_EQ(run(vintages, {{2020}}).windows[0].scores[0].crps, before);
  vintages[0].panel.at(event::UnitId(0), Month(2019, 5)) = 500;
  EXPECT_NE(run(vintages, {{2020}}).windows[0].scores[0].crps, before);
}

TEST_F(BacktestOfVintages, WidensByWhatFirstFiguresHadBecome) {
  // By October 2021 the 21 months of the first vintage had been raised from 10 to 14, and October
  // 2020 to September 2021 are first figures of 10.
  auto second = constant(14, Month(2021, 9));
  for (Month month(2019, 10); month <= Month(2021, 9); ++month) {
    second.at(event::UnitId(0), month) = 10;
  }
  const Backtest result = run({{make_date(2019, 10, 20), constant(10, Month(2019, 9))},
                               {make_date(2021, 10, 20), second},
                               {make_date(2023, 1, 20), constant(14, Month(2022, 12))}},
                              {{2022}});
  EXPECT_NEAR(result.windows[0].scores[0].crps, 0, 1e-9);  // 10 × 1.4 in every draw
  EXPECT_THAT(result.notes, Contains(HasSubstr("1 of 1 windows are widened")));
}

TEST_F(BacktestOfVintages, KnowsThatAWithdrawnUnitCameToNothing) {
  auto vintages = raised();
  vintages.back().panel = constant(14, Month(2022, 12), "B");
  const Backtest result = run(vintages, {{2020}});
  EXPECT_THAT(result.units, ElementsAre("B", "A"));
  EXPECT_DOUBLE_EQ(result.windows[0].scores[0].crps, 10);
  EXPECT_EQ(result.windows[0].cells, 12U);  // B did not exist then
}

TEST_F(BacktestOfVintages, NamesEveryWindowOfWhichNothingWasKnown) {
  const std::string fault = fault_of([&] { return run(raised(), {{2019}, {2020}}); });
  EXPECT_THAT(fault, HasSubstr("nothing was known on 2018-10-31"));
}

TEST_F(BacktestOfVintages, FitsFrozenModelsForEveryLeadTheyAreAsked) {
  PredictiveSample::Leads asked{};
  const Model counting{"counting", [&](const History& history, PredictiveSample::Leads leads) {
                         asked = leads;
                         return find_model("decay-6").fit(history, leads);
                       }};
  // From October 2019 the record ends a month before, from September 2020 twelve.
  (void)run_backtest(Vintages(raised()), {counting}, {{2020}, {2020, 11}},
                     {.threads = 1, .refit = Refit::never});
  EXPECT_EQ(asked, (PredictiveSample::Leads{4, 26}));
}

TEST(CompareVintages, GivesModelsWhatWasKnownAtTheOrigin) {
  const auto table = parse_forecast_table("month_id,country_id,draw,outcome\n492,A,0,14\n", "v.csv",
                                          {.origin = Month(2020, 10)});  // December 2020
  const std::array models{find_model("conflictology-12")};
  const Comparison result = compare({&table, 1}, Vintages(raised()), models, 1);
  EXPECT_EQ(result.entries[0].scores.crps, 0);
  EXPECT_EQ(result.entries[1].scores.crps, 4);
}

}  // namespace
}  // namespace panj::forecast
