// SPDX-License-Identifier: Apache-2.0
#include "panj/geo/travel.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>

#include "panj/core/file.h"
#include "panj/core/problem.h"

namespace panj::geo {
namespace {

/// A plain at the equator: 40 × 40 cells of 0.01 degrees.
Elevation plain() {
  Elevation elevation{
      .columns = 40, .rows = 40, .north_west = {10, 0.2}, .step_lon = 0.01, .step_lat = 0.01};
  elevation.metres.assign(1600, 100.0);
  return elevation;
}

TEST(WalkingHours, IsToblersFunction) {
  EXPECT_NEAR(1 / walking_hours_per_km(0), 5.037, 1e-3);
  EXPECT_NEAR(1 / walking_hours_per_km(-0.05), 6, 1e-12);
  EXPECT_GT(walking_hours_per_km(0.3), walking_hours_per_km(-0.3));
}

TEST(WalkingHours, OnAPlainIsTheStraightDistance) {
  const Elevation elevation = plain();
  const LonLat from = elevation.centre(20, 5);
  const auto hours = walking_hours(elevation, from);
  for (std::size_t row = 0; row < 40; row += 3) {
    for (std::size_t column = 0; column < 40; column += 3) {
      const double straight = distance_km(from, elevation.centre(row, column)) / 5.037;
      const double found = hours[elevation.cell(row, column)];
      EXPECT_GE(found, straight * (1 - 1e-3));
      EXPECT_LE(found, straight * 1.028 + 1e-9);
    }
  }
}

TEST(WalkingHours, CrossesARidgeByItsPass) {
  Elevation elevation = plain();
  for (std::size_t row = 0; row < 40; ++row) {
    if (row == 30) continue;  // the pass
    for (const std::size_t column : {19U, 20U, 21U}) {
      elevation.metres[elevation.cell(row, column)] = 3000;
    }
  }
  const auto hours = walking_hours(elevation, elevation.centre(10, 10));
  const double there = hours[elevation.cell(10, 30)];
  const double by_the_pass = (distance_km(elevation.centre(10, 10), elevation.centre(30, 20)) +
                              distance_km(elevation.centre(30, 20), elevation.centre(10, 30))) /
                             5.037;
  EXPECT_NEAR(there, by_the_pass, 0.06 * by_the_pass);
  const double over =
      2 * distance_km(elevation.centre(10, 17), elevation.centre(10, 19)) *
      walking_hours_per_km(2.9 / distance_km(elevation.centre(10, 17), elevation.centre(10, 19)));
  EXPECT_GT(over, there - by_the_pass);
}

TEST(WalkingHours, EntersNeitherGapsNorForbiddenGround) {
  Elevation elevation = plain();
  for (std::size_t row = 0; row < 40; ++row) {
    elevation.metres[elevation.cell(row, 20)] = std::numeric_limits<double>::quiet_NaN();
  }
  const auto hours = walking_hours(elevation, elevation.centre(10, 10));
  EXPECT_TRUE(std::isinf(hours[elevation.cell(10, 30)]));
  const auto fenced = walking_hours(plain(), plain().centre(10, 10),
                                    [](std::size_t cell) { return cell % 40 < 15; });
  EXPECT_TRUE(std::isinf(fenced[plain().cell(10, 15)]));
  EXPECT_TRUE(std::isfinite(fenced[plain().cell(10, 14)]));
}

TEST(WalkingHours, SlipThroughNoWallHoweverItRuns) {
  for (const std::size_t slope : {0U, 1U, 2U}) {  // of a wall, in columns a row
    Elevation elevation = plain();
    const std::size_t width = std::max<std::size_t>(1, slope);
    for (std::size_t row = 0; row < 40; ++row) {
      for (std::size_t c = 5 + slope * row; c < std::min<std::size_t>(40, 5 + slope * row + width);
           ++c) {
        elevation.metres[elevation.cell(row, c)] = std::numeric_limits<double>::quiet_NaN();
      }
    }
    const auto hours = walking_hours(elevation, elevation.centre(30, 1));
    EXPECT_TRUE(std::isfinite(hours[elevation.cell(39, 0)])) << slope;
    EXPECT_TRUE(std::isinf(hours[elevation.cell(0, 30)])) << slope;
  }
}

TEST(WalkingHours, LeadNowhereFromACellWithoutHeight) {
  Elevation elevation = plain();
  elevation.metres[elevation.cell(10, 10)] = std::numeric_limits<double>::quiet_NaN();
  const auto hours = walking_hours(elevation, elevation.centre(10, 10));
  EXPECT_TRUE(std::isinf(hours[elevation.cell(10, 11)]));
}

/// An ESRI ASCII grid: the simplest raster there is, here of 4 × 3 cells of a degree.
constexpr const char* kGrid =
    "ncols 4\nnrows 3\nxllcorner 68\nyllcorner 36\ncellsize 1\nNODATA_value -9999\n"
    "100 200 300 400\n500 600 700 800\n900 1000 1100 -9999\n";

TEST(Elevation, IsReadFromAnyRasterAndCutToTheBox) {
  const TemporaryFolder folder(std::filesystem::temp_directory_path() / "panj_elevation");
  const auto path = folder.path() / "grid.asc";
  std::ofstream(path) << kGrid;
  std::ofstream(folder.path() / "grid.prj") << "EPSG:4326\n";
  const Elevation all = read_elevation(path, {{60, 30}, {80, 45}});
  EXPECT_EQ(all.columns, 4U);
  EXPECT_EQ(all.rows, 3U);
  EXPECT_NEAR(all.metres[all.cell_at({68.5, 38.5})], 100, 1e-6);
  EXPECT_NEAR(all.metres[all.cell_at({70.5, 36.5})], 1100, 1e-6);
  EXPECT_TRUE(std::isnan(all.metres[all.cell_at({71.5, 36.5})]));
  const Elevation part = read_elevation(path, {{69, 37}, {71, 39}});
  EXPECT_EQ(part.columns, 2U);
  EXPECT_NEAR(part.metres[part.cell_at({69.5, 38.5})], 200, 1e-6);
}

TEST(Elevation, HasNoHeightBesideARasterThatLiesAskew) {
  const TemporaryFolder folder(std::filesystem::temp_directory_path() / "panj_askew");
  const auto path = folder.path() / "grid.vrt";
  std::ofstream grid(folder.path() / "grid.asc");
  grid << "ncols 40\nnrows 40\nxllcorner 0\nyllcorner 0\ncellsize 1\n";
  for (int cell = 0; cell < 1600; ++cell) grid << "500\n";
  grid.close();
  // In a projection, and without a number that stands for no data.
  std::ofstream(path) << R"(<VRTDataset rasterXSize="40" rasterYSize="40"><SRS>EPSG:32642</SRS>
    <GeoTransform>100000, 10000, 0, 4400000, 0, -10000</GeoTransform>
    <VRTRasterBand dataType="Int16" band="1"><SimpleSource>
      <SourceFilename relativeToVRT="1">grid.asc</SourceFilename></SimpleSource></VRTRasterBand>
    </VRTDataset>)";
  const Elevation elevation = read_elevation(path, {{60, 30}, {80, 45}});
  std::size_t bare = 0;
  for (const double height : elevation.metres) {
    bare += std::isnan(height) ? 1U : 0U;
    EXPECT_TRUE(std::isnan(height) || std::abs(height - 500) < 1e-6) << height;
  }
  EXPECT_GT(bare, 0U);
  EXPECT_LT(bare, elevation.metres.size() / 4);
}

TEST(Elevation, RefusesWhatIsNoRasterOrLiesElsewhere) {
  const TemporaryFolder folder(std::filesystem::temp_directory_path() / "panj_elevation");
  const auto path = folder.path() / "grid.asc";
  std::ofstream(path) << kGrid;
  std::ofstream(folder.path() / "grid.prj") << "EPSG:4326\n";
  EXPECT_EQ(to_string(raster_box(path)), "68.00–72.00 E, 36.00–39.00 N");
  try {
    (void)read_elevation(path, {{10, 10}, {11, 11}});
    FAIL() << "expected InvalidInput";
  } catch (const InvalidInput& error) {
    EXPECT_EQ(error.problems().front().what, "covers 68.00–72.00 E, 36.00–39.00 N");
    EXPECT_EQ(error.problems().front().why, "must lie over 10.00–11.00 E, 10.00–11.00 N");
  }
  try {
    (void)read_elevation(folder.path() / "none.tif", {{68, 36}, {70, 38}});
    FAIL() << "expected InvalidInput";
  } catch (const InvalidInput& error) {
    const std::string what = error.problems().front().what;
    EXPECT_GT(what.size(), std::string("cannot be read as a raster: ").size()) << what;
  }
}

}  // namespace
}  // namespace panj::geo
