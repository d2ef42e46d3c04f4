// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/indicator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "panj/theatre/theatre.h"
#include "paths.h"

namespace panj::explore {
namespace {

using testing::HasSubstr;
using testing::Not;

const theatre::Theatre& reference_theatre() {
  static const auto theatre =
      theatre::read_theatre(test::source_path("theatres/tajik-afghan/theatre.toml"));
  return theatre;
}

Indicator indicator_named(const std::string& name) {
  return indicator_of(reference_theatre(), FutureSpace(reference_theatre()).find(name));
}

TEST(Indicator, SpeaksOfEveryUnknownOfTheReferenceTheatreInWordsOfItsOwn) {
  std::set<std::string> seen;
  const FutureSpace space(reference_theatre());
  for (const FutureDimension& dimension : space.dimensions()) {
    const Indicator indicator = indicator_of(reference_theatre(), dimension);
    const std::string& name = dimension.dimension.name;
    EXPECT_THAT(indicator.subject, Not(HasSubstr("_"))) << name;
    EXPECT_THAT(indicator.subject, Not(HasSubstr("{"))) << name;
    EXPECT_THAT(indicator.subject, HasSubstr(" ")) << name;
    EXPECT_TRUE(seen.insert(indicator.subject).second) << name << ": " << indicator.subject;
  }
}

TEST(Indicator, TakesNamesFromTheTheatre) {
  const Indicator tolerance = indicator_named("threat.group.ttp.tolerance");
  EXPECT_EQ(tolerance.subject,
            "tolerance of Tehrik-e Taliban Pakistan (TTP) by the authorities next door");
  EXPECT_TRUE(tolerance.is_observable);
  EXPECT_EQ(indicator_named("threat.group.ttp.zone_share.kunduz").subject,
            "the share of Tehrik-e Taliban Pakistan (TTP) in Kunduz");
  EXPECT_EQ(indicator_named("alliance.member.KZ.stance").subject,
            "the stance of Kazakhstan towards those in power next door");
  EXPECT_EQ(indicator_named("measures.programme.sensors.slippage").subject,
            "deliveries of 'Sensors only, for the same money' slipping");
  EXPECT_EQ(indicator_named("border.terrain[4].attractiveness").subject,
            "how much 'Wakhan and high Pamir' attracts attempts");
}

TEST(Indicator, SpeaksInUnitsThatAreWatched) {
  EXPECT_EQ(indicator_named("threat.people.foreign_fighters").above(1080),
            "foreign fighters arriving above 90 a month");
  EXPECT_EQ(indicator_named("surroundings.economy.relief_diversion").amount(0.0012), "0.12 %");
  EXPECT_EQ(indicator_named("defence.equipment").amount(1.5), "1.5 times as stated");
  EXPECT_EQ(indicator_named("threat.attempts.season_peak").amount(0.05), "0.60 months from stated");
}

TEST(Indicator, TakesTheWordsOfTheKeyWhereThereIsNoWording) {
  theatre::Theatre theatre = reference_theatre();
  const FutureDimension along = FutureSpace(theatre).find("threat.group.ttp.recruitment");
  theatre.assumptions[along.assumption].key = "threat.group.ttp.rest_days";
  const Indicator indicator = indicator_of(theatre, along);
  EXPECT_EQ(indicator.subject, "rest days (Tehrik-e Taliban Pakistan (TTP))");
  EXPECT_EQ(indicator.amount(0.5), "0.50 1/yr");
  EXPECT_FALSE(indicator.is_observable);
  theatre.assumptions[along.assumption].key = "threat.people.rest_days";
  EXPECT_EQ(indicator_of(theatre, along).subject, "rest days (people)");
}

TEST(Indicator, NamesTheUnitOfACommonMoveByWhatItDoes) {
  const FutureDimension equipment = FutureSpace(reference_theatre()).find("defence.equipment");
  FutureDimension between = equipment;
  between.effect = Effect::place;
  EXPECT_EQ(indicator_of(reference_theatre(), between).amount(0.25),
            "25 % of the way from low to high");
}

}  // namespace
}  // namespace panj::explore
