// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/lake.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "panj/core/problem.h"
#include "panj/explore/case_table.h"
#include "panj/explore/lake_model.h"
#include "panj/explore/lake_search.h"
#include "panj/sim/model.h"
#include "panj/sim/vector_units.h"
#include "paths.h"

namespace panj::explore {
namespace {

static_assert(sim::Model<LakeModel>);

const LakePolicy kPolicy{.c1 = 0.36, .c2 = 0.30, .r1 = 1.17, .r2 = 0.30, .w1 = 0.63};

TEST(Lake, CriticalLevelIsTheRootInClosedForm) {
  // For q = 2: bX² − X + b = 0.
  EXPECT_NEAR(critical_level(0.4, 2), (1 - std::sqrt(1 - 4 * 0.16)) / 0.8, 1e-12);
  EXPECT_NEAR(critical_level(0.42, 2), (1 - std::sqrt(1 - 4 * 0.1764)) / 0.84, 1e-12);
  EXPECT_THROW(critical_level(0.9, 2), InvalidInput);
}

TEST(Lake, ReproducesThePublishedArchive) {
  const std::filesystem::path file =
      test::source_path("../shared/data/explore/lake_dps_archive_seed114.csv");
  if (!std::filesystem::exists(file)) GTEST_SKIP() << file << " is not there";
  const CaseTable archive = read_case_table(file);
  const auto at = [&](const char* name, std::size_t row) { return archive.find(name).values[row]; };
  const Lake lake({.samples = 20000});
  for (std::size_t i = 0; i < archive.rows(); ++i) {
    const LakeOutcome outcome =
        lake.evaluate({at("c1", i), at("c2", i), at("r1", i), at("r2", i), at("w1", i)});
    // The archive has 100 samples: four standard errors of a mean over so many. A state jumps by 2
    // when the lake tips, a share of years reliable by 1.
    EXPECT_NEAR(outcome.max_p, at("max_p", i), 0.4) << i;
    EXPECT_NEAR(outcome.utility, at("utility", i), 0.12) << i;
    EXPECT_NEAR(outcome.inertia, at("inertia", i), 0.02) << i;
    EXPECT_NEAR(outcome.reliability, at("reliability", i), 0.16) << i;
  }
}

/// The mean over replicates of one cell of one outcome, run step by step.
double mean_of(const LakeModel& model, std::size_t samples, std::size_t outcome,
               std::size_t cell = 0) {
  const sim::Lanes lanes{1, 0, samples};
  auto state = model.start(lanes);
  for (int step = 0; step < model.steps(); ++step) model.advance(state, lanes, step);
  sim::OutcomeBlock block(model.outcomes(), lanes);
  model.write_outcomes(state, lanes, block);
  double sum = 0;
  for (std::size_t lane = 0; lane < samples; ++lane) sum += block.row(outcome, cell)[lane];
  return sum / static_cast<double>(samples);
}

TEST(Lake, AgreesWithTheModelRunStepByStep) {
  for (const double recycling : {2.0, 2.5}) {
    const LakeSettings settings{.recycling = recycling, .samples = 101, .years = 40};
    const LakeModel model(settings, kPolicy);
    const LakeOutcome outcome = Lake(settings).evaluate(kPolicy);
    EXPECT_NEAR(outcome.utility, mean_of(model, 101, 1), 1e-12);
    EXPECT_NEAR(outcome.inertia, mean_of(model, 101, 2), 1e-12);
    EXPECT_NEAR(outcome.reliability, mean_of(model, 101, 3), 1e-12);
    double max_p = 0;
    for (std::size_t y = 0; y < 40; ++y) max_p = std::max(max_p, mean_of(model, 101, 0, y));
    EXPECT_NEAR(outcome.max_p, max_p, 1e-12);
  }
}

TEST(Lake, KnowsTheUtilityOfAFixedRelease) {
  // Far from both centres a is cut off at 0.1 for ever: 0.41 · 0.1 · Σ 0.98^t.
  const LakePolicy always_most{.c1 = -2, .c2 = -2, .r1 = 0.1, .r2 = 0.1, .w1 = 0.5};
  const LakeOutcome outcome = Lake({}).evaluate(always_most);
  EXPECT_NEAR(outcome.utility, 0.041 * (1 - std::pow(0.98, 100)) / 0.02, 1e-12);
  EXPECT_DOUBLE_EQ(outcome.inertia, 0.99);
  EXPECT_LT(outcome.reliability, 0.2);  // the lake tips over within some years
}

TEST(Lake, GivesTheSameOnAnyVectorUnits) {
  const Lake lake({});
  const sim::VectorUnits own = sim::vector_units();
  const LakeOutcome best = lake.evaluate(kPolicy);
  sim::use_vector_units(sim::VectorUnits::baseline);
  EXPECT_EQ(lake.evaluate(kPolicy), best);
  sim::use_vector_units(own);
}

TEST(LakeSearch, ImprovesUntilItHoldsAVariedArchive) {
  const Lake lake({.samples = 20, .years = 50});
  const SearchResult found = search_lake(lake, 4000, 7);
  EXPECT_GT(found.record.back().hypervolume, 1.1 * found.record.front().hypervolume);
  EXPECT_GT(found.objectives.rows(), 10U);
  EXPECT_EQ(search_lake(lake, 4000, 7, 3).objectives, found.objectives);
}

}  // namespace
}  // namespace panj::explore
