// SPDX-License-Identifier: Apache-2.0
#include "panj/brief/titles.h"

#include <gtest/gtest.h>

namespace panj::brief {
namespace {

BriefContent border(const std::vector<std::uint64_t>& incidents) {
  BriefContent content;
  for (std::size_t i = 0; i < incidents.size(); ++i)
    content.stretches.push_back({.id = "S" + std::to_string(i + 1),
                                 .from = 10.0 * static_cast<double>(i),
                                 .incidents = incidents[i]});
  return content;
}

TEST(BorderTitle, NamesTheStretchesThatHoldTwoThirds) {
  EXPECT_EQ(border_title(border({0, 4, 0, 1, 0, 1})),
            "4 of 6 reported incidents fall on 1 stretch: S2");
  EXPECT_EQ(border_title(border({1, 0, 1, 3, 0, 3})),
            "6 of 8 reported incidents fall on 2 stretches: S4 and S6");
}

TEST(BorderTitle, ClaimsNothingOfFewOrScatteredIncidents) {
  const std::string plain = "Reported incidents along the border";
  EXPECT_EQ(border_title(border({3, 0})), plain);
  EXPECT_EQ(border_title(border({1, 1, 1, 1, 1, 1})), plain);
  EXPECT_EQ(border_title(border({})), plain);
}

Forecast forecast(double level, double q05, double q95) {
  Forecast f{.unit = "X"};
  f.observed.assign(12, {.month = "2024-01", .deaths = level});
  f.fan = {{.month = "2025-01", .q05 = q05, .q95 = q95}};
  return f;
}

TEST(ForecastTitle, ClaimsADirectionOnlyOutsideTheInterval) {
  EXPECT_EQ(forecast_title(forecast(10, 5, 40)), "X: deaths per month");
  EXPECT_EQ(forecast_title(forecast(10, 11, 40)),
            "X: deaths are expected to rise above their recent level");
  EXPECT_EQ(forecast_title(forecast(10, 0, 9)),
            "X: deaths are expected to fall below their recent level");
}

TEST(ForecastTitle, ClaimsNothingWithoutAYearOfData) {
  auto f = forecast(10, 11, 40);
  f.observed[3].deaths.reset();
  EXPECT_EQ(forecast_title(f), "X: deaths per month");
  f.observed.resize(1);
  EXPECT_EQ(forecast_title(f), "X: deaths per month");
}

TEST(SkillTitle, NeedsTheMeanAndMostWindows) {
  Skill skill{.issued_model = "a", .models = {"a", "b"}};
  skill.windows = {{2020, {{"a", {1, 0.9}}, {"b", {2, 0.9}}}},
                   {2021, {{"a", {1, 0.9}}, {"b", {2, 0.9}}}},
                   {2022, {{"a", {2, 0.9}}, {"b", {1, 0.9}}}}};
  EXPECT_EQ(skill_title(skill), "The issued model had the smallest error in 2 of 3 past windows");
  skill.windows[2].scores["a"].crps = 9;
  EXPECT_EQ(skill_title(skill), "Past accuracy");
}

TEST(RecordTitle, CountsQuietCountries) {
  BriefContent content;
  content.records.push_back({.name = "X", .first = "2020-01", .deaths = {}});
  content.records[0].deaths.assign(14, 0.0);
  content.records.push_back({.name = "Y", .first = "2020-01", .deaths = {}});
  content.records[1].deaths.assign(14, 1.0);
  EXPECT_EQ(record_title(content),
            "1 of 2 countries had no recorded death in the last 12 months of data");
  content.records[0].deaths.back().reset();
  EXPECT_EQ(record_title(content), "State-based deaths per month");
}

}  // namespace
}  // namespace panj::brief
