// SPDX-License-Identifier: Apache-2.0
#include "panj/spillover/parameters.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "panj/core/problem.h"
#include "panj/spillover/reference.h"
#include "paths.h"
#include "spillover/world.h"

namespace panj::spillover {
namespace {

using testing::HasSubstr;

std::string problem_of(const std::vector<Override>& overrides) {
  try {
    (void)parameters_of(tajik_afghan(), overrides);
  } catch (const InvalidInput& error) {
    return error.what();
  }
  return {};
}

TEST(Parameters, OfTheReferenceTheatreAreThoseOfTheSpecification) {
  const Parameters theatre = parameters_of(tajik_afghan());
  const Parameters world = reference_world();
  EXPECT_EQ(theatre.border_km, 1344.0);
  EXPECT_EQ(theatre.start_year, 2022);
  ASSERT_EQ(theatre.groups.size(), world.groups.size());
  for (std::size_t g = 0; g < world.groups.size(); ++g) {
    EXPECT_EQ(theatre.groups[g].militants, world.groups[g].militants);
    EXPECT_EQ(theatre.groups[g].recruitment, world.groups[g].recruitment);
    EXPECT_EQ(theatre.groups[g].attempt_weight, world.groups[g].attempt_weight);
    for (std::size_t z = 0; z < 5; ++z) {
      EXPECT_NEAR(theatre.groups[g].zone_share[z], world.groups[g].zone_share[z], 1e-15);
    }
  }
  for (std::size_t z = 0; z < 4; ++z) {
    EXPECT_NEAR(theatre.zones[z].to, world.zones[z].to, 1e-4) << "chainages are given to 0.1 km";
    EXPECT_NEAR(theatre.zones[z].supply_share, world.zones[z].supply_share, 1e-15);
  }
  EXPECT_EQ(theatre.attempts.rate, world.attempts.rate);
  EXPECT_EQ(theatre.attempts.excitation, world.attempts.excitation);
  EXPECT_EQ(theatre.defence.detection, world.defence.detection);
  EXPECT_EQ(theatre.defence.response, world.defence.response);
  EXPECT_EQ(theatre.defence.equipment, world.defence.equipment);
  EXPECT_EQ(theatre.trafficking.supply, world.trafficking.supply);
  EXPECT_EQ(theatre.people.relocation, world.people.relocation);
  EXPECT_EQ(theatre.cohesion.divergence_effect, world.cohesion.divergence_effect);
  EXPECT_EQ(theatre.practice.start_year, 2026.0);
  for (std::size_t m = 0; m < 6; ++m) {
    EXPECT_NEAR(theatre.members[m].stance_in(2024.7), world.members[m].stance_in(2024.7), 1e-3);
  }
}

TEST(Parameters, TakeOneDrawnEntryOfAList) {
  const Parameters p = parameters_of(
      tajik_afghan(),
      std::vector<Override>{{"defence.equipment", 1, 30.0}, {"threat.people.relocation", 0, 1.0}});
  EXPECT_EQ(p.defence.equipment, (ByKind<double>{72, 30, 24, 6}));
  EXPECT_EQ(p.people.relocation, 1.0);
}

TEST(Parameters, ScaleDrawnSharesToAWhole) {
  const Parameters p = parameters_of(
      tajik_afghan(), std::vector<Override>{{"surroundings.trafficking.zone_share", 0, 0.065}});
  double sum = 0;
  for (const ZoneParameters& zone : p.zones) sum += zone.supply_share;
  EXPECT_NEAR(sum, 1.0, 1e-15);
  EXPECT_NEAR(p.zones[0].supply_share, 0.065 / 1.015, 1e-15);
}

TEST(Parameters, RefuseUnknownKeysAndValuesOutOfRange) {
  EXPECT_THAT(problem_of({{"defence.gaurds", 0, 1.0}}), HasSubstr("did you mean 'defence.guards'"));
  EXPECT_THAT(problem_of({{"defence.guards", 0, 100.0}}),
              HasSubstr("must lie in its range [2000, 12000]"));
  EXPECT_THAT(problem_of({{"defence.guards", 3, 100.0}}), HasSubstr("has no entry 3"));
  EXPECT_THAT(problem_of({{"defence.guards", 0, NAN}}), HasSubstr("must lie in its range"));
}

TEST(Parameters, AllMissingPartsAreNamed) {
  const auto example = theatre::read_theatre(test::source_path("theatres/ghana-burkina-faso"));
  try {
    (void)parameters_of(example);
    FAIL() << "the example has no threat";
  } catch (const InvalidInput& error) {
    EXPECT_THAT(error.what(), HasSubstr("threat: is missing"));
    EXPECT_THAT(error.what(), HasSubstr("defence: is missing"));
    EXPECT_THAT(error.what(), HasSubstr("alliance.member[GH].stance: is missing"));
  }
}

// Figures that MODEL §6–§8 gives for the start.
TEST(Reference, HasTheSpecifiedStart) {
  const Parameters p = reference_world();
  const Geometry g = equal_stretches(p, 24);
  const Reference ref = reference_of(p, g);
  EXPECT_NEAR(ref.leverage, 0.0554, 5e-5);
  EXPECT_NEAR(ref.standing.divergence, 0.174, 5e-4);
  EXPECT_NEAR(standing(p, practised_levers(p), 2026).divergence, 0.493, 5e-4);
  std::vector<double> by_zone(5, 0.0);
  for (const auto& group : ref.militants) {
    for (std::size_t z = 0; z < 5; ++z) by_zone[z] += group[z];
  }
  EXPECT_THAT(by_zone, testing::ElementsAre(458, 1083, 841, 1602, 8516));
  EXPECT_NEAR(ref.mean_stop[kAttack], 0.09, 0.015);
  EXPECT_NEAR(ref.mean_stop[kInfiltration], 0.08, 0.01);
  const auto range = [&](Type e) {
    double low = 1e9;
    double high = 0;
    for (const auto& x : ref.excitation) {
      low = std::min(low, x[e]);
      high = std::max(high, x[e]);
    }
    return std::pair{low, high};
  };
  EXPECT_NEAR(range(kAttack).first, 0.5, 0.06);
  EXPECT_NEAR(range(kAttack).second, 1.4, 0.06);
  EXPECT_NEAR(range(kInfiltration).first, 0.1, 0.06);
  EXPECT_NEAR(range(kInfiltration).second, 0.2, 0.06);
  EXPECT_NEAR(range(kFire).first, 0.4, 0.06);
  EXPECT_NEAR(range(kFire).second, 0.9, 0.06);
}

TEST(Reference, FollowUpsWithoutEndAreRefused) {
  Parameters p = reference_world();
  p.attempts.excitation[kAttack][kAttack] = 1.2;
  EXPECT_THROW((void)reference_of(p, equal_stretches(p, 4)), InvalidInput);
}

}  // namespace
}  // namespace panj::spillover
