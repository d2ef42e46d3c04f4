// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/policy_search.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "panj/core/number.h"
#include "panj/core/progress.h"
#include "panj/explore/headline.h"
#include "paths.h"

namespace panj::explore {
namespace {

using testing::Each;

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
    return search_policies(
        full_programme(),
        {.evaluations = 60, .population = 20, .release = release, .threads = threads});
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

TEST(Policy, IsDescribedWithWhatItWaitsFor) {
  theatre::Package package = full_programme().packages()[1];
  EXPECT_EQ(describe(package), "programme full");
  EXPECT_EQ(describe(package, ReleaseRule{2}),
            "programme full once a year has more than 2 reported incidents");
}

}  // namespace
}  // namespace panj::explore
