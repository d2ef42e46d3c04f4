// SPDX-License-Identifier: Apache-2.0
#include "panj/forecast/revision.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "panj/core/random.h"

namespace panj::forecast {
namespace {

constexpr Month kStart(2020, 1);

/// Months from the start on, unit by unit.
event::Panel panel_of(const std::vector<std::pair<std::string, std::vector<double>>>& rows) {
  std::vector<std::string> units;
  units.reserve(rows.size());
  for (const auto& [unit, values] : rows) units.push_back(unit);
  event::Panel panel(units, kStart, rows.front().second.size());
  for (const auto& [unit, values] : rows) {
    std::ranges::copy(values, panel.series(*panel.find(unit)).begin());
  }
  return panel;
}

Vintage vintage(int year, event::Panel panel) {
  return {make_date(year, 1, 1), std::move(panel)};
}

/// First figures of 10 in every month, and the last ones.
RevisionModel model_of(double last, std::size_t months = 40) {
  return RevisionModel::learn(
      std::vector{vintage(2024, panel_of({{"A", std::vector<double>(months, 10.0)}})),
                  vintage(2025, panel_of({{"A", std::vector<double>(months, last)}}))});
}

PredictiveSample constant_sample(double value, std::size_t draws) {
  PredictiveSample sample({"A", "B"}, kStart + 39, {1, 2}, draws);
  for (std::size_t unit = 0; unit < 2; ++unit) {
    for (int lead = 1; lead <= 2; ++lead) {
      sample.set(unit, lead, std::vector<double>(draws, value));
    }
  }
  return sample;
}

TEST(Revision, CountsWhatChangedInTheMonthsThatBothHold) {
  const auto before = panel_of({{"A", {1, 2, 3, 4}}, {"B", {0, 0, 5, 9}}});
  const auto after = panel_of({{"A", {1, 3, 2, 9}}, {"B", {0, 0, 5, 9}}, {"C", {0, 7, 0, 0}}});
  const Revision revision = compare_vintages(before, after, kStart + 2);
  EXPECT_EQ(revision.cells, 9U);   // three units, three months
  EXPECT_EQ(revision.raised, 2U);  // A in the second, C from nothing
  EXPECT_EQ(revision.lowered, 1U);
  EXPECT_EQ(revision.before, 11);
  EXPECT_EQ(revision.after, 18);
  EXPECT_EQ(describe(revision, kStart + 2),
            "of 9 unit-months to 2020-03, 2 were raised and 1 lowered since: 11 became 18 (+64 %)");
}

TEST(Revision, SaysThatNothingChanged) {
  const auto panel = panel_of({{"A", {1, 2, 3}}});
  EXPECT_EQ(describe(compare_vintages(panel, panel, kStart + 2), kStart + 2),
            "of 3 unit-months to 2020-03 none was revised since");
}

TEST(RevisionModel, LearnsFromFirstFiguresThatWereLookedAtAgain) {
  EXPECT_EQ(model_of(13).events(), 40U);
  EXPECT_DOUBLE_EQ(model_of(13).mean_factor(), 1.3);
  EXPECT_FALSE(model_of(13, 19).is_usable());
  EXPECT_EQ(model_of(10).events(), 0U);  // nothing changed: nobody looked again
  EXPECT_EQ(RevisionModel::learn({}).events(), 0U);
}

TEST(RevisionModel, TakesTheFirstFigureOfSeveralAndTheLast) {
  const auto model = RevisionModel::learn(std::vector{
      vintage(2021, panel_of({{"A", {10, 10}}})), vintage(2022, panel_of({{"A", {12, 12, 5}}})),
      vintage(2023, panel_of({{"A", {20, 20, 5, 7}}}))});
  EXPECT_EQ(model.events(), 2U);
  EXPECT_DOUBLE_EQ(model.mean_factor(), 2.0);
}

TEST(RevisionModel, KnowsHowMuchOfTheLastYearIsOfFirstFigures) {
  std::vector<double> last(40, 13.0);
  std::fill(last.begin() + 31, last.end(), 10.0);  // the last nine months as they were
  const auto model = RevisionModel::learn(
      std::vector{vintage(2024, panel_of({{"A", std::vector<double>(40, 10.0)}})),
                  vintage(2025, panel_of({{"A", last}}))});
  EXPECT_DOUBLE_EQ(model.share_of_first_figures(kStart + 39), 9.0 / 12);
  EXPECT_DOUBLE_EQ(model.share_of_first_figures(kStart + 30), 0.0);
  EXPECT_DOUBLE_EQ(model.share_of_first_figures(kStart + 60), 1.0);
}

TEST(RevisionModel, MultipliesDrawsWithWhatFiguresOfTheirSizeBecame) {
  const auto widened = model_of(13).widen(constant_sample(10, 1000), 1.0, 7);
  EXPECT_EQ(widened.quantile(0, 1, 0.0), 13);
  EXPECT_EQ(widened.quantile(1, 2, 1.0), 13);
  EXPECT_EQ(model_of(0).widen(constant_sample(10, 1000), 1.0, 7).quantile(0, 1, 1.0), 0);
}

TEST(RevisionModel, LeavesAForecastFromFinalFiguresAsItIs) {
  const auto widened = model_of(13).widen(constant_sample(10, 12), 0.0, 7);
  EXPECT_GE(widened.draws(), 1000U);
  EXPECT_EQ(widened.draws() % 12, 0U);
  EXPECT_EQ(widened.quantile(0, 1, 0.0), 10);
  EXPECT_EQ(widened.quantile(0, 1, 1.0), 10);
}

TEST(RevisionModel, KeepsTheSizesApart) {
  std::vector<double> first;
  std::vector<double> last;
  for (int i = 0; i < 30; ++i) {
    first.insert(first.end(), {2, 100});
    last.insert(last.end(), {6, 110});
  }
  const auto model = RevisionModel::learn(
      std::vector{vintage(2024, panel_of({{"A", first}})), vintage(2025, panel_of({{"A", last}}))});
  EXPECT_EQ(model.widen(constant_sample(3, 1000), 1.0, 1).quantile(0, 1, 1.0), 9);
  EXPECT_EQ(model.widen(constant_sample(500, 1000), 1.0, 1).quantile(0, 1, 1.0), 550);
}

TEST(RevisionModel, RaisesZerosAsOftenAsTheyWereRaised) {
  std::vector<double> quiet(100, 0.0);
  std::vector<double> found = quiet;
  for (std::size_t i = 0; i < 100; i += 4) found[i] = 3;  // a quarter of the months
  const auto model = RevisionModel::learn(
      std::vector{vintage(2024, panel_of({{"A", quiet}, {"B", std::vector<double>(100, 10.0)}})),
                  vintage(2025, panel_of({{"A", found}, {"B", std::vector<double>(100, 11.0)}}))});
  const auto widened = model.widen(constant_sample(0, 4000), 1.0, 3);
  // 4,000 draws: five standard deviations are 0.034.
  EXPECT_NEAR(widened.probability_at_least(0, 1, 1), 0.25, 0.034);
  EXPECT_EQ(widened.quantile(0, 1, 1.0), 3);
}

TEST(RevisionModel, IsTheSameForTheSameSeed) {
  const auto sample = constant_sample(10, 100);
  const auto model = model_of(13);
  const auto draws = [&](std::uint64_t seed) {
    const auto widened = model.widen(sample, 0.5, seed);
    const auto at = widened.at(0, 1);
    return std::vector<double>(at.begin(), at.end());
  };
  EXPECT_EQ(draws(1), draws(1));
  EXPECT_NE(draws(1), draws(2));
}

/// Truth is Poisson of mean 20; first figures hold each death with chance 0.7. A forecast that only
/// knows first figures covers the final ones once it is widened, and not before.
TEST(RevisionModel, CoversWhatFirstFiguresMiss) {
  RandomStream random(11, {});
  std::vector<double> first;
  std::vector<double> last;
  for (int i = 0; i < 400; ++i) {
    const std::int64_t truth = draw_poisson(random, 20);
    last.push_back(static_cast<double>(truth));
    first.push_back(static_cast<double>(draw_binomial(random, truth, 0.7)));
  }
  const auto model = RevisionModel::learn(
      std::vector{vintage(2024, panel_of({{"A", first}})), vintage(2025, panel_of({{"A", last}}))});
  PredictiveSample sample({"A"}, kStart + 399, {1, 1}, 400);
  sample.set(0, 1, first);
  const auto covered = [&](const PredictiveSample& forecast) {
    const double low = forecast.quantile(0, 1, 0.05);
    const double high = forecast.quantile(0, 1, 0.95);
    return static_cast<double>(std::ranges::count_if(
               last, [&](double each) { return each >= low && each <= high; })) /
           400.0;
  };
  EXPECT_LT(covered(sample), 0.75);
  EXPECT_GT(covered(model.widen(sample, 1.0, 1)), 0.88);
}

}  // namespace
}  // namespace panj::forecast
