// SPDX-License-Identifier: Apache-2.0
// The committed lines of the Tajik–Afghan border against lengths measured independently.
#include <gtest/gtest.h>

#include <filesystem>

#include "panj/core/random.h"
#include "panj/geo/line_reader.h"
#include "panj/geo/simplify.h"
#include "paths.h"

namespace panj::geo {
namespace {

namespace fs = std::filesystem;

BorderLine line(const std::string& name) {
  const fs::path folder = test::source_path("theatres/tajik-afghan/border");
  return read_border_line(folder / (name + ".geojson"), {.id = name, .source = name});
}

TEST(ReferenceLines, LengthOfTheOpenStreetMapLineByScale) {
  const BorderLine osm = line("osm");
  EXPECT_NEAR(osm.length_km(), 1347.8, 0.5);
  // Simplified again from the 100 m line; the reference simplified the full line on a plane.
  const std::vector<std::pair<double, double>> reference{
      {250, 1322.7}, {500, 1291.5}, {1000, 1244.3}, {5000, 1101.6}};
  for (const auto& [tolerance_m, expected_km] : reference) {
    const double length = length_km(simplified(osm.vertices(), tolerance_m));
    EXPECT_NEAR(length, expected_km, 1.0) << tolerance_m << " m";
  }
}

TEST(ReferenceLines, NaturalEarthIsAboutAnEighthShort) {
  EXPECT_NEAR(line("natural-earth").length_km(), 1170.2, 3.0);
}

TEST(ReferenceLines, TownsLieOnTheirBank) {
  const BorderLine osm = line("osm");
  // GeoNames: Panj, Khorugh, Ishqoshim, Dŭstí (Tajikistan, north); Imām Şāḩib, Nusay, Ashkāsham.
  for (const LonLat town : {LonLat{69.09911, 37.23634}, LonLat{71.55304, 37.48974},
                            LonLat{71.61331, 36.72484}, LonLat{68.66398, 37.34812}}) {
    EXPECT_EQ(osm.project(town).side, Side::left) << town.lon;
  }
  for (const LonLat town : {LonLat{68.93644, 37.18897}, LonLat{70.80413, 38.4435},
                            LonLat{71.53333, 36.68333}, LonLat{69.42126, 37.06588}}) {
    EXPECT_EQ(osm.project(town).side, Side::right) << town.lon;
  }
}

TEST(ReferenceLines, RoundTripAlongTheRealBorder) {
  const BorderLine osm = line("osm");
  RandomStream random(3, {});
  for (int i = 0; i < 5000; ++i) {
    const double chainage = osm.length_km() * random.uniform();
    const LonLat position = osm.locate(chainage);
    const LinePosition back = osm.project(position);
    ASSERT_LT(distance_km(osm.locate(back.chainage_km), position), 0.001);
    ASSERT_NEAR(back.chainage_km, chainage, 0.001);
  }
}

TEST(ReferenceLines, AgreesWithTheSharedLine) {
  const fs::path shared =
      test::source_path("../shared/data/border/tj_af_osm_simplified100m.geojson");
  if (!fs::exists(shared)) GTEST_SKIP() << "needs " << shared.filename() << " beside the project";
  const BorderLine theirs = read_border_line(shared, {.id = "shared", .source = ""});
  EXPECT_NEAR(line("osm").length_km(), theirs.length_km(), 0.5);
}

}  // namespace
}  // namespace panj::geo
