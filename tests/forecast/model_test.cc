// SPDX-License-Identifier: Apache-2.0
#include "panj/forecast/model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "forecast/worlds.h"
#include "panj/core/problem.h"

namespace panj::forecast {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::HasSubstr;

const Month kFirst(2020, 1);

std::string message_of(const std::string& name) {
  try {
    (void)find_model(name);
  } catch (const InvalidInput& error) {
    return error.what();
  }
  return {};
}

PredictiveSample predict(const std::string& model, const event::Panel& panel, Month origin,
                         PredictiveSample::Leads leads = {1, 3}, std::uint64_t seed = 1) {
  return find_model(model).predict(History(panel, origin), leads, seed);
}

double mean(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

TEST(FindModel, TakesEveryFamilysExample) {
  for (const ModelFamily& family : model_families()) {
    EXPECT_EQ(find_model(family.example).name, family.example);
    EXPECT_THAT(describe_models(), HasSubstr(family.name));
  }
}

TEST(FindModel, SaysWhichNameIsNear) {
  EXPECT_THAT(message_of("conflictolgy-12"), HasSubstr("did you mean 'conflictology-12'?"));
  EXPECT_THAT(message_of("last-poison"), HasSubstr("did you mean 'last-poisson'?"));
  EXPECT_THAT(message_of("prophet"), HasSubstr("one of: zero, last-poisson, conflictology-12"));
}

TEST(FindModel, RefusesMonthsThatAreNoNumber) {
  for (const char* name : {"conflictology-0", "conflictology-", "conflictology-x", "bootstrap-1201",
                           "bootstrap--5", "bootstrap-12 "}) {
    EXPECT_THAT(message_of(name), HasSubstr("must be a whole number from 1 to 1200")) << name;
  }
}

TEST(Zero, IsOneDrawOfNothing) {
  const auto sample = predict("zero", world(kFirst, {{"A", {5, 6}}}), Month(2020, 2));
  EXPECT_THAT(sample.at(0, 3), ElementsAre(0));
}

TEST(Conflictology, GivesExactlyTheLastMonths) {
  const auto panel = world(kFirst, {{"A", {9, 4, 0, 7, 100}}, {"B", {1, 1, 2, 3, 100}}});
  const auto sample = predict("conflictology-3", panel, Month(2020, 4));
  for (const int lead : {1, 2, 3}) {
    EXPECT_THAT(sample.at(0, lead), ElementsAre(0, 4, 7));
    EXPECT_THAT(sample.at(1, lead), ElementsAre(1, 2, 3));
  }
}

TEST(Conflictology, PassesOverUnknownMonthsAndRepeatsShortRecordsNewestFirst) {
  const auto panel =
      world(kFirst, {{"gap", {8, 2, kUnknown, 5}}, {"new", {kUnknown, kUnknown, 1, 6}}});
  const auto sample = predict("conflictology-3", panel, Month(2020, 4));
  EXPECT_THAT(sample.at(0, 1), ElementsAre(2, 5, 8));
  EXPECT_THAT(sample.at(1, 1), ElementsAre(1, 6, 6));
}

TEST(LastPoisson, HasTheLastValueAsMeanAndVariance) {
  const auto panel = world(kFirst, {{"A", {0, 400}}, {"B", {3, 0}}});
  const auto sample = predict("last-poisson", panel, Month(2020, 2));
  const auto draws = sample.at(0, 2);
  ASSERT_EQ(draws.size(), kDraws);
  EXPECT_NEAR(mean(draws), 400, 4 * 20 / std::sqrt(1000.0));
  double squares = 0;
  for (const double x : draws) squares += (x - 400) * (x - 400);
  EXPECT_NEAR(squares / 1000, 400, 4 * 400 * std::sqrt(2.0 / 1000));
  EXPECT_THAT(sample.at(1, 2), Each(0));
}

TEST(LastPoisson, DrawsAnewForEveryLeadUnitAndSeed) {
  const auto panel = world(kFirst, {{"A", {50}}, {"B", {50}}});
  const auto sample = predict("last-poisson", panel, kFirst);
  const auto other = predict("last-poisson", panel, kFirst, {1, 3}, 2);
  EXPECT_FALSE(std::ranges::equal(sample.at(0, 1), sample.at(0, 2)));
  EXPECT_FALSE(std::ranges::equal(sample.at(0, 1), sample.at(1, 1)));
  EXPECT_FALSE(std::ranges::equal(sample.at(0, 1), other.at(0, 1)));
  EXPECT_THAT(sample.at(0, 1), ElementsAreArray(predict("last-poisson", panel, kFirst).at(0, 1)));
}

TEST(Bootstrap, DrawsFromTheLastMonthsOfAllUnits) {
  const auto panel = world(kFirst, {{"A", {9, 1, 2}}, {"B", {9, 3, 4}}});
  const auto sample = predict("bootstrap-2", panel, Month(2020, 3));
  for (const double value : {1.0, 2.0, 3.0, 4.0}) {
    // Binomial(1000, ¼): standard deviation 13.7.
    EXPECT_NEAR(static_cast<double>(std::ranges::count(sample.at(0, 1), value)), 250, 55) << value;
  }
  EXPECT_EQ(std::ranges::count(sample.at(0, 1), 9.0), 0);
}

TEST(EveryModel, IsBlindToTheFuture) {
  auto panel = world(kFirst, {{"A", {3, 0, 2, 1, 0}}, {"B", {30, 20, 0, 10, 0}}});
  const Month origin(2020, 3);
  for (const ModelFamily& family : model_families()) {
    const auto before = predict(family.example, panel, origin);
    auto changed = panel;
    for (std::uint32_t unit : {0U, 1U}) {
      for (Month m = origin + 1; m <= panel.last(); ++m) changed.at(event::UnitId(unit), m) = 1e6;
    }
    const auto after = predict(family.example, changed, origin);
    for (std::size_t unit = 0; unit < 2; ++unit) {
      for (const int lead : {1, 2, 3}) {
        EXPECT_THAT(after.at(unit, lead), ElementsAreArray(before.at(unit, lead))) << family.name;
      }
    }
  }
}

TEST(EveryModel, GivesAscendingDraws) {
  const auto panel = world(kFirst, {{"A", {30, 0, 20, 10}}});
  for (const ModelFamily& family : model_families()) {
    const auto sample = predict(family.example, panel, Month(2020, 4));
    EXPECT_TRUE(std::ranges::is_sorted(sample.at(0, 1))) << family.name;
  }
}

TEST(History, NamesWhatItLeavesOut) {
  std::vector<std::pair<std::string, std::vector<double>>> units = {{"here", {1, 2}}};
  for (int i = 1; i <= 12; ++i) units.push_back({"u" + std::to_string(i), {kUnknown, 1}});
  const auto panel = world(Month(2020, 1), units);
  EXPECT_EQ(describe_left_out(History(panel, Month(2020, 2))), "");
  EXPECT_EQ(
      describe_left_out(History(panel, Month(2020, 1))),
      "no forecast, no value in the twelve months to 2020-01: u1, u2, u3, u4, u5, u6, u7, u8, "
      "u9, u10 and 2 more");
}

TEST(History, LeavesOutUnitsWithoutARecentValue) {
  std::vector<double> gone(20, kUnknown);
  gone[0] = 4;
  std::vector<double> alive(20, 0.0);
  std::vector<double> unborn(20, kUnknown);
  unborn[19] = 1;
  const auto panel = world(kFirst, {{"gone", gone}, {"alive", alive}, {"unborn", unborn}});
  EXPECT_THAT(History(panel, kFirst + 11).unit_names(), ElementsAre("gone", "alive"));
  EXPECT_THAT(History(panel, kFirst + 12).unit_names(), ElementsAre("alive"));
  EXPECT_THAT(History(panel, kFirst + 19).unit_names(), ElementsAre("alive", "unborn"));
}

}  // namespace
}  // namespace panj::forecast
