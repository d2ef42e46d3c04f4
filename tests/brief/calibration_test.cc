// SPDX-License-Identifier: Apache-2.0
#include "panj/brief/calibration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "panj/brief/titles.h"

namespace panj::brief {
namespace {

/// Two units over years in which one always has 30 deaths a month and the other none.
event::Panel steady_panel() {
  event::Panel panel({"Steady", "Quiet"}, Month(2015, 1), 72);
  std::ranges::fill(panel.series(*panel.find("Steady")), 30.0);
  std::ranges::fill(panel.series(*panel.find("Quiet")), 0.0);
  return panel;
}

forecast::Backtest backtest(const event::Panel& panel) {
  return forecast::run_backtest(
      panel, {forecast::find_model("last-poisson"), forecast::find_model("conflictology-12")},
      forecast::yearly_windows(2016, 2020), 1, 1);
}

TEST(Calibration, SetsChancesBesideWhatCame) {
  const auto panel = steady_panel();
  const auto result = backtest(panel);
  // The reference foresees a steady panel without error: there is no skill to speak of.
  EXPECT_FALSE(calibration_of(result, "last-poisson", 1));

  auto restless = steady_panel();
  for (Month month(2015, 1); month <= restless.last(); month = month + 2) {
    restless.at(*restless.find("Steady"), month) = 0;
  }
  const auto calibration = calibration_of(backtest(restless), "last-poisson", 1);
  ASSERT_TRUE(calibration);
  EXPECT_EQ(calibration->cells, 2U * 12 * 5);
  EXPECT_EQ(calibration->reference, "conflictology-12");
  ASSERT_EQ(calibration->reliability.size(), 2U);
  std::size_t cells = 0;
  double events = 0;
  for (const auto& bin : calibration->reliability[1].bins) {
    cells += bin.cells;
    events += bin.observed * static_cast<double>(bin.cells);
  }
  EXPECT_EQ(cells, calibration->cells);
  EXPECT_EQ(events, 6 * 5);  // every other month of one unit
  ASSERT_EQ(calibration->pit.size(), 10U);
  double mass = 0;
  for (const double bin : calibration->pit) mass += bin;
  EXPECT_NEAR(mass, 10, 1e-9);
  EXPECT_LE(calibration->skill_low, calibration->skill);
  EXPECT_GE(calibration->skill_high, calibration->skill);
}

TEST(Calibration, NeedsTheReferenceAndFiveWindows) {
  const auto panel = steady_panel();
  const auto alone = forecast::run_backtest(panel, {forecast::find_model("zero")},
                                            forecast::yearly_windows(2016, 2020), 1, 1);
  EXPECT_FALSE(calibration_of(alone, "zero", 1));
  const auto short_one = forecast::run_backtest(
      panel, {forecast::find_model("zero"), forecast::find_model("conflictology-12")},
      forecast::yearly_windows(2017, 2020), 1, 1);
  EXPECT_FALSE(calibration_of(short_one, "zero", 1));
}

TEST(Calibration, GivesPastSkillAtEachLeadThatWasScored) {
  auto panel = steady_panel();
  for (Month month(2015, 1); month <= panel.last(); month = month + 2) {
    panel.at(*panel.find("Steady"), month) = 0;
  }
  const auto monthly = forecast::run_backtest(
      panel, {forecast::find_model("last-poisson"), forecast::find_model("conflictology-12")},
      forecast::monthly_windows(2017, 2019, {1, 12}), {.seed = 1, .threads = 1});
  const auto skills = skill_by_lead_of(monthly, "last-poisson", 1);
  ASSERT_EQ(skills.size(), 12U);
  EXPECT_EQ(skills.front().lead, 1);
  EXPECT_EQ(skills.front().cells, 2U * 25);
  // Every other month has no deaths: the last month says the opposite of the next, the year half.
  EXPECT_LT(skills[0].skill, 0);
  EXPECT_GT(skills[1].skill, 0);
  ASSERT_TRUE(skills[1].low && skills[1].high);
  EXPECT_LE(*skills[1].low, *skills[1].high);
  EXPECT_TRUE(skill_by_lead_of(monthly, "zero", 1).empty());
}

TEST(Calibration, IsToldByTheRarestEvent) {
  const Calibration calibration{
      .reliability = {{.threshold = 1, .bins = {{0.9, 1.0, 10}}},
                      {.threshold = 25, .bins = {{0.1, 0.0, 30}, {0.9, 1.0, 10}}}}};
  EXPECT_EQ(calibration_title(calibration),
            "25 or more deaths in a month: 30% given on average, 25% came true");
}

forecast::PredictiveSample sample(Month origin, double deaths) {
  forecast::PredictiveSample sample({"Near"}, origin, {1, 12}, 4);
  for (int lead = 1; lead <= 12; ++lead) {
    sample.set(0, lead, std::vector<double>{0, 0, deaths, deaths});
  }
  return sample;
}

TEST(Move, ComparesTheMonthsThatBothCover) {
  const auto move = move_of(sample(Month(2024, 3), 20), sample(Month(2024, 4), 40), "Near");
  ASSERT_TRUE(move);
  EXPECT_EQ(move->first, "2024-05");
  EXPECT_EQ(move->last, "2025-03");
  EXPECT_DOUBLE_EQ(move->median_before, 10);  // half way from 0 to 20
  EXPECT_DOUBLE_EQ(move->median_now, 20);
  EXPECT_DOUBLE_EQ(move->chance_before, 0);
  EXPECT_DOUBLE_EQ(move->chance_now, 0.5);
}

TEST(Move, IsNothingWithoutASharedMonthOrUnit) {
  const auto now = sample(Month(2024, 4), 40);
  EXPECT_FALSE(move_of(sample(Month(2022, 4), 40), now, "Near"));
  EXPECT_FALSE(move_of(now, now, "Far"));
}

}  // namespace
}  // namespace panj::brief
