// SPDX-License-Identifier: Apache-2.0
#include "panj/brief/spillover_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace panj::brief {
namespace {

using spillover::PackageResult;
using spillover::SimulationResult;
using testing::HasSubstr;

PackageResult package(const std::string& id, double contained, double extra_cost) {
  PackageResult result{.id = id, .name = "Package " + id};
  result.headlines.resize(spillover::kHeadlines.size());
  result.paired_to_first.resize(spillover::kHeadlines.size());
  result.paired_to_first[spillover::headline("cost_musd_per_year")].mean = extra_cost;
  auto& paired = result.paired_to_first[spillover::headline("reported_incidents_per_year")];
  paired.relative = -0.2;
  paired.relative_error = 0.01;
  paired.share_improved = 0.7;
  for (const char* name : {"reported_incidents", "infiltration_breaches", "fatalities"})
    result.series.push_back({name,
                             "1",
                             {{.mean = 2.5, .q05 = 0, .q25 = 1, .q50 = 2, .q75 = 3, .q95 = 6},
                              {.mean = 2, .q05 = 0, .q25 = 1, .q50 = 2, .q75 = 3, .q95 = 5}}});
  result.stretch_any_reported = {0.6, 0.2};
  result.contained = contained;
  result.contained_error = 0.01;
  return result;
}

SimulationResult simulation() {
  return {.first_year = 2025,
          .last_year = 2026,
          .effects_from = 2026,
          .replicates = 1000,
          .packages = {package("P0", 0.40, 0), package("P1", 0.55, 20), package("P2", 0.55, 15),
                       package("P3", 0.80, 60)}};
}

TEST(BestAffordable, ContainsMostWithinTheBudget) {
  EXPECT_EQ(best_affordable(simulation(), 30.0), 2U) << "of equals the cheapest";
  EXPECT_EQ(best_affordable(simulation(), std::nullopt), 3U);
  EXPECT_EQ(best_affordable(simulation(), 1.0), 0U);
}

TEST(SpilloverView, ShowsRecordFanAndEffects) {
  const std::vector<Incident> incidents = {
      {.date = "2025-03-01", .armed = true, .stretch = "S01"},
      {.date = "2025-04-01", .armed = false, .stretch = "S01"},
      {.date = "2025-05-01", .armed = true, .stretch = std::nullopt},
      {.date = "2021-05-01", .armed = true, .stretch = "S01"}};
  const auto outlook = outlook_of(simulation(), 1, {2025, 2025}, incidents);
  EXPECT_EQ(outlook.window, "2026–2026");
  ASSERT_EQ(outlook.series.front().observed.size(), 1U);
  EXPECT_EQ(outlook.series.front().observed[0].value, 1.0);
  EXPECT_EQ(outlook.series.front().status_quo[1].q75, 3.0);
  EXPECT_EQ(outlook.series.front().package_mean[1].value, 2.0);
  ASSERT_EQ(outlook.packages.size(), 3U);
  EXPECT_DOUBLE_EQ(outlook.packages[0].mean, -20.0);
  EXPECT_NEAR(outlook.packages[0].low, -21.645, 1e-9);
  EXPECT_NEAR(outlook.packages[0].high50, -19.326, 1e-9);
}

TEST(SpilloverView, GivesLeversTheirShareOfTheStatusQuo) {
  auto simulated = simulation();
  const std::size_t reported = spillover::headline("reported_incidents_per_year");
  simulated.packages.front().headlines[reported].mean = 2.0;
  spillover::LeverEffect sharing{.lever = "sharing", .acts_on = "detection"};
  sharing.mean.assign(spillover::kHeadlines.size(), 0.0);
  sharing.mc_error.assign(spillover::kHeadlines.size(), 0.0);
  auto schedule = sharing;
  schedule.lever = "deliveries";
  sharing.mean[reported] = -0.1;
  schedule.mean[reported] = -0.3;
  schedule.mc_error[reported] = 0.02;
  const auto shares = drivers_of({.effects = {sharing, schedule}}, simulated);
  ASSERT_EQ(shares.size(), 2U);
  EXPECT_EQ(shares[0].lever, "deliveries") << "the strongest first";
  EXPECT_DOUBLE_EQ(shares[0].mean, -15.0);
  EXPECT_NEAR(shares[0].low, -16.645, 1e-9);
  EXPECT_DOUBLE_EQ(shares[1].mean, -5.0);
}

TEST(SpilloverView, GivesStretchesTheirRisk) {
  std::vector<Stretch> stretches(2);
  add_risks(stretches, simulation(), 1);
  EXPECT_EQ(stretches[0].risk, 0.6);
  EXPECT_EQ(stretches[1].risk_with_package, 0.2);
  EXPECT_THAT(stretches[0].readout, HasSubstr("60%, 60% with P1."));
  std::vector<Stretch> plain(2);
  add_risks(plain, simulation(), 0);
  EXPECT_FALSE(plain[0].risk_with_package.has_value());
}

TEST(ContainmentStatements, TakeTheirRangeFromPlausibleFutures) {
  const theatre::Containment containment{.reference = {2022, 2025},
                                         .years = {2028, 2030},
                                         .deaths_too_many = 10,
                                         .definition = "few incidents"};
  const auto plain = containment_statements(simulation(), 1, containment, std::nullopt);
  ASSERT_EQ(plain.size(), 2U);
  EXPECT_DOUBLE_EQ(plain[0].probability, 0.40);
  EXPECT_NEAR(plain[0].low, 0.38355, 1e-9);
  EXPECT_THAT(plain[1].text, HasSubstr("P1 Package P1, 20 M$ a year more"));
  Exploration ranges{.futures = 500};
  ranges.packages.push_back(
      {.id = "P0", .contained = 0.45, .contained_low = 0.1, .contained_high = 0.8});
  const auto ranged = containment_statements(simulation(), 1, containment, ranges);
  EXPECT_DOUBLE_EQ(ranged[0].probability, 0.45);
  EXPECT_DOUBLE_EQ(ranged[0].high, 0.8);
  EXPECT_THAT(ranged[0].confidence, HasSubstr("500 plausible futures"));
}

}  // namespace
}  // namespace panj::brief
