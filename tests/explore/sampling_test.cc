// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/sampling.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <vector>

namespace panj::explore {
namespace {

using testing::ElementsAre;

/// Which of `slices` equal slices each point falls into, sorted.
std::vector<int> slices_of(const Matrix& sample, std::size_t dimension, int slices) {
  std::vector<int> found;
  for (const double u : sample.column(dimension)) found.push_back(static_cast<int>(u * slices));
  std::ranges::sort(found);
  return found;
}

std::vector<int> each_once(int count) {
  std::vector<int> all(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) all[static_cast<std::size_t>(i)] = i;
  return all;
}

TEST(LatinHypercube, HasOnePointInEachSliceOfEachDimension) {
  const Matrix sample = latin_hypercube(97, 5, 3);
  for (std::size_t d = 0; d < 5; ++d) EXPECT_EQ(slices_of(sample, d, 97), each_once(97));
}

TEST(LatinHypercube, BelongsToItsSeed) {
  EXPECT_EQ(latin_hypercube(20, 3, 1), latin_hypercube(20, 3, 1));
  EXPECT_NE(latin_hypercube(20, 3, 1), latin_hypercube(20, 3, 2));
}

TEST(SobolSequence, IsThatOfJoeAndKuo) {
  // scipy.stats.qmc.Sobol(d=64, scramble=False), points 1, 2, 3, 7 and 13, which uses the same
  // direction numbers (new-joe-kuo-6).
  const Matrix sample = sobol_sequence(13, 64, Scrambling::none, 1);
  const auto seen = [&](std::size_t point) {
    std::vector<double> values;
    for (const std::size_t d : {0U, 1U, 2U, 9U, 31U, 63U}) values.push_back(sample(point - 1, d));
    return values;
  };
  EXPECT_THAT(seen(1), ElementsAre(0.5, 0.5, 0.5, 0.5, 0.5, 0.5));
  EXPECT_THAT(seen(2), ElementsAre(0.75, 0.25, 0.25, 0.75, 0.25, 0.75));
  EXPECT_THAT(seen(3), ElementsAre(0.25, 0.75, 0.75, 0.25, 0.75, 0.25));
  EXPECT_THAT(seen(7), ElementsAre(0.125, 0.625, 0.375, 0.875, 0.875, 0.375));
  EXPECT_THAT(seen(13), ElementsAre(0.8125, 0.6875, 0.8125, 0.4375, 0.4375, 0.0625));
}

TEST(SobolSequence, StaysBalancedUnderScrambling) {
  for (const auto scrambling : {Scrambling::digital_shift, Scrambling::owen}) {
    const Matrix sample = sobol_sequence(256, 40, scrambling, 11);
    for (std::size_t d = 0; d < 40; ++d) EXPECT_EQ(slices_of(sample, d, 256), each_once(256));
    // The first two dimensions form a (0, m, 2)-net: one point in each of 16 × 16 boxes.
    std::set<int> boxes;
    for (std::size_t i = 0; i < 256; ++i) {
      boxes.insert(static_cast<int>(sample(i, 0) * 16) * 16 + static_cast<int>(sample(i, 1) * 16));
    }
    EXPECT_EQ(boxes.size(), 256U);
  }
}

TEST(SobolSequence, OwenScramblingIntegratesBetterThanChance) {
  // The mean of Π 1.5 u^½ over five dimensions is 1; plain Monte Carlo of 4,096 has an error of
  // 0.008.
  for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
    const Matrix sample = sobol_sequence(4096, 5, Scrambling::owen, seed);
    double sum = 0;
    for (std::size_t i = 0; i < sample.rows(); ++i) {
      double product = 1;
      for (const double u : sample.row(i)) product *= 1.5 * std::sqrt(u);
      sum += product;
    }
    EXPECT_NEAR(sum / 4096, 1.0, 5e-4) << seed;
  }
}

}  // namespace
}  // namespace panj::explore
