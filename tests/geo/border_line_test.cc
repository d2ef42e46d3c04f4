// SPDX-License-Identifier: Apache-2.0
#include "panj/geo/border_line.h"

#include <gtest/gtest.h>

#include <GeographicLib/Geodesic.hpp>
#include <GeographicLib/GeodesicLine.hpp>
#include <cmath>
#include <limits>

#include "panj/core/random.h"

namespace panj::geo {
namespace {

const std::vector<LonLat> kBend{{68.0, 37.0}, {69.0, 37.2}, {69.5, 38.0}, {70.5, 37.6}};

BorderLine bend() {
  return {{.id = "bend", .source = "test"}, kBend};
}

/// A wavy river of `count` vertices about 1 km apart.
BorderLine river(std::size_t count) {
  std::vector<LonLat> vertices;
  for (std::size_t i = 0; i < count; ++i) {
    const auto x = static_cast<double>(i);
    vertices.push_back({67.0 + 0.006 * x, 37.5 + 0.4 * std::sin(x / 40.0) + 0.01 * std::sin(x)});
  }
  return {{.id = "river", .source = "test"}, vertices};
}

double metres_between(LonLat a, LonLat b) {
  double metres = 0.0;
  GeographicLib::Geodesic::WGS84().Inverse(a.lat, a.lon, b.lat, b.lon, metres);
  return metres;
}

TEST(BorderLine, DropsNeighboursAtOnePlace) {
  const BorderLine line({.id = "x", .source = ""}, {{179, 10}, {180, 10}, {-180, 10}, {180, 11}});
  EXPECT_EQ(line.vertices().size(), 3U);
  EXPECT_LT(line.project({180, 10}).distance_km, 1e-6);
}

TEST(BorderLine, ChainageIsGeodesicLength) {
  double metres = 0.0;
  for (std::size_t i = 1; i < kBend.size(); ++i) metres += metres_between(kBend[i - 1], kBend[i]);
  EXPECT_NEAR(bend().length_km(), metres / 1000.0, 1e-9);
  EXPECT_EQ(bend().vertex_chainages_km().front(), 0.0);
}

TEST(BorderLine, StartsInTheWest) {
  std::vector<LonLat> reversed(kBend.rbegin(), kBend.rend());
  const BorderLine line({.id = "bend", .source = "test"}, reversed);
  EXPECT_EQ(line.vertices().front(), kBend.front());
}

TEST(BorderLine, DropsRepeatedVertices) {
  const BorderLine line({.id = "l", .source = ""}, {{1, 1}, {1, 1}, {2, 1}, {2, 1}});
  EXPECT_EQ(line.vertices().size(), 2U);
}

TEST(BorderLine, RoundTripIsBetterThanAMetre) {
  for (const BorderLine& line : {bend(), river(1000)}) {
    for (int i = 0; i <= 2000; ++i) {
      const double chainage = line.length_km() * i / 2000.0;
      const LonLat position = line.locate(chainage);
      const LinePosition back = line.project(position);
      ASSERT_NEAR(back.chainage_km, chainage, 0.001) << line.id();
      ASSERT_LT(back.distance_km, 0.001);
      ASSERT_LT(metres_between(line.locate(back.chainage_km), position), 1.0);
    }
  }
}

/// Every segment searched in 1,000 steps by GeographicLib alone.
double nearest_by_search_km(const BorderLine& line, LonLat position) {
  double nearest = std::numeric_limits<double>::infinity();
  const auto& geodesic = GeographicLib::Geodesic::WGS84();
  for (std::size_t i = 1; i < line.vertices().size(); ++i) {
    const LonLat a = line.vertices()[i - 1];
    const LonLat b = line.vertices()[i];
    const auto segment = geodesic.InverseLine(a.lat, a.lon, b.lat, b.lon);
    for (int step = 0; step <= 1000; ++step) {
      LonLat q;
      segment.Position(segment.Distance() * step / 1000.0, q.lat, q.lon);
      nearest = std::min(nearest, metres_between(q, position));
    }
  }
  return nearest / 1000.0;
}

TEST(BorderLine, ProjectFindsTheNearestPoint) {
  const BorderLine line = bend();
  RandomStream random(7, {});
  for (int i = 0; i < 40; ++i) {
    const LonLat position{66.0 + 6.0 * random.uniform(), 35.0 + 5.0 * random.uniform()};
    const double found = line.project(position).distance_km;
    const double searched = nearest_by_search_km(line, position);
    EXPECT_LE(found, searched + 1e-6);
    EXPECT_NEAR(found, searched, 0.01);
  }
}

TEST(BorderLine, PruningLosesNothing) {
  const BorderLine line = river(400);
  RandomStream random(8, {});
  for (int i = 0; i < 300; ++i) {
    const LonLat position{60.0 + 20.0 * random.uniform(), 30.0 + 15.0 * random.uniform()};
    double nearest = std::numeric_limits<double>::infinity();
    for (const LonLat vertex : line.vertices()) {
      nearest = std::min(nearest, metres_between(vertex, position) / 1000.0);
    }
    ASSERT_LE(line.project(position).distance_km, nearest + 1e-6);
  }
}

TEST(BorderLine, TellsTheBanks) {
  const BorderLine line = bend();
  EXPECT_EQ(line.project({68.5, 37.5}).side, Side::left);
  EXPECT_EQ(line.project({68.5, 36.8}).side, Side::right);
  // Beyond the tips of the bend, where the nearest point is a vertex.
  EXPECT_EQ(line.project({69.5, 38.3}).side, Side::left);
  EXPECT_EQ(line.project({69.1, 37.0}).side, Side::right);
  // Inside the bend.
  EXPECT_EQ(line.project({69.5, 37.8}).side, Side::right);
  EXPECT_EQ(line.project({68.95, 37.3}).side, Side::left);
}

TEST(BorderLine, PointsBeyondTheEndsFallOnTheEnds) {
  EXPECT_DOUBLE_EQ(bend().project({60.0, 36.0}).chainage_km, 0.0);
  EXPECT_DOUBLE_EQ(bend().project({80.0, 36.0}).chainage_km, bend().length_km());
}

TEST(BorderLine, SliceKeepsTheVerticesBetween) {
  const BorderLine line = bend();
  const auto piece = line.slice(10.0, line.vertex_chainages_km()[2] + 5.0);
  ASSERT_EQ(piece.size(), 4U);
  EXPECT_EQ(piece[1], kBend[1]);
  EXPECT_NEAR(length_km(piece), line.vertex_chainages_km()[2] - 5.0, 1e-6);
}

TEST(BorderLine, CrossesTheDateLine) {
  const BorderLine line({.id = "d", .source = ""}, {{-180.0, 65.0}, {-179.0, 66.0}});
  const LinePosition p = line.project({179.5, 65.5});
  EXPECT_LT(p.distance_km, 60.0);
}

}  // namespace
}  // namespace panj::geo
