// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/theatre_indices.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "explore/tables.h"
#include "panj/core/progress.h"
#include "panj/explore/headline.h"
#include "paths.h"

namespace panj::explore {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const char* const kBelt = "defence.belt_cost";
const char* const kGuards = "defence.guard_cost";
const char* const kAttempts = "threat.attempts.rate.attack";
const char* const kAttrition = "threat.people.attrition";

/// Indices of an outcome under the package with a belt.
TheatreIndices under_belt(const std::vector<std::string>& assumptions, const char* headline,
                          std::size_t replicates, const SobolOptions& options) {
  Progress::silence();
  static const TheatreStudy study(
      theatre::read_theatre(test::source_path("theatres/tajik-afghan/theatre.toml")),
      {.futures = 1, .packages = {"P4"}});
  return theatre_indices(
      study,
      {.assumptions = assumptions, .headline = find_headline(headline), .replicates = replicates},
      options);
}

TEST(TheatreIndices, GiveAllToTheOneAssumptionThatAnOutcomeDependsOn) {
  const TheatreIndices cost =
      under_belt({kAttrition, kBelt}, "cost_musd_per_year", 1, {.points = 128, .level = 0.9});
  const SobolIndices& indices = cost.indices;
  EXPECT_NEAR(indices.first[0], 0, 1e-9);
  EXPECT_NEAR(indices.total[0], 0, 1e-9);
  EXPECT_NEAR(indices.first[1], 1, 0.1);
  EXPECT_NEAR(indices.total[1], 1, 0.1);
  EXPECT_LE(indices.first_interval[1].low, indices.first[1]);
  EXPECT_GE(indices.first_interval[1].high, indices.first[1]);
  EXPECT_THAT(cost.subjects, ElementsAre("militants who leave or die", "the cost of a full belt"));
  EXPECT_EQ(cost.runs, 128U * 4);
  EXPECT_NEAR(cost.chance_share, 0, 1e-9);
}

TEST(TheatreIndices, OfASumAreTheSharesOfItsTerms) {
  // The cost is linear in both prices, whose ranges are the same multiples of what is stated:
  // guards for 24 M$ a year, a belt for 0.6 × 1344 km × 0.04 M$.
  const TheatreIndices cost =
      under_belt({kBelt, kGuards}, "cost_musd_per_year", 1, {.points = 256});
  const double belt = 0.6 * 1344 * 0.04;
  const double share = belt * belt / (belt * belt + 24 * 24);
  EXPECT_NEAR(cost.indices.first[0], share, 0.08);
  EXPECT_NEAR(cost.indices.total[0], share, 0.08);
  EXPECT_NEAR(cost.indices.first[1], 1 - share, 0.08);
  EXPECT_NEAR(cost.indices.total[1], 1 - share, 0.08);
}

TEST(TheatreIndices, AreTheSameForAnyNumberOfThreads) {
  const auto with = [](unsigned threads) {
    return under_belt({kAttempts, kBelt}, "reported_per_year", 3,
                      {.points = 16, .threads = threads});
  };
  const TheatreIndices one = with(1);
  // What has no effect has none, whatever chance does: all points have the same luck.
  EXPECT_EQ(one.indices.total[1], 0);
  EXPECT_GT(one.indices.total[0], 0);
  EXPECT_GT(one.chance_share, 0);
  EXPECT_LE(one.chance_share, 2);
  for (const unsigned threads : {2U, 3U}) {
    const TheatreIndices many = with(threads);
    EXPECT_EQ(many.indices.first, one.indices.first);
    EXPECT_EQ(many.indices.total, one.indices.total);
    EXPECT_EQ(many.chance_share, one.chance_share);
  }
}

TEST(TheatreIndices, NameAllThatIsWrongWithTheAssumptions) {
  const auto problems = [](const std::vector<std::string>& assumptions) {
    return problems_of([&] { under_belt(assumptions, "reported_per_year", 1, {.points = 4}); });
  };
  const std::string names = problems({"defence.belt_costs", kBelt, kBelt, "defence.guard_kost"});
  EXPECT_THAT(names, HasSubstr("did you mean 'defence.belt_cost'?"));
  EXPECT_THAT(names, HasSubstr("did you mean 'defence.guard_cost'?"));
  EXPECT_THAT(names, HasSubstr("'defence.belt_cost' is given twice"));
  EXPECT_THAT(problems({}), HasSubstr("from 1 to 12 can be"));
  EXPECT_THAT(problems(std::vector<std::string>(13, kBelt)), HasSubstr("13 are named"));
}

}  // namespace
}  // namespace panj::explore
