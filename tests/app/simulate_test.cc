// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/program.h"
#include "paths.h"

namespace panj::app {
namespace {

using nlohmann::json;
using testing::HasSubstr;

const std::string kOnTheatre = test::source_path("theatres/tajik-afghan ");

ProgramRun simulate(const std::string& arguments) {
  return panj("simulate " + kOnTheatre + arguments);
}

TEST(SimulateCommand, PrintsTheContract) {
  const ProgramRun run = simulate("--packages P0,P1 --replicates 40 --seed 7 --json");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const json result = json::parse(run.out);
  EXPECT_EQ(result["digest"].get<std::string>().substr(0, 7), "sha256:");
  EXPECT_GT(result["replicate_years_per_second"].get<double>(), 0);
  ASSERT_EQ(result["packages"].size(), 2U);
  EXPECT_EQ(result["packages"][1]["id"], "P1");
  for (const char* outcome : {"reported_incidents_per_year", "fatalities_per_year",
                              "breaches_per_year", "tonnes_through_per_year", "cost_musd"}) {
    const json& value = result["packages"][1]["outcomes"][outcome];
    for (const char* field : {"mean", "mc_error", "q05", "q50", "q95"}) {
      EXPECT_TRUE(value[field].is_number()) << outcome << " " << field;
    }
    EXPECT_TRUE(result["packages"][1]["paired_to_first"][outcome]["share_improved"].is_number());
  }
  EXPECT_TRUE(result["packages"][0]["contained"]["share"].is_number());
}

TEST(SimulateCommand, GivesTheSameDigestOnAnyNumberOfThreads) {
  const auto digest = [](const std::string& threads) {
    return json::parse(
        simulate("--packages P7 --replicates 40 --json --threads " + threads).out)["digest"];
  };
  const json one = digest("1");
  EXPECT_EQ(digest("2"), one);
  EXPECT_EQ(digest("3"), one);
}

TEST(SimulateCommand, WritesTablesAndAManifest) {
  const auto out = scratch("run");
  ASSERT_EQ(simulate("--replicates 8 --out '" + out.string() + "'").exit_code, 0);
  for (const char* name : {"outcomes.csv", "series.csv", "stretches.csv", "exceedance.csv",
                           "simulate.json", "manifest.json"}) {
    EXPECT_TRUE(std::filesystem::exists(out / name)) << name;
  }
  EXPECT_THAT(read_file(out / "outcomes.csv"), HasSubstr("P7,fatalities_per_year,1/yr,"));
}

TEST(SimulateCommand, ShowsALimitCase) {
  const ProgramRun run = panj("simulate --limit-case G --json");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const json result = json::parse(run.out);
  EXPECT_EQ(result["case"], "G");
  EXPECT_EQ(result["agrees"], true);
  EXPECT_NEAR(result["checks"][0]["expected"].get<double>(), 0.69380, 5e-6);
  EXPECT_NEAR(result["checks"][0]["simulated"].get<double>(), 0.69380, 5e-6);
}

TEST(SimulateCommand, RefusesWhatCannotBe) {
  const auto out = scratch("none");
  const auto refused = [&](const std::string& arguments, const std::string& message) {
    const ProgramRun run = simulate(arguments + " --out '" + out.string() + "'");
    EXPECT_EQ(run.exit_code, 3) << arguments << "\n" << run.err;
    EXPECT_THAT(run.err, HasSubstr(message)) << arguments;
    EXPECT_FALSE(std::filesystem::exists(out));
  };
  refused("--packages P0,P11", "did you mean 'P1'");
  refused("--steps-per-year 0", "a step takes time");
  refused("--from 2022 --to 2020", "2020 lies before the start");
  refused("--stretches 5000", "must lie in [1, 300]");
  refused("--set defence.guards=50", "must lie in its range [2000, 12000]");
  refused("--set defence.gards=5000", "did you mean 'defence.guards'");
  refused("--set defence.guards", "KEY=NUMBER");
  refused("--replicates 0", "must be at least 1");
  EXPECT_EQ(panj("simulate --limit-case Z --json").exit_code, 3);
  EXPECT_EQ(panj("simulate").exit_code, 2);
}

}  // namespace
}  // namespace panj::app
