// SPDX-License-Identifier: Apache-2.0
#include "panj/forecast/comparison.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "forecast/worlds.h"
#include "panj/core/problem.h"
#include "panj/forecast/hubverse.h"

namespace panj::forecast {
namespace {

using testing::HasSubstr;

/// Two units over 36 months from January 2020: always 4, and rising by one a month.
event::Panel two_units() {
  event::Panel panel({"flat", "rising"}, Month(2020, 1), 36);
  for (int i = 0; i < 36; ++i) {
    panel.at(event::UnitId(0), Month(2020, 1) + i) = 4;
    panel.at(event::UnitId(1), Month(2020, 1) + i) = i;
  }
  return panel;
}

ForecastTable table_of(const Model& model, const event::Panel& panel, OutputType type) {
  const auto sample = model.predict(History(panel, Month(2021, 12)), {1, 3}, 1);
  const std::array<std::size_t, 2> units{0, 1};
  return parse_forecast_table(to_hubverse_csv(sample, units, "n", type), "theirs.csv");
}

TEST(ScoreQuantiles, IsTheWeightedIntervalScore) {
  // Levels 0.05, 0.5, 0.95 at 1, 3, 11 and the outcome 15: (½ |15 − 3| + 0.05 (10 + 20 · 4)) / 1.5.
  const Scores scores =
      score_quantiles(std::array{1.0, 3.0, 11.0}, std::array{0.05, 0.5, 0.95}, 15);
  EXPECT_NEAR(scores.crps, (6 + 0.05 * 90) / 1.5, 1e-12);
  EXPECT_NEAR(scores.mis90, 90, 1e-12);
  EXPECT_EQ(scores.coverage90, 0);
  EXPECT_TRUE(std::isnan(scores.coverage50));
  EXPECT_TRUE(std::isnan(scores.ign));
}

TEST(ScoreQuantiles, OfManyLevelsIsTheCrpsOfTheDistribution) {
  // CRPS of the uniform distribution on [0, 1] at y: ⅓ − y + y².
  std::vector<double> levels(999);
  for (std::size_t i = 0; i < levels.size(); ++i) levels[i] = static_cast<double>(i + 1) / 1000;
  EXPECT_NEAR(score_quantiles(levels, levels, 0.3).crps, 1.0 / 3 - 0.3 + 0.09, 1e-3);
}

TEST(Compare, GivesAnImportedSampleTheScoreOfTheModelItCameFrom) {
  const auto panel = two_units();
  const std::array models{find_model("conflictology-12")};
  const std::array tables{table_of(models[0], panel, OutputType::sample)};
  const Comparison result = compare(tables, panel, models, 1);
  ASSERT_EQ(result.entries.size(), 2U);
  EXPECT_EQ(result.cells, 6U);
  EXPECT_FALSE(result.entries[0].from_quantiles);
  EXPECT_NEAR(result.entries[0].scores.crps, result.entries[1].scores.crps, 1e-9);
  EXPECT_GT(result.entries[0].scores.crps, 0);
  EXPECT_NEAR(result.entries[0].skill, 0, 1e-9);
}

TEST(Compare, HoldsQuantilesAgainstTheReferencesAtTheSameLevels) {
  const auto panel = two_units();
  const std::array models{find_model("conflictology-12")};
  const std::array tables{table_of(models[0], panel, OutputType::quantile)};
  const Comparison result = compare(tables, panel, models, 1);
  EXPECT_TRUE(result.entries[0].from_quantiles);
  EXPECT_NE(result.entries[0].scores.crps, result.entries[1].scores.crps);
  EXPECT_NEAR(result.entries[0].skill, 0, 1e-6);
}

TEST(Compare, ShowsModelsNothingAfterTheForecastsOrigin) {
  auto panel = two_units();
  const std::array models{find_model("conflictology-12"), find_model("decay-3")};
  const std::array tables{table_of(models[0], panel, OutputType::sample)};
  const auto before = compare(tables, panel, models, 1);
  for (int i = 4; i <= 12; ++i) panel.at(event::UnitId(0), Month(2021, 12) + i) = 1e6;
  const auto after = compare(tables, panel, models, 1);
  EXPECT_EQ(before.entries[2].scores.crps, after.entries[2].scores.crps);
}

TEST(Compare, NamesUnitsThatThePanelDoesNot) {
  const auto theirs = parse_forecast_table(
      "month_id,country_id,draw,outcome\n505,flat,0,4\n505,risin,0,4\n506,risin,0,4\n",
      "theirs.csv", {.origin = Month(2021, 12)});
  const Comparison result = compare({&theirs, 1}, two_units(), {}, 1);
  EXPECT_EQ(result.cells, 1U);
  EXPECT_THAT(result.notes,
              testing::ElementsAre("theirs: 2 of 3 unit-months left out, whose units the panel "
                                   "does not name: 'risin' (did you mean 'rising'?)"));
}

TEST(Compare, TakesOnlyCellsThatAllHave) {
  const auto panel = two_units();
  const std::array tables{
      table_of(find_model("zero"), panel, OutputType::sample),
      parse_forecast_table("month_id,country_id,draw,outcome\n505,flat,0,4\n505,nowhere,0,4\n",
                           "v.csv", {.origin = Month(2021, 12)})};
  const Comparison result = compare(tables, panel, {}, 1);
  EXPECT_EQ(result.cells, 1U);
  EXPECT_EQ(result.entries[0].scores.crps, 4);
  EXPECT_EQ(result.entries[1].scores.crps, 0);
  EXPECT_EQ(result.entries[1].given, 2U);
  EXPECT_TRUE(std::isnan(result.entries[0].skill));
}

TEST(Compare, NamesUnitsWhoseRecordIsTooShort) {
  auto panel = wars();
  for (std::size_t m = 0; m < 150; ++m) panel.series(event::UnitId(5))[m] = kUnknown;
  const std::array models{find_model("ls")};
  const auto table = parse_forecast_table("month_id,country_id,draw,outcome\n280,unit 5,0,4\n",
                                          "v.csv", {.origin = panel.last() - 4});
  EXPECT_THAT(compare({&table, 1}, panel, models, 1).notes,
              testing::ElementsAre(
                  "decay-6 stands in for ls where a record is shorter than a year: unit 5"));
}

TEST(Compare, SaysWhenNothingIsInCommon) {
  const auto table = parse_forecast_table("month_id,country_id,draw,outcome\n505,7,0,4\n", "v.csv",
                                          {.origin = Month(2021, 12)});
  EXPECT_THROW(compare({&table, 1}, two_units(), {}, 1), InvalidInput);
}

std::string fault(std::string_view text, const ForecastTableOptions& options = {}) {
  try {
    parse_forecast_table(text, "f.csv", options);
  } catch (const InvalidInput& error) {
    return error.what();
  }
  return "no problem";
}

TEST(ForecastTable, NamesEveryBadRow) {
  const std::string message = fault(
      "origin_date,location,target,horizon,output_type,output_type_id,value\n"
      "2020-02-31,A,n,1,quantile,0.5,1\n"
      "2020-01-31,A,n,0,quantile,0.5,1\n"
      "2020-01-31,A,n,1,quantile,1.5,1\n"
      "2020-01-31,A,n,1,quantile,0.5,-1\n"
      "2020-01-31,A,n,1,quantile,0.5,nan\n"
      "2020-01-31,A,n,1,cdf,0.5,1\n"
      "2020-01-31,A,m,1,quantile,0.5,1\n"
      "2020-01-31,B,n,1,quantile,0.5,7\n"
      "2020-01-31,B,n,1,quantile,0.9,6\n"
      "2020-01-31,C,n,1,sample,1,6\n"
      "2020-01-31,C,n,1,sample,1,6\n");
  for (const char* part : {"f.csv:2: origin_date", "f.csv:3: horizon", "f.csv:4: output_type_id",
                           "f.csv:5: value", "f.csv:6: value", "f.csv:7: output_type",
                           "f.csv:8: target", "has quantiles that cross", "has a draw twice"}) {
    EXPECT_THAT(message, HasSubstr(part));
  }
}

TEST(ForecastTable, SaysWhatAFileLacks) {
  EXPECT_THAT(fault("month_id,country_id,draw,outcome\n505,7,0,4\n"), HasSubstr("give --origin"));
  EXPECT_THAT(fault("location,value\n"), HasSubstr("origin_date: column is missing"));
  EXPECT_THAT(fault("month_id,country_id,draw,outcome\n500,7,0,4\n", {.origin = Month(2021, 12)}),
              HasSubstr("must be a month after the origin"));
  EXPECT_THAT(fault("origin_date,location,target,horizon,output_type,output_type_id,value\n"
                    "2020-01-31,A,n,1,mean,NA,1\n"),
              HasSubstr("a mean alone says nothing of chances"));
}

TEST(ForecastTable, PrefersTheSampleAndSortsIt) {
  const auto table = parse_forecast_table(
      "origin_date,location,target,horizon,output_type,output_type_id,value\n"
      "2020-01-31,A,n,2,sample,1,9\n2020-01-31,A,n,2,sample,2,3\n2020-01-31,A,n,2,quantile,0.5,5\n",
      "folder/name.csv");
  EXPECT_EQ(table.name, "name");
  ASSERT_EQ(table.forecasts.size(), 1U);
  EXPECT_EQ(table.forecasts[0].month, Month(2020, 3));
  EXPECT_TRUE(table.forecasts[0].is_sample());
  EXPECT_THAT(table.forecasts[0].values, testing::ElementsAre(3, 9));
}

}  // namespace
}  // namespace panj::forecast
