// SPDX-License-Identifier: Apache-2.0
#include "panj/theatre/alliance.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "small_theatre.h"

namespace panj::theatre {
namespace {

constexpr const char* kStance =
    R"(weight = { value = 0.6, low = 0.4, high = 0.8, basis = "assumption" }
stance = { value = { 2024-01-01 = 0.2, 2024-01-11 = 0.7 }, offset = [-0.1, 0.1], basis = "assumption" })";
constexpr const char* kWeight =
    R"(weight = { value = 0.6, low = 0.4, high = 0.8, basis = "assumption" })";

TEST(Alliance, FindsMembers) {
  const Alliance alliance = SmallTheatre().read().alliance;
  ASSERT_NE(alliance.find("EL"), nullptr);
  EXPECT_EQ(alliance.find("EL")->name, "Eastland");
  EXPECT_EQ(alliance.find("XX"), nullptr);
}

TEST(Alliance, StanceRunsStraightBetweenDates) {
  SmallTheatre world;
  world.replace(kWeight, kStance);
  const Theatre theatre = world.read();
  const Member& member = *theatre.alliance.find("NL");
  EXPECT_DOUBLE_EQ(member.stance_on(make_date(2020, 1, 1)), 0.2);
  EXPECT_DOUBLE_EQ(member.stance_on(make_date(2024, 1, 1)), 0.2);
  EXPECT_DOUBLE_EQ(member.stance_on(make_date(2024, 1, 6)), 0.45);
  EXPECT_DOUBLE_EQ(member.stance_on(make_date(2030, 1, 1)), 0.7);
}

TEST(Alliance, StanceNeedsDates) {
  SmallTheatre world;
  world.replace(kWeight, kStance).replace("2024-01-11 =", "2024-13-11 =");
  EXPECT_THAT(world.problems(),
              testing::Contains(testing::HasSubstr("'2024-13-11' is not a date")));
}

}  // namespace
}  // namespace panj::theatre
