// SPDX-License-Identifier: Apache-2.0
#include "panj/share/timestamp.h"

#include <gtest/gtest.h>

#include "panj/core/date.h"

namespace panj::share {
namespace {

TEST(Timestamp, IsReadWithAndWithoutFractionalSeconds) {
  const Time base = Time(make_date(2024, 11, 18)) + std::chrono::hours(9);
  EXPECT_EQ(parse_timestamp("2024-11-18T09:00:00Z"), base);
  EXPECT_EQ(parse_timestamp("2024-11-18T09:00:00.5Z"), base + std::chrono::milliseconds(500));
  EXPECT_EQ(parse_timestamp("2024-11-18T09:00:00.000001Z"), base + std::chrono::microseconds(1));
  EXPECT_EQ(parse_timestamp("2024-11-18T09:00:00.000001000Z"), base + std::chrono::microseconds(1));
}

TEST(Timestamp, RefusesWhatIsNoMoment) {
  for (const char* text :
       {"", "2024-11-18", "2024-11-18T09:00:00", "2024-11-18 09:00:00Z", "2024-02-30T09:00:00Z",
        "2024-11-18T24:00:00Z", "2024-11-18T09:60:00Z", "2024-11-18T09:00:60Z",
        "2024-11-18T09:00:00.Z", "2024-11-18T09:00:00.0000001Z", "2024-11-18T09:00:00+00:00",
        "2024-11-18T09:00:0xZ", "2024-11-18T09:00:00.1 Z"}) {
    EXPECT_FALSE(parse_timestamp(text)) << text;
  }
}

TEST(Timestamp, IsWrittenAsItIsRead) {
  for (const char* text : {"2024-11-18T09:30:01.000001Z", "1969-12-31T23:59:59.999999Z",
                           "2000-02-29T00:00:00.000000Z"}) {
    EXPECT_EQ(to_timestamp(*parse_timestamp(text)), text);
  }
  EXPECT_EQ(to_millisecond_timestamp(*parse_timestamp("2024-11-18T09:30:01.123999Z")),
            "2024-11-18T09:30:01.123Z");
  for (const char* text : {"2024-11-18T09:30:01.000Z", "2024-11-18T09:30:01.120Z",
                           "2024-11-18T09:30:01.1204Z", "2024-11-18T09:30:01.000001Z"}) {
    EXPECT_EQ(to_stix_timestamp(*parse_timestamp(text)), text);
  }
}

}  // namespace
}  // namespace panj::share
