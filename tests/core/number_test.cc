// SPDX-License-Identifier: Apache-2.0
#include "panj/core/number.h"

#include <gtest/gtest.h>

#include <cstdint>

namespace panj {
namespace {

TEST(ParseNumber, TakesTheWholeTextOrNothing) {
  EXPECT_EQ(parse_number<int>("12"), 12);
  EXPECT_EQ(parse_number<double>("-1.5e3"), -1500.0);
  for (const char* text : {"", "12a", " 12", "12 ", "+12", "1,5"}) {
    EXPECT_FALSE(parse_number<int>(text)) << text;
    EXPECT_FALSE(parse_number<double>(text)) << text;
  }
}

TEST(ParseNumber, RefusesWhatTheTypeCannotHold) {
  EXPECT_FALSE(parse_number<std::int32_t>("3000000000"));
  EXPECT_FALSE(parse_number<unsigned>("-1"));
  EXPECT_FALSE(parse_number<int>("1.5"));
  EXPECT_FALSE(parse_number<double>("1e999"));
}

}  // namespace
}  // namespace panj
