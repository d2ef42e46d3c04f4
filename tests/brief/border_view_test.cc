// SPDX-License-Identifier: Apache-2.0
#include "panj/brief/border_view.h"

#include <gtest/gtest.h>

namespace panj::brief {
namespace {

/// A border due east along 37°N; home is north of it.
struct ToyBorder {
  geo::BorderLine line{{.id = "toy", .source = "made up"}, {{68, 37}, {69, 37}, {70, 37}}};
  std::vector<geo::Stretch> stretches = geo::stretches_by_count(line.length_km(), 2);
  std::vector<Incident> incidents = {
      {.id = "north-west", .date = "2022-05-07", .label = "Rockets", .at = Position{68.2, 37.1}},
      {.id = "south-west", .date = "2024", .armed = false, .at = Position{68.4, 36.9}},
      {.id = "elsewhere", .date = "2019", .at = Position{68.0, 40.0}},
      {.id = "unknown", .date = "2020"}};

  ToyBorder() { place_incidents(incidents, line, stretches, geo::Side::left); }
};

TEST(PlaceIncidents, GivesChainageBankAndStretch) {
  const ToyBorder toy;
  EXPECT_NEAR(*toy.incidents[0].km, 0.2 * toy.line.length_km() / 2, 0.5);
  EXPECT_EQ(toy.incidents[0].bank, "near");
  EXPECT_EQ(toy.incidents[0].stretch, toy.stretches[0].id);
  EXPECT_EQ(toy.incidents[1].bank, "far");
}

TEST(PlaceIncidents, LeavesOutWhatHappenedElsewhereOrIsNotLocated) {
  const ToyBorder toy;
  for (const auto i : {2U, 3U}) {
    EXPECT_EQ(toy.incidents[i].km, std::nullopt);
    EXPECT_EQ(toy.incidents[i].stretch, std::nullopt);
  }
}

TEST(StretchesOf, CountsAndSaysWhatIsThere) {
  const ToyBorder toy;
  const auto views = stretches_of(toy.line, toy.stretches, toy.incidents);
  ASSERT_EQ(views.size(), 2U);
  EXPECT_EQ(views[0].incidents, 2U);
  EXPECT_EQ(views[0].armed, 1U);
  EXPECT_NE(views[0].readout.find("2 reported incidents, 1 of them armed"), std::string::npos);
  EXPECT_NE(views[1].readout.find("no reported incident."), std::string::npos);
}

TEST(StretchesOf, GeometryCoversTheLineWithoutGap) {
  const ToyBorder toy;
  const auto views = stretches_of(toy.line, toy.stretches, toy.incidents);
  EXPECT_EQ(views.front().geometry.front(), (Position{68, 37}));
  EXPECT_EQ(views.front().geometry.back(), views.back().geometry.front());
  EXPECT_EQ(views.back().geometry.back(), (Position{70, 37}));
}

}  // namespace
}  // namespace panj::brief
