// SPDX-License-Identifier: Apache-2.0
#include "panj/forecast/features.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "forecast/worlds.h"
#include "panj/core/file.h"
#include "panj/core/problem.h"

namespace panj::forecast {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// EWMA by its definition: Σ ½^((t − s)/h) v(y_s) / Σ ½^((t − s)/h) over known months s ≤ t.
template <class Value>
double ewma(const std::vector<double>& series, std::size_t t, double half_life, Value value) {
  double sum = 0;
  double weight = 0;
  for (std::size_t s = 0; s <= t; ++s) {
    if (std::isnan(series[s])) continue;
    const double w = std::exp2(-static_cast<double>(t - s) / half_life);
    sum += w * value(series[s]);
    weight += w;
  }
  return sum / weight;
}

TEST(FeatureTable, FollowsItsDefinition) {
  const std::vector<double> a = {0, 30, kUnknown, 2, 0, 0};
  const std::vector<double> b = {1, 0, 0, 9, 100, 4};
  const auto panel = world(Month(2000, 1), {{"A", a}, {"B", b}, {"C", {0, 0, 0, 0, 0, 0}}});
  Neighbours neighbours;
  neighbours.add("A", "B");
  const FeatureTable table(History(panel, panel.last()), neighbours,
                           {Month(2000, 2), Month(2000, 6)});
  const auto same = [](double y) { return y; };
  const auto logs = [](double y) { return std::log1p(y); };
  for (const std::size_t m : {std::size_t{0}, std::size_t{1}}) {
    const std::size_t t = m == 0 ? 1 : 5;
    const Features& f = table.at(m, 0);
    EXPECT_NEAR(f[0], std::log1p(ewma(a, t, 1.5, same)), 1e-12);
    EXPECT_NEAR(f[4], std::log1p(ewma(a, t, 120, same)), 1e-12);
    EXPECT_NEAR(f[6], ewma(a, t, 4, logs), 1e-12);
    EXPECT_NEAR(f[11], ewma(a, t, 12, [](double y) { return y >= 1 ? 1.0 : 0.0; }), 1e-12);
    EXPECT_NEAR(f[14], ewma(a, t, 6, [](double y) { return y >= 25 ? 1.0 : 0.0; }), 1e-12);
    EXPECT_NEAR(f[17], std::log1p(ewma(b, t, 4, same)), 1e-12);
    EXPECT_NEAR(f[18], std::log1p(ewma(b, t, 36, same)), 1e-12);
  }
  EXPECT_NEAR(table.at(1, 0)[16], std::log1p(2.0), 1e-12);    // two months since April
  EXPECT_NEAR(table.at(1, 2)[16], std::log1p(240.0), 1e-12);  // never
  EXPECT_EQ(table.at(1, 2)[17], 0);                           // no neighbour
  EXPECT_EQ(table.observed(1, 0), 5);
}

TEST(Neighbours, OfCountriesAreSymmetricAndKnown) {
  const Neighbours& countries = Neighbours::of_countries();
  EXPECT_TRUE(countries.are("Afghanistan", "Tajikistan"));
  EXPECT_TRUE(countries.are("Tajikistan", "Afghanistan"));
  EXPECT_TRUE(countries.are("Congo, DRC", "Rwanda"));
  EXPECT_FALSE(countries.are("Afghanistan", "India"));
  EXPECT_FALSE(countries.are("Russia", "Tajikistan"));
  EXPECT_GT(countries.pairs(), 280U);
  EXPECT_LT(countries.pairs(), 340U);
}

TEST(Neighbours, AreReadFromAFile) {
  const TemporaryFolder folder(testing::TempDir());
  const auto path = folder.path() / "pairs.csv";
  std::ofstream(path) << "one,other\nnorth,middle\nmiddle,south\n";
  const Neighbours neighbours = Neighbours::from_csv(path);
  const std::vector<std::string> units = {"south", "north", "middle", "far"};
  EXPECT_THAT(neighbours.among(units),
              ElementsAre(ElementsAre(2U), ElementsAre(2U), ElementsAre(0U, 1U), ElementsAre()));
}

TEST(Neighbours, OfAChainAreTheOnesBeforeAndAfter) {
  const std::vector<std::string> stretches = {"S02", "S01", "S03"};
  const Neighbours neighbours = Neighbours::of_chain(stretches);
  EXPECT_EQ(neighbours.pairs(), 2U);
  EXPECT_TRUE(neighbours.are("S01", "S02"));
  EXPECT_TRUE(neighbours.are("S01", "S03"));
  EXPECT_FALSE(neighbours.are("S02", "S03"));
}

TEST(Neighbours, OfGridCellsShareAnEdgeOrACorner) {
  // 720 cells to a row: 1441 is the first of the third row, 2160 the last.
  const std::vector<std::string> cells = {"1441", "1442", "2160",  "2161", "2162",  "2163",
                                          "2880", "1442", "Kabul", "0",    "259201"};
  const Neighbours neighbours = Neighbours::of_grid(cells);
  for (const char* beside : {"1442", "2160", "2161", "2162", "2880"}) {
    EXPECT_TRUE(neighbours.are("1441", beside)) << beside;
  }
  EXPECT_FALSE(neighbours.are("1441", "2163"));
  EXPECT_TRUE(neighbours.are("1442", "2163"));
  EXPECT_TRUE(neighbours.are("2160", "2161"));  // over the meridian, one row on
  EXPECT_FALSE(neighbours.are("1442", "2160"));
  for (const char* none : {"Kabul", "0", "259201"}) {
    EXPECT_FALSE(neighbours.are("1441", none)) << none;
  }
}

TEST(Neighbours, NameEveryBadRow) {
  const TemporaryFolder folder(testing::TempDir());
  const auto path = folder.path() / "pairs.csv";
  std::ofstream(path) << "one,other\nnorth\nsouth,south\n,x\n";
  try {
    (void)Neighbours::from_csv(path);
    FAIL() << "expected InvalidInput";
  } catch (const InvalidInput& error) {
    EXPECT_EQ(error.problems().size(), 3U);
    EXPECT_THAT(error.what(), HasSubstr(":3: 'south' beside itself"));
  }
}

}  // namespace
}  // namespace panj::forecast
