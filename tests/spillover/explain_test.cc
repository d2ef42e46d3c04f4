// SPDX-License-Identifier: Apache-2.0
#include "panj/spillover/explain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "panj/core/problem.h"
#include "panj/spillover/driver.h"
#include "spillover/world.h"

namespace panj::spillover {
namespace {

SimulationOptions options(std::uint32_t replicates) {
  return {.replicates = replicates,
          .seed = 7,
          .settings = nine_years(),
          .progress = Progress::Output::silent};
}

Explanation explain_package(const std::string& id) {
  const Parameters p = parameters_of(tajik_afghan());
  const auto scenarios = scenarios_of(tajik_afghan(), p, std::vector<std::string>{"P0", id});
  return explain(p, equal_stretches(p, 6), scenarios[0], scenarios[1], options(24));
}

TEST(Explain, PartsAddUpToTheDifference) {
  for (const char* id : {"P3", "P7"}) {
    const Explanation why = explain_package(id);
    for (std::size_t h = 0; h < kHeadlines.size(); ++h) {
      double sum = 0;
      for (const LeverEffect& effect : why.effects) sum += effect.mean[h];
      EXPECT_NEAR(sum, why.difference[h], 1e-9 * std::max(1.0, std::abs(why.difference[h])));
    }
  }
}

TEST(Explain, NamesTheLeversThatMove) {
  const Explanation why = explain_package("P3");
  ASSERT_EQ(why.effects.size(), 2U);
  EXPECT_EQ(why.effects[0].lever, "deliveries");
  EXPECT_EQ(why.effects[1].lever, "sharing");
  EXPECT_EQ(why.simulated, 4U);
  EXPECT_LT(why.effects[0].mean[headline("expected_armed_breaches_per_year")], 0);
  EXPECT_THROW((void)explain_package("P0"), InvalidInput);
}

ViolenceForecast forecast_of(double level) {
  return {.origin = Month(2024, 4),
          .recent = 20,
          .samples = std::vector<std::vector<double>>(12, {level, level, level})};
}

std::string digest_with(const Settings& settings) {
  const Parameters p = reference_world();
  auto driven = options(16);
  driven.settings = settings;
  const std::vector<Scenario> quo{{"quo", "Status quo", practised_levers(p)}};
  return simulate_packages(p, equal_stretches(p, 6), quo, driven).digest;
}

TEST(Driver, AFlatForecastChangesNothing) {
  Settings flat = nine_years();
  flat.operations = operations_of(forecast_of(20), flat);
  Settings rising = nine_years();
  rising.operations = operations_of(forecast_of(200), rising);
  EXPECT_EQ(digest_with(flat), digest_with(nine_years()));
  EXPECT_NE(digest_with(rising), digest_with(nine_years()));
}

TEST(Driver, ActsInTheForecastsMonthsAndStaysBounded) {
  const auto operations = operations_of(forecast_of(1e9), nine_years());
  ASSERT_EQ(operations.size(), 3U);
  EXPECT_EQ(operations[0][27], 1.0);                    // April 2024, the origin
  EXPECT_NEAR(operations[0][28], std::exp(0.4), 1e-6);  // May 2024
  EXPECT_NEAR(operations[0][39], std::exp(0.4), 1e-6);
  EXPECT_EQ(operations[0][40], 1.0);
}

}  // namespace
}  // namespace panj::spillover
