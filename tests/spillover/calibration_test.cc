// SPDX-License-Identifier: Apache-2.0
#include "panj/spillover/calibration.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <vector>

#include "panj/core/problem.h"
#include "spillover/world.h"

namespace panj::spillover {
namespace {

const std::vector<double> kReported{1, 2, 1, 3};

CalibrationOptions quick(unsigned threads = 0) {
  return {.draws = 16,
          .replicates = 8,
          .seed = 7,
          .threads = threads,
          .tolerance = 8,
          .stretches = 3,
          .progress = Progress::Output::silent};
}

TEST(DrawnAssumptions, AreThoseWithARange) {
  const auto& theatre = tajik_afghan();
  const auto drawn = drawn_assumptions(theatre);
  EXPECT_GT(drawn.size(), 50U);
  for (const DrawnAssumption& each : drawn) {
    const auto& of = theatre.assumptions[each.assumption];
    const std::size_t entry = each.shown(of);
    EXPECT_LT(of.low[entry], of.high[entry]) << of.key;
    EXPECT_NEAR(each.value(of, entry, 0), of.low[entry], 1e-9 * of.high[entry]) << of.key;
    EXPECT_NEAR(each.value(of, entry, 1), of.high[entry], 1e-9 * of.high[entry]) << of.key;
    EXPECT_EQ(each.entry.has_value(), !of.moves_together) << of.key;
  }
}

/// Any draw lies within the ranges, which parameters_of checks.
TEST(DrawnAssumptions, GiveParametersForAnyDraw) {
  const auto& theatre = tajik_afghan();
  const auto drawn = drawn_assumptions(theatre);
  for (const double place : {0.0, 0.37, 1.0}) {
    const std::vector<double> places(drawn.size(), place);
    EXPECT_NO_THROW(parameters_of(theatre, overrides_of(theatre, drawn, places))) << place;
  }
}

TEST(Calibrate, ComesNearerToTheReportsAndIsTheSameForAnyThreads) {
  const Calibration one = calibrate(tajik_afghan(), kReported, quick(1));
  ASSERT_EQ(one.years.size(), 4U);
  double before = 0;
  double after = 0;
  for (std::size_t y = 0; y < 4; ++y) {
    EXPECT_EQ(one.years[y].year, 2022 + static_cast<int>(y));
    EXPECT_EQ(one.years[y].reported, kReported[y]);
    before += one.years[y].before_mean;
    after += one.years[y].after_mean;
  }
  EXPECT_LT(std::abs(after - 7), std::abs(before - 7));  // 7 reported; ranges lean upwards
  EXPECT_EQ(one.level.reported, 7);
  EXPECT_NEAR(one.level.before_mean, before, 1e-9);  // every draw of this seed can be run
  EXPECT_NEAR(one.level.after_mean, after, 1e-9);
  EXPECT_LE(one.level.before.low, one.level.before_mean);
  EXPECT_LE(one.level.after_mean, one.level.after.high);
  EXPECT_FALSE(one.stages.empty());
  for (const CalibratedAssumption& each : one.assumptions) {
    EXPECT_LE(each.before.low, each.q05) << each.key;
    EXPECT_LE(each.q05, each.q95) << each.key;
    EXPECT_LE(each.q95, each.before.high) << each.key;
  }
  EXPECT_EQ(calibrate(tajik_afghan(), kReported, quick(2)).digest, one.digest);
  EXPECT_EQ(calibrate(tajik_afghan(), kReported, quick(3)).digest, one.digest);
}

TEST(Calibrate, WantsACountForEachReferenceYear) {
  EXPECT_THROW(calibrate(tajik_afghan(), std::vector<double>{1, 2}, quick()), InvalidInput);
}

}  // namespace
}  // namespace panj::spillover
