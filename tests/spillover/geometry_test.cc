// SPDX-License-Identifier: Apache-2.0
#include "panj/spillover/geometry.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "panj/core/problem.h"
#include "spillover/world.h"

namespace panj::spillover {
namespace {

TEST(Geometry, CutsTwentyFourStretchesIntoTwentySevenSegments) {
  const Geometry g = equal_stretches(reference_world(), 24);
  EXPECT_EQ(g.segments.size(), 27U);
  EXPECT_NEAR(g.stretches[3].length_km(), 56.0, 1e-9);
}

TEST(Geometry, CuttingFinerKeepsTotals) {
  const Parameters p = reference_world();
  const Geometry coarse = equal_stretches(p, 1);
  for (const std::size_t count : {6U, 24U, 96U, 300U}) {
    const Geometry fine = equal_stretches(p, count);
    for (std::size_t z = 0; z < p.zones.size(); ++z) {
      EXPECT_NEAR(fine.zone_weight[z], coarse.zone_weight[z], 1e-9);
    }
  }
  // 0.40 of the border at 1 and 0.30 at 0.35 in the eastern zone.
  EXPECT_NEAR(coarse.zone_weight[3], 1344 * (0.40 + 0.30 * 0.35), 1e-9);
}

TEST(Geometry, TheTheatresChainagesAreScaledToTheStatedLength) {
  const Parameters p = parameters_of(tajik_afghan());
  const Geometry g = geometry_of(tajik_afghan(), p);
  EXPECT_EQ(g.size(), 24U);
  EXPECT_NEAR(g.stretches.back().to_km, 1344.0, 1e-9);
}

TEST(Geometry, TakesOnlySoManyStretches) {
  Parameters p = reference_world();
  EXPECT_THROW((void)equal_stretches(p, 0), InvalidInput);
  EXPECT_THROW((void)equal_stretches(p, 301), InvalidInput);
  p.border_km = 10;
  EXPECT_THROW((void)equal_stretches(p, 11), InvalidInput);
  EXPECT_EQ(equal_stretches(p, 10).size(), 10U);
}

TEST(Neighbourhood, IsTheKernelOfItsDefinition) {
  const Geometry g = equal_stretches(reference_world(), 7);
  const Neighbourhood near(g, 80);
  for (std::size_t j = 0; j < 7; ++j) {
    std::vector<double> one(7, 0.0);
    one[j] = 1;
    const std::vector<double> column = near.apply(one);
    EXPECT_NEAR(std::accumulate(column.begin(), column.end(), 0.0), 1.0, 1e-14);
    for (std::size_t i = 0; i < 7; ++i) {
      const double distance = std::abs(g.stretches[i].middle_km() - g.stretches[j].middle_km());
      EXPECT_NEAR(
          column[i] / column[j],
          g.stretches[i].length_km() / g.stretches[j].length_km() * std::exp(-distance / 80),
          1e-14);
    }
  }
}

}  // namespace
}  // namespace panj::spillover
