// SPDX-License-Identifier: Apache-2.0
#include "panj/forecast/tally.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <vector>

#include "panj/core/random.h"

namespace panj::forecast {
namespace {

std::vector<double> poisson_sample(double mean) {
  std::vector<double> sample;
  for (int i = 0; i < 1000; ++i) {
    sample.push_back(static_cast<double>(poisson_quantile((i + 0.5) / 1000, mean)));
  }
  return sample;
}

TEST(PitHistogram, IsFlatForTheTruth) {
  PitHistogram pit;
  RandomStream random(1, {.kind = 1});
  const auto sample = poisson_sample(3);
  for (int i = 0; i < 4000; ++i) pit.add(sample, static_cast<double>(draw_poisson(random, 3)));
  for (const double mass : pit.mass) EXPECT_NEAR(mass, 200, 4 * std::sqrt(200.0));
  EXPECT_NEAR(std::accumulate(pit.mass.begin(), pit.mass.end(), 0.0), 4000, 1e-6);
}

TEST(PitHistogram, PutsOutcomesBeyondAllDrawsAtTheEnds) {
  PitHistogram pit;
  pit.add(std::vector<double>{1, 2, 3}, 9);
  EXPECT_DOUBLE_EQ(pit.mass.back() > 0 ? 1 : 0, 1);
  pit.add(std::vector<double>{1, 2, 3}, 0);
  EXPECT_GT(pit.mass.front(), 0);
  EXPECT_EQ(pit.mass[10], 0);
}

TEST(Reliability, CountsByTheChanceGiven) {
  Reliability reliability{.threshold = 25};
  const std::vector<double> sample = {0, 30, 30, 30};
  reliability.add(sample, 40);
  reliability.add(sample, 24);
  EXPECT_EQ(reliability.bins[7].cells, 2U);
  EXPECT_EQ(reliability.bins[7].events, 1U);
  EXPECT_DOUBLE_EQ(reliability.bins[7].forecast, 1.5);
}

TEST(Tally, CountsEveryCellUnderItsKinds) {
  const std::vector<double> sample = {0, 1};
  Tally tally(2, 12);
  tally.add({.unit = 0, .lead = 0, .quiet = true, .outcome = 5}, sample);
  tally.add({.unit = 1, .lead = 3, .quiet = false, .outcome = 5}, sample);
  tally.add({.unit = 1, .lead = 3, .quiet = false, .outcome = 0}, sample);
  const auto cells = [&](CellKind kind) {
    return tally.by_kind[static_cast<std::size_t>(kind)].cells;
  };
  EXPECT_EQ(cells(CellKind::zero), 1U);
  EXPECT_EQ(cells(CellKind::event), 2U);
  EXPECT_EQ(cells(CellKind::onset), 1U);
  EXPECT_EQ(cells(CellKind::quiet), 1U);
  EXPECT_EQ(cells(CellKind::active), 2U);
  EXPECT_EQ(tally.by_unit[1].cells, 2U);
  EXPECT_EQ(tally.by_lead[3].cells, 2U);
  Tally twice = tally;
  twice.add(tally);
  EXPECT_EQ(twice.all.cells, 6U);
  EXPECT_DOUBLE_EQ(twice.all.mean().crps, tally.all.mean().crps);
}

}  // namespace
}  // namespace panj::forecast
