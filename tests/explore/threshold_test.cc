// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/threshold.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "explore/tables.h"

namespace panj::explore {
namespace {

using testing::HasSubstr;

TEST(Threshold, IsReadAndWrittenAsItWas) {
  for (const char* text : {"contained >= 0.5", "fatalities_per_year <= 4.5"}) {
    EXPECT_EQ(to_string(parse_threshold(text)), text);
  }
  EXPECT_TRUE(parse_threshold("reported_per_year<=2").holds(2));
  EXPECT_FALSE(parse_threshold("contained >= 0.5").holds(0.49));
}

TEST(Threshold, IsToldInWords) {
  const Threshold half = parse_threshold("contained >= 0.5");
  EXPECT_EQ(in_words(half), "at least 50% of runs contained");
  EXPECT_EQ(miss_in_words(half), "fewer than 50% of runs contained");
  const Threshold deaths = parse_threshold("fatalities_per_year <= 4");
  EXPECT_EQ(in_words(deaths), "deaths in incidents a year since measures start at most 4");
  EXPECT_EQ(miss_in_words(deaths), "deaths in incidents a year since measures start above 4");
}

TEST(Threshold, SaysWhatItDoesNotUnderstand) {
  const auto problem = [](const char* text) { return problems_of([&] { parse_threshold(text); }); };
  EXPECT_THAT(problem("fatality_per_year <= 4"), HasSubstr("did you mean 'fatalities_per_year'?"));
  EXPECT_THAT(problem("contained >= 1.5"), HasSubstr("a share must lie in [0, 1]"));
  EXPECT_THAT(problem("contained >= -0.1"), HasSubstr("a share must lie in [0, 1]"));
  EXPECT_THAT(problem("contained >= nan"), HasSubstr("needs a number"));
  EXPECT_THAT(problem("contained >= half"), HasSubstr("needs a number"));
  EXPECT_THAT(problem("contained >="), HasSubstr("needs a number"));
  EXPECT_THAT(problem("contained = 0.5"), HasSubstr("<= or >="));
  EXPECT_THAT(problem(""), HasSubstr("<= or >="));
}

}  // namespace
}  // namespace panj::explore
