// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/prim.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "panj/core/random.h"
#include "panj/explore/case_table.h"
#include "panj/explore/sampling.h"
#include "paths.h"

namespace panj::explore {
namespace {

/// Real inputs from the columns of a sample.
std::vector<PrimInput> reals(const Matrix& sample) {
  std::vector<PrimInput> inputs;
  for (std::size_t d = 0; d < sample.columns(); ++d) {
    inputs.push_back(
        {.name = std::string(1, static_cast<char>('a' + d)), .values = sample.column(d)});
  }
  return inputs;
}

TEST(Prim, GivesTheBoxOfEmaWorkbenchOnItsReferenceData) {
  const std::filesystem::path file =
      test::source_path("../shared/data/explore/bryant_lempert_882.csv");
  if (!std::filesystem::exists(file)) GTEST_SKIP() << file << " is not there";
  const CaseTable table = read_case_table(file);
  const auto of_interest = cases_of_interest(table, "Greater than 90%", Side::above, 0.5);
  const InputChoice choice = choose_inputs(table, "Greater than 90%", of_interest, {});
  EXPECT_EQ(choice.inputs.size(), 9U);
  const auto steps = find_box(choice.inputs, of_interest, {.peel_alpha = 0.1});
  ASSERT_GT(steps.size(), 21U);
  EXPECT_EQ(steps[0].of_interest, 89U);
  EXPECT_NEAR(steps[21].coverage, 0.7528, 5e-5);
  EXPECT_NEAR(steps[21].density, 0.7701, 5e-5);
  EXPECT_EQ(steps[21].limits.size(), 4U);
}

TEST(Prim, FindsAPlantedBox) {
  const Matrix sample = sobol_sequence(2048, 5, Scrambling::owen, 3);
  std::vector<bool> of_interest;
  for (std::size_t i = 0; i < sample.rows(); ++i) {
    of_interest.push_back(sample(i, 1) > 0.6 && sample(i, 3) < 0.5);
  }
  const auto inputs = reals(sample);
  const auto steps = find_box(inputs, of_interest, {.minimum_mass = 0.1});
  const auto box = choose_box(inputs, of_interest, steps);
  ASSERT_TRUE(box.has_value());
  ASSERT_EQ(box->limits.size(), 2U);
  EXPECT_EQ(box->limits[0].input, 1U);
  EXPECT_NEAR(box->limits[0].low, 0.6, 0.03);
  EXPECT_EQ(box->limits[1].input, 3U);
  EXPECT_NEAR(box->limits[1].high, 0.5, 0.03);
  EXPECT_GT(box->coverage, 0.9);
  EXPECT_GT(box->density, 0.9);
  EXPECT_LT(*box->limits[0].quasi_p_low, 1e-20);
  EXPECT_FALSE(box->limits[0].quasi_p_high.has_value());
}

TEST(Prim, PeelsTheSideThatRaisesTheMeanMostForEachCaseLost) {
  // Of 0 … 9 only 8 and 9 are of interest. A tenth of ten cases is cut between 0 and 1.
  const std::vector<PrimInput> inputs{
      {.name = "x", .values = {0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5}}};
  std::vector<bool> of_interest(10, false);
  of_interest[8] = of_interest[9] = true;
  const auto steps = find_box(inputs, of_interest, {.peel_alpha = 0.1});
  EXPECT_EQ(steps[1].cases, 9U);
  EXPECT_DOUBLE_EQ(steps[1].limits[0].low, 1.0);
  EXPECT_EQ(steps.back().cases, 2U);
  EXPECT_DOUBLE_EQ(steps.back().density, 1.0);
  EXPECT_DOUBLE_EQ(steps.back().coverage, 1.0);
  // With the limit 2 of 2, without it 2 of 10: the chance of 2 of 2 at density 0.2.
  EXPECT_NEAR(*steps.back().limits[0].quasi_p_low, 0.04, 1e-12);
}

TEST(Prim, PeelsWholeNumbersAtNumbersAndCategoriesOneByOne) {
  PrimInput number{.name = "n", .kind = InputKind::integer, .values = {}};
  PrimInput region{
      .name = "r", .kind = InputKind::category, .values = {}, .categories = {"A", "B", "C"}};
  std::vector<bool> of_interest;
  for (int i = 0; i < 300; ++i) {
    number.values.push_back(i % 5);
    region.values.push_back(i / 5 % 3);
    of_interest.push_back(i % 5 >= 3 && i / 5 % 3 == 1);
  }
  const std::vector<PrimInput> inputs{number, region};
  const auto steps = find_box(inputs, of_interest, {.peel_alpha = 0.1});
  const Box& last = steps.back();
  EXPECT_DOUBLE_EQ(last.density, 1.0);
  EXPECT_DOUBLE_EQ(last.coverage, 1.0);
  ASSERT_EQ(last.limits.size(), 2U);
  EXPECT_EQ(last.limits[0].low, 3.0);
  EXPECT_EQ(last.limits[1].categories, 0b010U);
}

TEST(Prim, TrajectoryLosesMassAndWinsDensityWhilePeeling) {
  const Matrix sample = latin_hypercube(400, 3, 9);
  std::vector<bool> of_interest;
  for (std::size_t i = 0; i < 400; ++i) {
    of_interest.push_back(sample(i, 0) + 0.3 * sample(i, 1) > 0.9);
  }
  const auto steps = find_box(reals(sample), of_interest);
  for (std::size_t i = 1; i < steps.size(); ++i) {
    if (steps[i].step != BoxStep::peel) continue;
    EXPECT_LT(steps[i].cases, steps[i - 1].cases);
    EXPECT_GT(steps[i].density, steps[i - 1].density);
    EXPECT_GE(steps[i].mass, 0.05);
  }
}

TEST(Prim, CountsWhatTheLimitsSay) {
  const Matrix sample = latin_hypercube(500, 3, 2);
  std::vector<bool> of_interest;
  for (std::size_t i = 0; i < 500; ++i) of_interest.push_back(sample(i, 2) > 0.8);
  const auto inputs = reals(sample);
  for (const Box& box : find_box(inputs, of_interest)) {
    std::size_t cases = 0;
    std::size_t hits = 0;
    for (std::size_t i = 0; i < 500; ++i) {
      if (!contains(box, inputs, i)) continue;
      ++cases;
      hits += of_interest[i] ? 1U : 0U;
    }
    EXPECT_EQ(cases, box.cases);
    EXPECT_EQ(hits, box.of_interest);
    const Box measured = measure_box(inputs, of_interest, box.limits);
    EXPECT_EQ(measured.cases, box.cases);
    for (std::size_t k = 0; k < box.limits.size(); ++k) {
      EXPECT_EQ(measured.limits[k].quasi_p_low, box.limits[k].quasi_p_low);
      EXPECT_EQ(measured.limits[k].quasi_p_high, box.limits[k].quasi_p_high);
    }
  }
}

TEST(Prim, LooksElsewhereForTheNextBox) {
  const Matrix sample = sobol_sequence(1024, 2, Scrambling::owen, 5);
  std::vector<bool> of_interest;
  for (std::size_t i = 0; i < sample.rows(); ++i) {
    of_interest.push_back(sample(i, 0) > 0.8 || sample(i, 1) > 0.8);
  }
  const auto inputs = reals(sample);
  const Box first = find_box(inputs, of_interest).back();
  std::vector<bool> left_out;
  for (std::size_t i = 0; i < sample.rows(); ++i) left_out.push_back(contains(first, inputs, i));
  const auto steps = find_box(inputs, of_interest, {}, left_out);
  EXPECT_NE(first.limits[0].input, steps.back().limits[0].input);
  for (const Box& box : steps) {
    std::size_t cases = 0;
    for (std::size_t i = 0; i < sample.rows(); ++i) {
      cases += !left_out[i] && contains(box, inputs, i) ? 1U : 0U;
    }
    EXPECT_EQ(cases, box.cases);
  }
}

/// Cases of interest at `outside` of all, at `inside` where the first input is above 0.6 and the
/// second below 0.5.
std::vector<bool> drawn_cases(const Matrix& sample, double inside, double outside,
                              std::uint64_t seed) {
  std::vector<bool> of_interest;
  RandomStream random(seed, {.replicate = 0, .kind = 1, .entity = 1});
  for (std::size_t i = 0; i < sample.rows(); ++i) {
    const bool is_inside = sample(i, 0) > 0.6 && sample(i, 1) < 0.5;
    of_interest.push_back(random.uniform() < (is_inside ? inside : outside));
  }
  return of_interest;
}

TEST(Prim, FindsAPlantedBoxWhereMostCasesAreOfInterestAnyway) {
  const Matrix sample = latin_hypercube(800, 20, 4);
  const auto inputs = reals(sample);
  const auto of_interest = drawn_cases(sample, 0.98, 0.52, 5);
  const auto all = std::ranges::count(of_interest, true);
  ASSERT_NEAR(static_cast<double>(all) / 800, 0.6, 0.05);
  const auto box = find_telling_box(inputs, of_interest);
  ASSERT_TRUE(box.has_value());
  ASSERT_EQ(box->limits.size(), 2U);
  EXPECT_EQ(box->limits[0].input, 0U);
  EXPECT_NEAR(box->limits[0].low, 0.6, 0.1);
  EXPECT_EQ(box->limits[1].input, 1U);
  EXPECT_NEAR(box->limits[1].high, 0.5, 0.1);
  EXPECT_GT(box->density, 0.8);  // half of the way from 0.6 to 1
}

// At one box in twenty samples of noise, more than 7 in 60 have a chance of 1.5 % (binomial).
TEST(Prim, HardlyEverFindsABoxInNoise) {
  unsigned found = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const Matrix sample = latin_hypercube(300, 20, seed);
    const auto inputs = reals(sample);
    const auto of_interest = drawn_cases(sample, 0.6, 0.6, seed);
    found += find_telling_box(inputs, of_interest) ? 1U : 0U;
  }
  EXPECT_LE(found, 7U);
}

TEST(Prim, StaysWithTheStartWhenNothingTellsCasesApart) {
  const std::vector<PrimInput> inputs{{.name = "x", .values = std::vector<double>(50, 1.0)}};
  std::vector<bool> of_interest(50, false);
  of_interest[3] = true;
  const auto steps = find_box(inputs, of_interest);
  EXPECT_EQ(steps.size(), 1U);
  EXPECT_FALSE(choose_box(inputs, of_interest, steps).has_value());
}

}  // namespace
}  // namespace panj::explore
