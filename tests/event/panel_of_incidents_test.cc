// SPDX-License-Identifier: Apache-2.0
#include "panj/event/panel_of_incidents.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>
#include <random>

#include "panj/core/problem.h"

namespace panj::event {
namespace {

using testing::ElementsAre;

Incident incident(Date first, Date last, int deaths, geo::LonLat at = {0.0, 0.0}) {
  Incident made;
  made.first = first;
  made.last = last;
  made.deaths = {.low = 0, .best = deaths, .high = deaths};
  made.place.country = "Tajikistan";
  made.place.admin1 = "Khatlon";
  made.place.coordinates = at;
  return made;
}

std::vector<double> series(const Panel& panel, const std::string& unit) {
  const auto values = panel.series(panel.find(unit).value());
  return {values.begin(), values.end()};
}

TEST(ShareOut, IsWholeAndLosesNothing) {
  EXPECT_THAT(share_out(10, {1, 1, 1}), ElementsAre(4, 3, 3));
  EXPECT_THAT(share_out(1, {10, 20}), ElementsAre(0, 1));
  EXPECT_THAT(share_out(0, {3}), ElementsAre(0));
  std::mt19937 engine(3);
  const auto random = [&](std::int64_t low, std::int64_t high) {
    return std::uniform_int_distribution<std::int64_t>(low, high)(engine);
  };
  for (int round = 0; round < 1000; ++round) {
    const std::vector<std::int64_t> weights = {random(1, 31), random(0, 31), random(0, 31)};
    const std::int64_t total = random(0, 100'000);
    const auto shares = share_out(total, weights);
    EXPECT_EQ(std::accumulate(shares.begin(), shares.end(), std::int64_t{0}), total);
  }
}

TEST(PanelOfIncidents, DealsAnIncidentOverSeveralMonthsOutByDays) {
  const Incident long_one = incident(make_date(2023, 10, 30), make_date(2023, 11, 8), 10);
  const auto built = [&](Allotment allotment) {
    PanelOfIncidents panel({.allotment = allotment, .from = Month(2023, 9), .to = Month(2023, 12)});
    panel.add(long_one);
    return series(panel.build(), "Tajikistan");
  };
  EXPECT_THAT(built(Allotment::days), ElementsAre(0, 2, 8, 0));
  EXPECT_THAT(built(Allotment::first), ElementsAre(0, 10, 0, 0));
  EXPECT_THAT(built(Allotment::last), ElementsAre(0, 0, 10, 0));
}

TEST(PanelOfIncidents, CountsByProvinceAndType) {
  PanelOfIncidents panel(
      {.by = UnitKind::province, .measure = Measure::count, .types = {IncidentType::one_sided}});
  Incident one = incident(make_date(2023, 1, 1), make_date(2023, 1, 1), 5);
  panel.add(one);
  one.type = IncidentType::one_sided;
  panel.add(one);
  panel.add(one);
  EXPECT_THAT(series(panel.build(), "Tajikistan: Khatlon"), ElementsAre(2));
}

TEST(PanelOfIncidents, LeavesCentroidsOutOfTheGrid) {
  PanelOfIncidents panel({.by = UnitKind::grid});
  Incident one = incident(make_date(2023, 1, 1), make_date(2023, 1, 1), 5, {36.558974, 35.763369});
  panel.add(one);
  one.place.precision = PlacePrecision::country;
  panel.add(one);
  EXPECT_THAT(series(panel.build(), "181154"), ElementsAre(5));  // as UCDP GED 23.1 has it
  EXPECT_EQ(panel.left_out(), 1U);
}

/// A border along the equator, 2° (222.6 km) long, and two incidents 0.2° and 1° north of it.
TEST(PanelOfIncidents, PutsIncidentsOnStretchesAndInDistanceBands) {
  const geo::BorderLine line({.id = "equator", .source = ""}, {{0.0, 0.0}, {2.0, 0.0}});
  const BorderUnits border{
      .line = line, .stretches = geo::stretches_by_count(line.length_km(), 2), .within_km = 50.0};
  const Date day = make_date(2023, 1, 1);
  for (const UnitKind by : {UnitKind::stretch, UnitKind::distance}) {
    PanelOfIncidents panel({.by = by, .border = border});
    panel.add(incident(day, day, 3, {1.5, 0.2}));
    panel.add(incident(day, day, 7, {0.5, 1.0}));
    const Panel built = panel.build();
    if (by == UnitKind::stretch) {
      EXPECT_THAT(series(built, "s01"), ElementsAre(0));
      EXPECT_THAT(series(built, "s02"), ElementsAre(3));
      EXPECT_EQ(panel.left_out(), 1U);
    } else {
      EXPECT_THAT(series(built, "10-25 km"), ElementsAre(3));
      EXPECT_THAT(series(built, "100-200 km"), ElementsAre(7));
      EXPECT_EQ(built.units().size(), 5U);
    }
  }
}

TEST(PanelOfIncidents, RefusesWhatMakesNoPanel) {
  EXPECT_THROW(PanelOfIncidents({.by = UnitKind::stretch}), InvalidInput);
  EXPECT_THROW(PanelOfIncidents({.from = Month(2023, 2), .to = Month(2023, 1)}), InvalidInput);
  EXPECT_TRUE(PanelOfIncidents({}).build().empty());
}

}  // namespace
}  // namespace panj::event
