// SPDX-License-Identifier: Apache-2.0
#include "panj/geo/simplify.h"

#include <gtest/gtest.h>

namespace panj::geo {
namespace {

TEST(Simplify, DropsWhatLiesWithinTheTolerance) {
  // 0.001° of latitude is about 111 m.
  const std::vector<LonLat> line{{68.0, 37.0}, {68.1, 37.001}, {68.2, 37.0}};
  EXPECT_EQ(simplified(line, 150.0).size(), 2U);
  EXPECT_EQ(simplified(line, 90.0), line);
}

TEST(Simplify, ToleranceZeroKeepsEveryBend) {
  const std::vector<LonLat> line{{68.0, 37.0}, {68.1, 37.1}, {68.2, 37.0}, {68.3, 37.2}};
  EXPECT_EQ(simplified(line, 0.0), line);
}

TEST(Simplify, CoarserIsNeverLonger) {
  std::vector<LonLat> line;
  line.reserve(500);
  for (int i = 0; i < 500; ++i) line.push_back({67.0 + 0.01 * i, 37.0 + 0.1 * ((i * 37) % 11)});
  double previous = length_km(line);
  for (const double tolerance : {100.0, 1000.0, 5000.0, 20000.0, 1e6}) {
    const double length = length_km(simplified(line, tolerance));
    EXPECT_LE(length, previous);
    previous = length;
  }
  EXPECT_EQ(simplified(line, 1e6).size(), 2U);
}

TEST(Simplify, ClosedLineKeepsItsFarthestPoint) {
  const std::vector<LonLat> loop{{68.0, 37.0}, {69.0, 37.0}, {69.0, 38.0}, {68.0, 37.0}};
  EXPECT_GE(simplified(loop, 1000.0).size(), 3U);
}

}  // namespace
}  // namespace panj::geo
