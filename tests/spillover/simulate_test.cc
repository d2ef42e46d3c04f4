// SPDX-License-Identifier: Apache-2.0
#include "panj/spillover/simulate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "panj/core/problem.h"
#include "panj/sim/vector_units.h"
#include "panj/spillover/outcomes.h"
#include "spillover/world.h"

namespace panj::spillover {
namespace {

using testing::HasSubstr;

SimulationResult simulate(const std::vector<std::string>& ids, std::uint32_t replicates,
                          unsigned threads = 0) {
  const Parameters p = parameters_of(tajik_afghan());
  return simulate_packages(p, geometry_of(tajik_afghan(), p), scenarios_of(tajik_afghan(), p, ids),
                           {.replicates = replicates,
                            .seed = 7,
                            .threads = threads,
                            .settings = settings_of(tajik_afghan()),
                            .containment = *tajik_afghan().containment,
                            .progress = Progress::Output::silent});
}

/// One seed, one digest: on any number of threads, with any vector units.
TEST(Simulation, IsTheSameOnAnyNumberOfThreadsAndVectorUnits) {
  const std::string digest = simulate({"P0", "P7"}, 40, 1).digest;
  EXPECT_EQ(simulate({"P0", "P7"}, 40, 2).digest, digest);
  EXPECT_EQ(simulate({"P0", "P7"}, 40, 3).digest, digest);
  const auto best = sim::vector_units();
  for (const auto units : {sim::VectorUnits::baseline, sim::VectorUnits::avx2}) {
    sim::use_vector_units(units);
    EXPECT_EQ(simulate({"P0", "P7"}, 40).digest, digest) << sim::to_string(units);
  }
  sim::use_vector_units(best);
}

/// The digest was made by g++ 12 at -O2; any compiler, optimisation and processor must come to it.
/// It changes with the model, its draws and the reference theatre's numbers: then pin the new one.
TEST(Simulation, HasTheSameDigestEverywhere) {
  EXPECT_EQ(simulate({"P0", "P2", "P7"}, 64, 2).digest,
            "f2588c77e6f0f4f7832949e78decffa1837ca4ce0ceafc07e8e174276ecdc82e");
}

/// Table of §14: mean and error of 1,000 runs of an independent prototype with other random
/// numbers. Agreement: within 3 combined errors and 0.05 points.
struct Published {
  const char* package;
  const char* headline;
  double effect;  ///< % of the status quo
  double error;
};
constexpr auto kPublished = std::to_array<Published>({
    {"P1", "armed_breaches_per_year", -16.3, 0.5},
    {"P1", "infiltration_breaches_per_year", -24.1, 0.2},
    {"P1", "fatalities_per_year", -22.0, 1.9},
    {"P2", "armed_breaches_per_year", -6.3, 0.3},
    {"P3", "armed_breaches_per_year", -20.8, 0.5},
    {"P3", "infiltration_breaches_per_year", -30.3, 0.2},
    {"P4", "armed_breaches_per_year", -23.6, 0.5},
    {"P4", "infiltration_breaches_per_year", -37.3, 0.2},
    {"P5", "armed_breaches_per_year", -2.1, 0.2},
    {"P6", "armed_breaches_per_year", -15.2, 0.4},
    {"P7", "armed_breaches_per_year", -50.8, 0.8},
    {"P7", "infiltration_breaches_per_year", -68.3, 0.3},
});

TEST(Simulation, AgreesWithThePublishedBaselineAndPackages) {
  const SimulationResult result = simulate({}, 400);
  ASSERT_TRUE(result.failures.empty());
  const PackageResult& quo = result.packages[0];
  const auto expect = [&](const char* what, const Distribution& found, double mean, double error) {
    EXPECT_NEAR(found.mean, mean, 3 * std::hypot(found.mc_error, error)) << what;
  };
  expect("armed", quo.of("armed_breaches_per_year"), 2.74, .03);
  expect("infiltration", quo.of("infiltration_breaches_per_year"), 24.3, .1);
  expect("deaths", quo.of("fatalities_per_year"), 3.51, .14);
  expect("seized", quo.of("tonnes_seized_per_year"), 1.98, .02);
  expect("militants", quo.of("militants_end"), 16093, 23);
  EXPECT_NEAR(quo.of("cost_musd_per_year").mean, 40.9, 0.1);
  const double reported[] = {2.01, 2.01, 2.03, 2.08};
  for (std::size_t y = 0; y < 4; ++y) {
    expect("reported", quo.find_series("reported_incidents")->years[y], reported[y], .05);
  }
  expect("militants 2025", quo.find_series("militants")->years[3], 14939, 16);
  for (const Published& p : kPublished) {
    const auto package = std::ranges::find(result.packages, p.package, &PackageResult::id);
    const Paired& paired = package->paired_to_first[headline(p.headline)];
    EXPECT_NEAR(100 * paired.relative, p.effect,
                3 * std::hypot(100 * paired.relative_error, p.error) + 0.05)
        << p.package << " " << p.headline;
  }
}

double total(const std::vector<StepSeries>& all, const std::string& name, const std::string& of,
             std::size_t first_step) {
  const auto found = std::ranges::find_if(all, [&](const StepSeries& series) {
    return series.name == name && (of.empty() || series.of == of);
  });
  EXPECT_NE(found, all.end()) << name << " " << of;
  double sum = 0;
  for (std::size_t k = 0; k < 12; ++k) sum += found->steps[first_step + k].mean;
  return sum;
}

TEST(Simulation, StepsAddUpToYears) {
  const Parameters p = parameters_of(tajik_afghan());
  const std::vector<std::string> ids{"P0", "P4"};
  SimulationOptions options{.replicates = 24,
                            .seed = 7,
                            .settings = settings_of(tajik_afghan()),
                            .progress = Progress::Output::silent};
  options.settings.by_step = true;
  const SimulationResult result = simulate_packages(p, geometry_of(tajik_afghan(), p),
                                                    scenarios_of(tajik_afghan(), p, ids), options);
  ASSERT_EQ(result.steps.size(), 108U);
  EXPECT_EQ(to_string(result.steps[13]), "2023-02-01");
  for (const PackageResult& package : result.packages) {
    const auto yearly = [&](const char* name) {
      return package.find_series(name)->years[5].mean;  // 2027
    };
    const auto steps = [&](const char* name, const char* of) {
      return total(package.steps, name, of, 60);
    };
    EXPECT_NEAR(steps("attempts", "infiltration"), yearly("infiltration_attempts"), 1e-9);
    EXPECT_NEAR(steps("breaches", "attack") + steps("breaches", "fire"), yearly("armed_breaches"),
                1e-9);
    EXPECT_NEAR(steps("expected_breaches", "attack") + steps("expected_breaches", "fire"),
                yearly("expected_armed_breaches"), 1e-9);
    EXPECT_NEAR(steps("reported_incidents", ""), yearly("reported_incidents"), 1e-9);
    EXPECT_NEAR(steps("fatalities", ""), yearly("fatalities"), 1e-9);
    EXPECT_NEAR(steps("tonnes_seized", ""), yearly("tonnes_seized"), 1e-9);
    EXPECT_NEAR(steps("cost_musd", ""), yearly("cost_musd"), 1e-9);
    EXPECT_NEAR(steps("corruption", "") / 12, yearly("corruption"), 1e-9);
    EXPECT_NEAR(steps("hardship", "") / 12, yearly("hardship"), 1e-9);
    double groups = 0;
    double zones = 0;
    for (const auto& group : p.groups) groups += steps("militants", group.id.c_str());
    for (const auto& zone : p.zones) zones += steps("militants", zone.id.c_str());
    EXPECT_NEAR(groups / 12, yearly("militants"), 1e-6);
    EXPECT_NEAR(zones, groups, 1e-6);
  }
}

TEST(Simulation, KeepingStepsChangesNoOtherOutcome) {
  const Parameters p = parameters_of(tajik_afghan());
  SimulationOptions options{.replicates = 24,
                            .seed = 7,
                            .settings = settings_of(tajik_afghan()),
                            .progress = Progress::Output::silent};
  const auto scenarios = scenarios_of(tajik_afghan(), p, std::vector<std::string>{"P0", "P7"});
  const auto simulated = [&] {
    return simulate_packages(p, geometry_of(tajik_afghan(), p), scenarios, options);
  };
  const SimulationResult years = simulated();
  options.settings.by_step = true;
  const SimulationResult steps = simulated();
  for (std::size_t h = 0; h < kHeadlines.size(); ++h) {
    EXPECT_EQ(steps.packages[1].headlines[h].mean, years.packages[1].headlines[h].mean);
  }
  EXPECT_TRUE(years.packages[1].steps.empty());
}

TEST(Outcomes, StepsStartWhereMonthsDo) {
  Settings settings{.first_year = 2024, .last_year = 2024, .steps_per_year = 24};
  const auto halves = step_starts(settings);
  ASSERT_EQ(halves.size(), 24U);
  EXPECT_EQ(halves[1], 15.5);
  EXPECT_EQ(halves[4], 60);  // 1 March of a leap year
  settings.steps_per_year = 4;
  EXPECT_THAT(step_starts(settings), testing::ElementsAre(0, 91, 182, 274));
}

TEST(Simulation, CountsWhatImprovesAndWhatIsContained) {
  const SimulationResult result = simulate({"P0", "P7"}, 60);
  const Paired& combined = result.packages[1].paired_to_first[headline("armed_breaches_per_year")];
  EXPECT_GT(combined.share_improved, 0.9);
  EXPECT_EQ(result.packages[0].paired_to_first[0].share_equal, 1.0);
  EXPECT_GT(result.packages[1].contained, result.packages[0].contained);
  EXPECT_EQ(result.effects_from, 2026);
  double armed = 0;
  for (const auto& stretch : result.packages[0].stretches) {
    armed += stretch[kAttack].breaches + stretch[kFire].breaches;
  }
  EXPECT_NEAR(armed, result.packages[0].of("armed_breaches_per_year").mean, 1e-9);
}

TEST(Scenarios, UnknownPackagesAreRefusedWithTheNearest) {
  const Parameters p = parameters_of(tajik_afghan());
  try {
    (void)scenarios_of(tajik_afghan(), p, std::vector<std::string>{"P0", "p77"});
    FAIL();
  } catch (const InvalidInput& error) {
    EXPECT_THAT(error.what(), HasSubstr("did you mean 'P7'"));
  }
}

}  // namespace
}  // namespace panj::spillover
