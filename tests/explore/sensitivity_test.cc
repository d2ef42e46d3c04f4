// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/sensitivity.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "panj/explore/sampling.h"

namespace panj::explore {
namespace {

/// The first input moves the mean, the second only the spread, the third nothing.
std::vector<double> outputs_of(const Matrix& inputs) {
  std::vector<double> y;
  for (std::size_t i = 0; i < inputs.rows(); ++i) {
    const double noise = inputs(i, 3) - 0.5;
    y.push_back(inputs(i, 0) + 4 * inputs(i, 1) * noise);
  }
  return y;
}

TEST(Pawn, SeesChangesOfMeanAndOfSpreadAndNothingElse) {
  const Matrix inputs = latin_hypercube(2000, 4, 7);
  const Pawn result = pawn(inputs, outputs_of(inputs));
  EXPECT_GT(result.inputs[0].median, 1.5 * result.chance_level);
  EXPECT_GT(result.inputs[1].maximum, 2 * result.chance_level);
  EXPECT_LT(result.inputs[2].median, 1.2 * result.chance_level);
  EXPECT_GT(result.inputs[0].maximum, result.inputs[0].median);
}

TEST(Pawn, IsTheLargestPossibleWhenASliceDecidesTheOutput) {
  // y = u: the first of ten slices holds the lowest tenth, at distance 0.9; the middle ones 0.45 to
  // 0.5.
  const Matrix inputs = latin_hypercube(1000, 1, 1);
  const Pawn result = pawn(inputs, inputs.column(0));
  EXPECT_NEAR(result.inputs[0].maximum, 0.9, 1e-9);
  EXPECT_NEAR(result.inputs[0].median, 0.7, 1e-9);
}

TEST(Pawn, KnowsThatAmongManyUnrelatedInputsSomeLookRelated) {
  int above_one = 0;
  int above_all = 0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const Matrix sample = latin_hypercube(200, 51, seed);
    Matrix inputs(0, 50);
    for (std::size_t i = 0; i < sample.rows(); ++i) inputs.push_row(sample.row(i).first(50));
    const Pawn result = pawn(inputs, sample.column(50), {.seed = seed});
    double strongest = 0;
    for (const auto& input : result.inputs) strongest = std::max(strongest, input.median);
    above_one += strongest > result.chance_level ? 1 : 0;
    above_all += strongest > result.chance_level_of_all ? 1 : 0;
    EXPECT_GT(result.chance_level_of_all, result.chance_level);
  }
  EXPECT_GE(above_one, 7);  // 1 − 0.95⁵⁰ = 0.92 of the samples
  EXPECT_LE(above_all, 2);  // 0.05
}

TEST(RegionalSensitivity, FindsWhichInputDecidesAndWhichWay) {
  const Matrix inputs = latin_hypercube(1000, 2, 3);
  std::vector<bool> fails;
  for (std::size_t i = 0; i < inputs.rows(); ++i) fails.push_back(inputs(i, 0) > 0.75);
  const auto result = regional_sensitivity(inputs, fails);
  EXPECT_DOUBLE_EQ(result[0].distance, 1.0);
  EXPECT_LT(result[0].p_value, 1e-12);
  EXPECT_NEAR(result[0].shift, 0.5, 0.01);  // medians at 0.875 and 0.375
  EXPECT_LT(result[1].distance, 0.15);
  EXPECT_GT(result[1].p_value, 0.01);
}

TEST(RegionalSensitivity, IsZeroWhenItHappensEverywhere) {
  const Matrix inputs = latin_hypercube(10, 1, 3);
  const auto result = regional_sensitivity(inputs, std::vector<bool>(10, true));
  EXPECT_EQ(result[0].distance, 0.0);
  EXPECT_EQ(result[0].p_value, 1.0);
}

}  // namespace
}  // namespace panj::explore
