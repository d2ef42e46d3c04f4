// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/break_even.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>
#include <string>

#include "panj/explore/headline.h"
#include "paths.h"

namespace panj::explore {
namespace {

using testing::HasSubstr;

/// The theatre's own values under some of its packages.
TheatreStudy as_stated(const std::vector<std::string>& packages) {
  return {theatre::read_theatre(test::source_path("theatres/tajik-afghan/theatre.toml")),
          {.futures = 1, .packages = packages}};
}

double mean_headline(const TheatreStudy& study, std::size_t package, const char* headline,
                     std::size_t replicates) {
  const auto values =
      study.headlines_of({}, std::span(&study.packages()[package], 1), 0, replicates);
  const auto from =
      values.begin() + static_cast<std::ptrdiff_t>(find_headline(headline) * replicates);
  return std::accumulate(from, from + static_cast<std::ptrdiff_t>(replicates), 0.0) /
         static_cast<double>(replicates);
}

TEST(BreakEven, FindsARootThatIsKnown) {
  // A belt costs its price times its length: beside the programme it breaks even where its own
  // cost, in proportion to the price, is the programme's.
  const TheatreStudy study = as_stated({"P0", "P1", "P4"});
  constexpr std::size_t kReplicates = 20;
  const double before = mean_headline(study, 0, "cost_musd_per_year", kReplicates);
  const double programme = mean_headline(study, 1, "cost_musd_per_year", kReplicates) - before;
  const double belt = mean_headline(study, 2, "cost_musd_per_year", kReplicates) - before;
  const double stated = study.space().find("defence.belt_cost").stated;
  const BreakEven found =
      find_break_even(study, {2, 1, find_headline("cost_musd_per_year"), "defence.belt_cost"},
                      {.replicates = kReplicates});
  ASSERT_TRUE(found.value.has_value());
  EXPECT_NEAR(*found.value, stated * programme / belt, 1e-6);
  EXPECT_TRUE(found.interval.contains(*found.value));
  EXPECT_LT(found.interval.width(), 0.02);
  EXPECT_LT(found.at_low.value, 0);
  EXPECT_GT(found.at_high.value, 0);
  EXPECT_THAT(found.sentence, HasSubstr("stops helping once the cost of a full belt exceeds"));
}

TEST(BreakEven, OfReliefIsNearATenthOfAPercentDiverted) {
  // The reference model's specification: relief changes sign near 0.12 % diverted (interpolated).
  const TheatreStudy study = as_stated({"P0", "P5"});
  const BreakEven found = find_break_even(
      study, {1, 0, find_headline("breaches_per_year"), "surroundings.economy.relief_diversion"},
      {.replicates = 100});
  ASSERT_TRUE(found.value.has_value());
  EXPECT_NEAR(*found.value, 0.0012, 0.0003);
  EXPECT_TRUE(found.interval.contains(*found.value));
  EXPECT_GT(found.interval.width(), 0.0);
  EXPECT_THAT(found.sentence, HasSubstr("stops helping once the share of released reserves"));
}

TEST(BreakEven, IsNotGivenWhereThePackageHelpsThroughout) {
  const TheatreStudy study = as_stated({"P0", "P4"});
  const BreakEven found = find_break_even(
      study, {1, 0, find_headline("cost_musd_per_year"), "defence.belt_cost"}, {.replicates = 10});
  EXPECT_FALSE(found.value.has_value());
  EXPECT_THAT(found.sentence, HasSubstr("does not help whatever the cost of a full belt is"));
}

}  // namespace
}  // namespace panj::explore
