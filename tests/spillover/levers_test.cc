// SPDX-License-Identifier: Apache-2.0
#include "panj/spillover/levers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "panj/core/problem.h"
#include "panj/spillover/schedule.h"
#include "spillover/world.h"

namespace panj::spillover {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

std::string problem_of(const LeverSettings& levers) {
  try {
    validate(levers, reference_world(), 24, "P9");
  } catch (const InvalidInput& error) {
    return error.what();
  }
  return {};
}

TEST(CumulativeRounding, AddsUpAndIsNested) {
  const std::vector<double> fine(12, 1.0);
  const std::vector<double> coarse(4, 3.0);
  for (const double offset : {0.0, 0.118, 0.5, 0.97}) {
    const auto parts = cumulative_rounding(7, fine, offset);
    const auto merged = cumulative_rounding(7, coarse, offset);
    EXPECT_EQ(std::accumulate(parts.begin(), parts.end(), 0.0), 7);
    for (std::size_t k = 0; k < 4; ++k) {
      EXPECT_EQ(parts[3 * k] + parts[3 * k + 1] + parts[3 * k + 2], merged[k]);
    }
  }
}

TEST(CumulativeRounding, KeepsAnExplicitPlan) {
  EXPECT_THAT(cumulative_rounding(6, {0, 3, 0, 1, 2}, 0.97), ElementsAre(0, 3, 0, 1, 2));
  EXPECT_THAT(cumulative_rounding(6, {0, 3, 0, 1, 2}, 0.0), ElementsAre(0, 3, 0, 1, 2));
}

TEST(Levers, OfAPackageSpreadAProgrammeOverItsYears) {
  const auto p = parameters_of(tajik_afghan());
  const auto levers = scenarios_of(tajik_afghan(), p, std::vector<std::string>{"P2"})[0].levers;
  ASSERT_EQ(levers.deliveries.size(), 5U);
  EXPECT_EQ(levers.deliveries.front().year, 2028) << "two years late";
  double sensors = 0;
  for (const Tranche& tranche : levers.deliveries) sensors += tranche.units[kSensor];
  EXPECT_EQ(sensors, 144);
  EXPECT_EQ(levers.slippage_years, 0.25);
}

TEST(Levers, OfAPackageDeliverAsItSays) {
  const auto p = parameters_of(tajik_afghan());
  theatre::Package package;
  package.programme = "full";
  package.slippage_years = 2;
  package.stretch_weights.assign(24, 0.0);
  package.stretch_weights[7] = 1;
  package.tranche_shares = {0.5, 0.3, 0.1, 0.1, 0};
  const LeverSettings levers = levers_of(p, package);
  validate(levers, p, 24, "P9");
  EXPECT_EQ(levers.slippage_years, 2);
  std::vector<double> sensors;
  for (const Tranche& tranche : levers.deliveries) {
    sensors.push_back(tranche.units[kSensor]);
    EXPECT_EQ(tranche.weights, package.stretch_weights);
  }
  EXPECT_THAT(sensors, ElementsAre(72, 43, 15, 14, 0)) << "144 in all";
  package.tranche_shares.assign(5, 0.2);
  theatre::Package equal = package;
  equal.tranche_shares.clear();
  EXPECT_EQ(levers_of(p, package), levers_of(p, equal));
}

TEST(Levers, OfAPackageShareByMember) {
  const auto p = parameters_of(tajik_afghan());
  theatre::Package package;
  const std::size_t giver = p.exposed == 0 ? 1 : 0;
  package.sharing_of[p.members[giver].id] = 0.95;
  const LeverSettings practised = practised_levers(p);
  LeverSettings levers = levers_of(p, package);
  const std::size_t link = giver * p.members.size() + p.exposed;
  EXPECT_EQ(levers.sharing[link], 0.95);
  levers.sharing[link] = practised.sharing[link];
  EXPECT_EQ(levers, practised) << "the others share as practised";
}

TEST(Levers, WhatAPackageDoesNotSetStaysAsPractised) {
  const auto p = parameters_of(tajik_afghan());
  const auto scenarios = scenarios_of(tajik_afghan(), p);
  EXPECT_EQ(scenarios[0].levers, practised_levers(p));
  const LeverSettings& combined = scenarios[7].levers;
  std::vector<std::string_view> moved;
  for (const Lever& lever : all_levers()) {
    if (lever.differs(combined, practised_levers(p))) moved.push_back(lever.name);
  }
  EXPECT_THAT(moved, ElementsAre("deliveries", "exercises", "sharing", "belt", "patrol", "reserves",
                                 "stance", "urging"));
}

TEST(Levers, EveryFaultIsReported) {
  LeverSettings levers = practised_levers(reference_world());
  levers.deliveries = {
      {2025, {1, 0, 0, 0}, {}}, {2027, {0, -5, 0.5, 0}, {}}, {2028, {1, 0, 0, 0}, {1, 1}}};
  levers.belt_cover = 1.5;
  levers.patrol_shares = {1, 2, 3};
  levers.slippage_years = 0;
  EXPECT_THAT(problem_of(levers),
              AllOf(HasSubstr("P9.deliveries[2025]: is due before measures start (must be due on 1 "
                              "January of 2026 or later"),
                    HasSubstr("P9.deliveries[2027].sensor: is -5 (must lie in [0"),
                    HasSubstr("P9.deliveries[2027].mobile: is 0.5 (must be whole units"),
                    HasSubstr("P9.deliveries[2028].weights: has 2 entries"),
                    HasSubstr("P9.belt_cover: is 1.5"), HasSubstr("P9.patrol_shares"),
                    HasSubstr("P9.slippage_years")));
}

TEST(Schedule, HoldsTwoExercisesAYearHoweverLongTheStep) {
  const Parameters p = reference_world();
  for (const int steps : {1, 4, 12, 52, 365}) {
    Settings settings = nine_years();
    settings.steps_per_year = steps;
    const Schedule schedule(p, equal_stretches(p, 4), settings, practised_levers(p));
    int exercises = 0;
    for (int k = 0; k < settings.steps(); ++k) exercises += schedule.step(k).exercises;
    EXPECT_EQ(exercises, 18) << steps;
  }
}

TEST(Schedule, ReleasesReservesUntilTheyAreExhausted) {
  const Parameters p = reference_world();
  LeverSettings levers = practised_levers(p);
  levers.reserves_released_per_year = 0.3;
  const Schedule schedule(p, equal_stretches(p, 4), nine_years(), levers);
  double released = 0;
  for (int k = 0; k < 108; ++k) released += schedule.step(k).released / 12;
  EXPECT_NEAR(released, 9.4, 1e-9);
  EXPECT_EQ(schedule.step(47).released, 0.0);
  EXPECT_EQ(schedule.step(107).released, 0.0);
}

TEST(Calendar, GivesEachStretchAReadinessOfItsOwnAndCostsWhatItSays) {
  const Parameters p = reference_world();
  const Geometry geometry = equal_stretches(p, 3);
  LeverSettings levers = practised_levers(p);
  levers.calendar = {{p.practice.start_year + 3.0 / 12, {0.5, 0.25, 0}, 7}};
  const Settings settings = nine_years();
  const Schedule schedule(p, geometry, settings, levers);
  const int held = static_cast<int>(std::lround(
      (p.practice.start_year + 3.0 / 12 - settings.first_year) * settings.steps_per_year));
  const StepInputs& step = schedule.step(held);
  EXPECT_EQ(step.exercises, 1);
  EXPECT_EQ(step.exercise_cost, 7);
  const double idle = step.readiness_on[2];
  EXPECT_NEAR(step.readiness_on[0], idle + 0.5 * (1 - idle), 1e-12);
  EXPECT_NEAR(step.readiness_on[1], idle + 0.25 * (1 - idle), 1e-12);
  EXPECT_NEAR(step.readiness,
              (step.readiness_on[0] + step.readiness_on[1] + step.readiness_on[2]) / 3, 1e-12);
  for (int k = 0; k < settings.steps(); ++k) {  // no others once measures bite
    const bool acts = schedule.step(k).start >= p.practice.start_year - 1e-6;
    if (acts && k != held) {
      EXPECT_EQ(schedule.step(k).exercises, 0) << k;
    }
  }
}

TEST(Calendar, ThatCannotBeIsRefused) {
  LeverSettings levers = practised_levers(reference_world());
  levers.calendar = {{1999, {0.5, 2}, -1}};
  EXPECT_THAT(problem_of(levers),
              AllOf(HasSubstr("calendar[0].time"), HasSubstr("calendar[0].cost"),
                    HasSubstr("calendar[0].lift")));
}

}  // namespace
}  // namespace panj::spillover
