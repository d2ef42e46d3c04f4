// SPDX-License-Identifier: Apache-2.0
#include "panj/geo/line_reader.h"

#include <gtest/gtest.h>

#include <string>

#include "panj/core/file.h"
#include "panj/core/problem.h"

namespace panj::geo {
namespace {

namespace fs = std::filesystem;

fs::path with_content(const std::string& name, const std::string& content) {
  fs::path path = fs::path(testing::TempDir()) / name;
  write_file(path, content);
  return path;
}

std::string collection(const std::string& geometry) {
  return R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":)" +
         geometry + "}]}";
}

std::string refusal(const fs::path& path) {
  try {
    (void)read_border_line(path, {.id = "x", .source = ""});
  } catch (const InvalidInput& error) {
    return error.what();
  }
  return "accepted";
}

TEST(LineReader, JoinsPiecesInAnyOrderAndDirection) {
  const auto path =
      with_content("pieces.geojson", collection(R"({"type":"MultiLineString","coordinates":[
        [[70,37],[69,37.5]], [[71,38],[70,37]], [[68,37],[69,37.5]]]})"));
  const BorderLine line = read_border_line(path, {.id = "x", .source = "test"});
  ASSERT_EQ(line.vertices().size(), 4U);
  EXPECT_EQ(line.vertices().front(), (LonLat{68, 37}));
  EXPECT_EQ(line.vertices().back(), (LonLat{71, 38}));
}

TEST(LineReader, NamesTheGapBetweenPieces) {
  const auto path = with_content(
      "gap.geojson",
      collection(
          R"({"type":"MultiLineString","coordinates":[[[68,37],[69,37]],[[70,37],[71,37]]]})"));
  EXPECT_NE(refusal(path).find("89.0 km from the rest"), std::string::npos) << refusal(path);
}

TEST(LineReader, TransformsOtherCoordinateSystems) {
  const auto path = with_content("mercator.geojson", R"({"type":"FeatureCollection",
    "crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::3857"}},
    "features":[{"type":"Feature","properties":{},"geometry":{"type":"LineString",
    "coordinates":[[7569725.37,4439106.79],[7681044.86,4439106.79]]}}]})");
  const BorderLine line = read_border_line(path, {.id = "x", .source = ""});
  EXPECT_NEAR(line.vertices()[0].lon, 68.0, 1e-6);
  EXPECT_NEAR(line.vertices()[1].lon, 69.0, 1e-6);
  EXPECT_NEAR(line.vertices()[0].lat, 37.0, 1e-4);
}

TEST(LineReader, RefusesFormatsThatLeadToOtherFiles) {
  const auto line = with_content(
      "target.geojson", collection(R"({"type":"LineString","coordinates":[[68,37],[69,37]]})"));
  EXPECT_EQ(refusal(line), "accepted");
  const auto path = with_content("virtual.vrt",
                                 "<OGRVRTDataSource><OGRVRTLayer name=\"target\">"
                                 "<SrcDataSource>" +
                                     line.string() +
                                     "</SrcDataSource></OGRVRTLayer>"
                                     "</OGRVRTDataSource>");
  EXPECT_NE(refusal(path).find("cannot be read as a map layer"), std::string::npos)
      << refusal(path);
}

TEST(LineReader, ALineBetweenTwoNamesOfOnePlaceHasNoLength) {
  for (const char* points : {"[[180,10],[-180,10]]", "[[0,90],[50,90]]"}) {
    const std::string geometry =
        std::string(R"({"type":"LineString","coordinates":)") + points + "}";
    EXPECT_NE(refusal(with_content("one_place.geojson", collection(geometry))).find("no length"),
              std::string::npos)
        << points;
  }
}

TEST(LineReader, RefusesWhatIsNoLine) {
  EXPECT_NE(refusal("nowhere.geojson").find("no such file"), std::string::npos);
  EXPECT_NE(refusal(with_content("text.geojson", "hello")).find("cannot be read"),
            std::string::npos);
  EXPECT_NE(refusal(with_content("point.geojson",
                                 collection(R"({"type":"Point","coordinates":[68,37]})")))
                .find("holds no line"),
            std::string::npos);
  EXPECT_NE(
      refusal(with_content("north.geojson",
                           collection(R"({"type":"LineString","coordinates":[[68,37],[68,95]]})")))
          .find("latitude 95"),
      std::string::npos);
  EXPECT_NE(
      refusal(with_content("still.geojson",
                           collection(R"({"type":"LineString","coordinates":[[68,37],[68,37]]})")))
          .find("no length"),
      std::string::npos);
}

}  // namespace
}  // namespace panj::geo
