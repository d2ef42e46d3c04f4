// SPDX-License-Identifier: Apache-2.0
#include "panj/brief/exploration_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "panj/explore/headline.h"

namespace panj::brief {
namespace {

using testing::HasSubstr;

explore::PackageResult package(const std::string& id, double contained, double reported,
                               double cost) {
  explore::PackageResult result{.id = id, .name = "Package " + id};
  result.contained = {contained, 0.02};
  result.contained_range = {contained - 0.3, contained + 0.3};
  result.satisfied = {0.5, 0.05};
  result.cost_musd_per_year = cost;
  result.outcomes = {
      {.mean = {contained, 0.01}},
      {.mean = {reported, 0.1}, .cvar = {2 * reported, 0.2}, .max_regret = {1.5, 0}}};
  return result;
}

explore::Exploration explored() {
  explore::Exploration result{.futures = 200, .counted = 120, .passed = {0.6, 0.03}};
  result.compared = {explore::find_headline("contained"),
                     explore::find_headline("reported_per_year")};
  result.packages = {package("P0", 0.4, 2.7, 70), package("P1", 0.5, 2.3, 100)};
  result.outcome_of_drivers = "breaches_per_year";
  result.chance_level = 0.2;
  result.drivers = {{.subject = "foreign fighters", .pawn = 0.4, .is_telling = true},
                    {.subject = "noise", .pawn = 0.1, .is_telling = false}};
  explore::BoxSentence side{.subject = "foreign fighters", .low = 1000, .high = 1500};
  side.whole = {200, 1500};
  result.boxes = {{.package = "P0", .coverage = 0.5}, {.package = "P1", .coverage = 0.7}};
  result.boxes[1].limits = {side};
  result.break_evens.emplace_back().sentence = "Package P1 stops helping once noise exceeds 2";
  return result;
}

TEST(ExplorationView, ShowsReportedIncidentsAndCostsOnTopOfTheFirst) {
  const auto shown = exploration_of(explored(), "P1");
  EXPECT_EQ(shown.futures, 120U);
  EXPECT_THAT(shown.outcome, HasSubstr("reported armed incidents"));
  EXPECT_DOUBLE_EQ(shown.packages[1].expected, 2.3);
  EXPECT_DOUBLE_EQ(shown.packages[1].worst_tenth, 4.6);
  EXPECT_DOUBLE_EQ(shown.packages[1].cost, 30.0);
  EXPECT_DOUBLE_EQ(shown.packages[0].contained_low, 0.1);
}

TEST(ExplorationView, KeepsDriversAboveChanceAndTheBoxOfThePackage) {
  const auto shown = exploration_of(explored(), "P1");
  ASSERT_EQ(shown.drivers.size(), 1U);
  EXPECT_THAT(shown.driver_outcome, HasSubstr("breaches"));
  ASSERT_TRUE(shown.box.has_value());
  EXPECT_DOUBLE_EQ(shown.box->coverage, 0.7);
  EXPECT_EQ(shown.box->limits[0].low, 1000.0);
  EXPECT_FALSE(shown.box->limits[0].high.has_value());
  EXPECT_DOUBLE_EQ(exploration_of(explored(), "P9").box->coverage, 0.5);
}

TEST(ExplorationView, SaysWhereAPackageStopsHelping) {
  EXPECT_THAT(exploration_of(explored(), "P1").break_evens,
              testing::ElementsAre("Package P1 stops helping once noise exceeds 2."));
}

TEST(ExplorationView, ShowsTheLimitsOfABoxInTheirUnit) {
  auto found = explored();
  found.boxes[1].limits[0].scale = 1.0 / 12;
  found.boxes[1].limits[0].unit = " a month";
  const auto shown = exploration_of(found, "P1").box->limits[0];
  EXPECT_DOUBLE_EQ(*shown.low, 1000.0 / 12);
  EXPECT_DOUBLE_EQ(shown.to, 125.0);
}

}  // namespace
}  // namespace panj::brief
