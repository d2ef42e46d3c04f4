// SPDX-License-Identifier: Apache-2.0
#include "panj/core/date.h"

#include <gtest/gtest.h>

namespace panj {
namespace {

TEST(Date, ReadsPlainDatesAndTrailingMidnights) {
  const Date expected = make_date(2023, 10, 2);
  for (const char* text :
       {"2023-10-02", "2023-10-02 00:00:00.000", "2023-10-02 00:00:00", "2023-10-02T00:00:00Z"}) {
    ASSERT_TRUE(parse_date(text)) << text;
    EXPECT_EQ(*parse_date(text), expected) << text;
  }
}

TEST(Date, RefusesWhatIsNotADate) {
  for (const char* text :
       {"", "2023-02-30", "2023-13-01", "2023-00-10", "2023-1-1", "02/10/2023",
        "2023-10-02 12:30:00", "2023-10-02x", "2023-10-02 00:00:00.", "20a3-10-02"}) {
    EXPECT_FALSE(parse_date(text)) << text;
  }
  EXPECT_TRUE(parse_date("2024-02-29"));
  EXPECT_FALSE(parse_date("2023-02-29"));
}

TEST(Date, FarYearsAreSlipsOfThePen) {
  EXPECT_FALSE(is_plausible(make_date(kFirstYear - 1, 12, 31)));
  EXPECT_TRUE(is_plausible(make_date(kFirstYear, 1, 1)));
  EXPECT_TRUE(is_plausible(make_date(kLastYear, 12, 31)));
  EXPECT_FALSE(is_plausible(make_date(kLastYear + 1, 1, 1)));
  EXPECT_EQ(plausible_years(), "the year must be a whole number from 1800 to 2200");
}

TEST(Month, CountsAsViewsDoes) {
  // VIEWS month ids: 1 is January 1980, 121 January 1990.
  EXPECT_EQ(Month(1980, 1).id(), 1);
  EXPECT_EQ(Month(1990, 1).id(), 121);
  EXPECT_EQ(Month::from_id(121).year(), 1990);
  EXPECT_EQ(Month::from_id(121).month(), 1U);
  EXPECT_EQ(Month::from_id(0).year(), 1979);
  EXPECT_EQ(Month::from_id(0).month(), 12U);
}

TEST(Month, CrossesYears) {
  EXPECT_EQ(Month(2023, 11) + 3, Month(2024, 2));
  EXPECT_EQ(Month(2024, 2) - Month(2023, 11), 3);
  EXPECT_EQ(to_string(Month(2024, 2).last_day()), "2024-02-29");
  EXPECT_EQ(to_string(*parse_month("2024-02")), "2024-02");
  EXPECT_FALSE(parse_month("2024-13"));
}

}  // namespace
}  // namespace panj
