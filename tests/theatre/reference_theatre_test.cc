// SPDX-License-Identifier: Apache-2.0
// The theatres of the project, against the facts they must hold.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "panj/theatre/theatre.h"
#include "paths.h"

namespace panj::theatre {
namespace {

Theatre theatre(const char* name) {
  return read_theatre(test::source_path("theatres/") + name);
}

TEST(TajikAfghan, HoldsTheAllianceAndItsDifferences) {
  const Alliance alliance = theatre("tajik-afghan").alliance;
  EXPECT_EQ(alliance.members.size(), 6U);
  EXPECT_EQ(alliance.leader, "RU");
  EXPECT_EQ(alliance.exposed, "TJ");
  for (const char* id : {"RU", "KZ", "KG"}) {
    EXPECT_EQ(alliance.find(id)->listing, Listing::removed) << id;
  }
  EXPECT_EQ(alliance.find("TJ")->listing, Listing::listed);

  // Divergence D of stances, sqrt(Σ ω (s − s̄)²) / 0.5: 0.174 in 2022, 0.493 from mid-2025.
  const auto divergence = [&](Date day) {
    double mean = 0.0;
    for (const Member& m : alliance.members) mean += m.weight->value() * m.stance_on(day);
    double variance = 0.0;
    for (const Member& m : alliance.members) {
      variance += m.weight->value() * std::pow(m.stance_on(day) - mean, 2);
    }
    return std::sqrt(variance) / 0.5;
  };
  EXPECT_NEAR(divergence(make_date(2022, 1, 1)), 0.174, 0.001);
  EXPECT_NEAR(divergence(make_date(2026, 1, 1)), 0.493, 0.001);
}

TEST(TajikAfghan, MilitantsStartAtTheModelsTotals) {
  const Theatre tajik = theatre("tajik-afghan");
  double total = 0.0;
  double interior = 0.0;
  for (const Group& group : tajik.threat->groups) {
    double shares = 0.0;
    for (const double share : group.zone_share.values) shares += share;
    EXPECT_NEAR(shares, 1.0, 1e-9) << group.id;
    total += group.militants.value();
    interior += group.militants.value() * group.zone_share.value("interior");
  }
  EXPECT_EQ(total, 12500.0);
  EXPECT_NEAR(interior, 8516.0, 1.0);
}

TEST(TajikAfghan, ProgrammesCostTheSame) {
  const Theatre tajik = theatre("tajik-afghan");
  for (const Programme& programme : tajik.measures->programmes) {
    double millions = 0.0;
    for (const auto kind : kEquipmentKinds) {
      millions += programme.equipment.value(kind) * tajik.defence->unit_price.value(kind);
    }
    EXPECT_NEAR(millions, 81.6, 1e-9) << programme.id;
  }
}

TEST(TajikAfghan, EveryNumberHasARangeUnlessTheArticleGivesAPoint) {
  for (const Assumption& assumption : theatre("tajik-afghan").assumptions) {
    for (std::size_t i = 0; i < assumption.values.size(); ++i) {
      EXPECT_LE(assumption.low[i], assumption.values[i]) << assumption.key;
      EXPECT_LE(assumption.values[i], assumption.high[i]) << assumption.key;
    }
  }
}

TEST(TajikAfghan, StatesAndMeasuresTheBorder) {
  const Border border = theatre("tajik-afghan").border;
  ASSERT_EQ(border.stated_lengths.size(), 2U);
  EXPECT_EQ(border.stated_lengths[0].km, 1344.0);
  EXPECT_EQ(border.stated_lengths[1].km, 1374.2);
  EXPECT_EQ(border.lines.size(), 2U);
  EXPECT_EQ(border.stretches.size(), 24U);
  EXPECT_TRUE(border.is_home({68.79, 38.57}));   // Dushanbe
  EXPECT_FALSE(border.is_home({69.16, 34.53}));  // Kabul
  for (const Crossing& crossing : border.crossings) {
    EXPECT_LT(border.line().project(crossing.position).distance_km, 5.0) << crossing.name;
  }
}

TEST(TajikAfghan, NamesTownsToFindOnesWayBy) {
  const Border border = theatre("tajik-afghan").border;
  const std::vector<Town>& towns = border.towns;
  ASSERT_GE(towns.size(), 2U);
  EXPECT_EQ(towns.front().name, "Dushanbe");
  EXPECT_TRUE(towns.front().is_capital);
  EXPECT_TRUE(border.is_home(towns.front().position));
  for (const Town& town : towns) {
    EXPECT_EQ(town.is_capital, &town == &towns.front()) << town.name;
    EXPECT_LT(border.line().project(town.position).distance_km, 200.0) << town.name;
  }
}

TEST(TajikAfghan, NamesEveryFileItIsMadeFrom) {
  std::vector<std::string> names;
  for (const auto& file : theatre("tajik-afghan").files())
    names.push_back(file.filename().string());
  EXPECT_EQ(names.size(), 5U);
  EXPECT_TRUE(std::ranges::count(names, "deaths.csv"));
  EXPECT_TRUE(std::ranges::count(names, "theatre.toml"));
}

TEST(TajikAfghan, HasPackagesP0ToP7) {
  const Theatre tajik = theatre("tajik-afghan");
  ASSERT_EQ(tajik.packages.size(), 8U);
  EXPECT_EQ(tajik.packages[2].programme_delay_years, 2);
  EXPECT_EQ(tajik.packages[7].stance.at("TJ"), 0.60);
  EXPECT_EQ(tajik.packages[7].patrol, PatrolPolicy::optimised);
  EXPECT_EQ(tajik.containment->deaths_too_many, 10);
}

TEST(GhanaBurkinaFaso, IsAnExampleWithTheMinimum) {
  const Theatre ghana = theatre("ghana-burkina-faso");
  EXPECT_TRUE(ghana.is_example);
  EXPECT_FALSE(ghana.threat);
  EXPECT_TRUE(ghana.border.is_home({-0.84, 9.40}));    // Tamale
  EXPECT_FALSE(ghana.border.is_home({-1.52, 12.37}));  // Ouagadougou
}

}  // namespace
}  // namespace panj::theatre
