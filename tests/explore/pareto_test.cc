// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/pareto.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "explore/tables.h"
#include "panj/explore/sampling.h"

namespace panj::explore {
namespace {

using testing::ElementsAre;

TEST(ParetoSet, KeepsWhatNothingDominates) {
  EXPECT_THAT(pareto_set(matrix_of({{1, 5}, {2, 2}, {3, 3}, {5, 1}, {2, 2}, {1, 6}})),
              ElementsAre(0, 1, 3));
}

TEST(Hypervolume, OfBoxesIsTheirUnion) {
  const std::vector<double> reference{4, 4};
  EXPECT_DOUBLE_EQ(hypervolume(matrix_of({{1, 3}, {3, 1}}), reference), 3 + 3 - 1);
  EXPECT_DOUBLE_EQ(hypervolume(matrix_of({{1, 3}, {3, 1}, {3.5, 3.5}, {0, 5}}), reference), 5);
  EXPECT_DOUBLE_EQ(hypervolume(Matrix(0, 2), reference), 0);
  const std::vector<double> cube{2, 2, 2};
  EXPECT_DOUBLE_EQ(hypervolume(matrix_of({{0, 1, 1}, {1, 0, 1}, {1, 1, 0}}), cube), 4);
}

TEST(Hypervolume, AgreesWithCountingPoints) {
  const Matrix front = latin_hypercube(12, 4, 3);
  const std::vector<double> reference(4, 1.0);
  const Matrix probes = sobol_sequence(1 << 16, 4, Scrambling::owen, 8);
  std::size_t covered = 0;
  for (std::size_t i = 0; i < probes.rows(); ++i) {
    for (std::size_t f = 0; f < front.rows(); ++f) {
      if (std::ranges::equal(front.row(f), probes.row(i), std::ranges::less_equal{})) {
        ++covered;
        break;
      }
    }
  }
  EXPECT_NEAR(hypervolume(front, reference), static_cast<double>(covered) / 65536, 0.002);
}

}  // namespace
}  // namespace panj::explore
