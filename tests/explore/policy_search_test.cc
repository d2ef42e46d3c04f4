// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/policy_search.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "explore/tables.h"
#include "panj/core/number.h"
#include "panj/core/progress.h"
#include "panj/explore/headline.h"
#include "paths.h"

namespace panj::explore {
namespace {

using testing::Each;
using testing::HasSubstr;

constexpr std::size_t kRuns = 24;

const TheatreStudy& full_programme() {
  static const TheatreStudy study(
      theatre::read_theatre(test::source_path("theatres/tajik-afghan/theatre.toml")),
      {.futures = 2, .replicates = 4, .packages = {"P0", "P1"}});
  return study;
}

std::vector<double> planned(const theatre::Package& package) {
  return full_programme().headlines_of({}, std::span(&package, 1), 0, kRuns);
}

RuledRun ruled(double incidents) {
  return full_programme().headlines_under({}, full_programme().packages()[1], {incidents}, 0,
                                          kRuns);
}

TEST(ReleaseRule, ThatFiresAtOnceIsTheProgrammeAsPlanned) {
  const RuledRun run = ruled(-1);
  EXPECT_THAT(run.released, Each(2026));
  EXPECT_EQ(run.values, planned(full_programme().packages()[1]));
}

TEST(ReleaseRule, ThatNeverFiresLeavesThingsAsTheyAre) {
  const RuledRun run = ruled(kInfinity);
  EXPECT_THAT(run.released, Each(0));
  EXPECT_EQ(run.values, planned(full_programme().packages()[0]));
}

TEST(ReleaseRule, GivesEachRunTheProgrammeDelayedToItsRelease) {
  const RuledRun run = ruled(2);
  std::vector<int> years = run.released;
  std::ranges::sort(years);
  EXPECT_GT(std::unique(years.begin(), years.end()) - years.begin(), 2);
  for (const int year : {0, 2026, 2027, 2028, 2029, 2030}) {
    theatre::Package package = full_programme().packages()[year == 0 ? 0 : 1];
    if (year > 0) package.programme_delay_years = year - 2026;
    const auto expected = planned(package);
    for (std::size_t r = 0; r < kRuns; ++r) {
      if (run.released[r] != year) continue;
      for (std::size_t h = 0; h < headlines().size(); ++h) {
        EXPECT_EQ(run.values[h * kRuns + r], expected[h * kRuns + r])
            << headlines()[h].name << " of run " << r << ", released " << year;
      }
    }
  }
}

TEST(PolicySearch, OffersRulesOnlyWhenAskedAndIsTheSameForAnyNumberOfThreads) {
  Progress::silence();
  const auto search_with = [](Release release, unsigned threads) {
    return search_policies(full_programme(), {.evaluations = 60,
                                              .population = 20,
                                              .history = HistoryUse::ignore,
                                              .release = release,
                                              .threads = threads});
  };
  for (const FoundPolicy& policy : search_with(Release::as_planned, 2).policies) {
    EXPECT_FALSE(policy.rule.has_value());
  }
  const PolicySearch one = search_with(Release::by_rule_too, 1);
  const PolicySearch two = search_with(Release::by_rule_too, 2);
  ASSERT_EQ(two.policies.size(), one.policies.size());
  for (std::size_t i = 0; i < one.policies.size(); ++i) {
    EXPECT_EQ(two.policies[i].package.name, one.policies[i].package.name);
    EXPECT_EQ(two.policies[i].cost_musd_per_year, one.policies[i].cost_musd_per_year);
    EXPECT_LE(one.policies[i].released, 1.0);
  }
  EXPECT_FALSE(one.record.empty());
}

/// Groups, fighters and attrition as stated, and a future with far more militants than the record
/// allows.
const std::vector<double> kPlausible{2800, 4700, 3500, 600, 0.08};
const std::vector<double> kCrowded{3640, 6110, 4550, 1500, 0.05};

PolicySearch search_in(const std::vector<std::vector<double>>& futures, HistoryUse history) {
  Progress::silence();
  Design design{
      {"threat.group.iskp.militants", "threat.group.ttp.militants", "threat.group.other.militants",
       "threat.people.foreign_fighters", "threat.people.attrition"},
      {}};
  for (const auto& future : futures) design.points.push_row(future);
  const TheatreStudy study(
      theatre::read_theatre(test::source_path("theatres/tajik-afghan/theatre.toml")),
      {.replicates = 4, .packages = {"P0"}}, design);
  return search_policies(study, {.evaluations = 40, .population = 20, .history = history});
}

TEST(PolicySearch, CountsOnlyFuturesThatReproduceTheRecord) {
  const PolicySearch alone = search_in({kPlausible}, HistoryUse::filter);
  const PolicySearch filtered = search_in({kPlausible, kCrowded}, HistoryUse::filter);
  EXPECT_EQ(filtered.futures, 2U);
  EXPECT_EQ(filtered.counted, 1U);
  EXPECT_DOUBLE_EQ(filtered.passed.value, 0.5);
  EXPECT_EQ(filtered.reference, alone.reference);
  ASSERT_EQ(filtered.policies.size(), alone.policies.size());
  for (std::size_t i = 0; i < alone.policies.size(); ++i) {
    EXPECT_EQ(filtered.policies[i].package.name, alone.policies[i].package.name);
    EXPECT_EQ(filtered.policies[i].breaches_per_year, alone.policies[i].breaches_per_year);
  }
  const PolicySearch all = search_in({kPlausible, kCrowded}, HistoryUse::ignore);
  EXPECT_EQ(all.counted, 2U);
  EXPECT_DOUBLE_EQ(all.passed.value, 0.5);  // told all the same
  EXPECT_NE(all.reference, alone.reference);
}

TEST(PolicySearch, RefusesWhenNoFutureReproducesTheRecord) {
  EXPECT_THAT(problems_of([] { search_in({kCrowded}, HistoryUse::filter); }),
              HasSubstr("none of 1 futures has 4 to 13 reported incidents"));
}

TEST(Policy, IsDescribedWithWhatItWaitsFor) {
  theatre::Package package = full_programme().packages()[1];
  EXPECT_EQ(describe(package), "programme full");
  EXPECT_EQ(describe(package, ReleaseRule{2}),
            "programme full once a year has more than 2 reported incidents");
}

}  // namespace
}  // namespace panj::explore
