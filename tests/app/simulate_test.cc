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
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsSupersetOf;

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

TEST(SimulateCommand, SaysNothingOfContainmentWhereYearsAreLeftOut) {
  for (const char* horizon : {"--to 2025", "--to 2027", "--from 2026", "--from 2028 --to 2028"}) {
    const auto out = scratch("short");
    const std::string arguments = std::string("--packages P0 --replicates 4 ") + horizon;
    const ProgramRun shown = simulate(arguments + " --json --out '" + out.string() + "'");
    ASSERT_EQ(shown.exit_code, 0) << horizon << "\n" << shown.err;
    EXPECT_THAT(shown.err, HasSubstr("warning: the share contained is left out: it compares "
                                     "2028–2030 with 2022–2025, and the run covers 20"))
        << horizon;
    EXPECT_TRUE(json::parse(shown.out)["packages"][0]["contained"].is_null()) << horizon;
    EXPECT_THAT(read_file(out / "outcomes.csv"), testing::Not(HasSubstr("contained"))) << horizon;
    EXPECT_THAT(simulate(arguments).out, HasSubstr(" –\n")) << horizon;
  }
  EXPECT_THAT(simulate("--packages P0 --replicates 4").err, testing::Not(HasSubstr("warning")));
}

TEST(SimulateCommand, SaysThatASingleReplicateTellsNoError) {
  const auto out = scratch("single");
  const std::string arguments = "--packages P0,P1 --replicates 1 --explain P1";
  const ProgramRun run = simulate(arguments + " --json --out '" + out.string() + "'");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const json result = json::parse(run.out);
  const json& package = result["packages"][1];
  EXPECT_TRUE(package["outcomes"]["breaches_per_year"]["mc_error"].is_null());
  EXPECT_TRUE(package["outcomes"]["breaches_per_year"]["mean"].is_number());
  EXPECT_TRUE(package["paired_to_first"]["breaches_per_year"]["relative_error"].is_null());
  EXPECT_TRUE(package["contained"]["mc_error"].is_null());
  EXPECT_TRUE(result["explanation"]["difference"]["cost_musd"]["mc_error"].is_null());
  const std::string shown = simulate(arguments).out;
  EXPECT_THAT(shown, HasSubstr(" ± –"));
  EXPECT_THAT(shown, testing::Not(HasSubstr("± nan")));
  const std::string table = read_file(out / "outcomes.csv");
  EXPECT_THAT(table, testing::ContainsRegex("P1,breaches_per_year,1/yr,[0-9.]+,,[0-9]"));
  EXPECT_THAT(table, testing::Not(HasSubstr(",nan")));
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

TEST(SimulateCommand, GivesEveryMonthWhereAsked) {
  const auto out = scratch("months");
  const ProgramRun run =
      simulate("--packages P0,P1 --replicates 8 --to 2027 --by-step --netcdf --json --out '" +
               out.string() + "'");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const json result = json::parse(run.out);
  ASSERT_EQ(result["steps"].size(), 72U);
  EXPECT_EQ(result["steps"][1], "2022-02-01");
  EXPECT_EQ(result["steps"][71], "2027-12-01");
  for (const json& series : result["packages"][1]["by_step"]) {
    EXPECT_EQ(series["mean"].size(), 72U) << series["outcome"];
  }
  EXPECT_THAT(read_file(out / "steps.csv"), HasSubstr("\nP1,attempts,attack,1,2022-01-01,"));
  EXPECT_GT(std::filesystem::file_size(out / "replicates.nc"), 100000U);
  EXPECT_FALSE(json::parse(simulate("--packages P0 --replicates 8 --json").out).contains("steps"));
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

TEST(SimulateCommand, RunsEveryLimitCase) {
  for (const char* id :
       {"A", "B", "C", "C2", "D", "D2", "D3", "E", "E3", "F", "G", "H", "J", "K", "L"}) {
    const ProgramRun run = panj(std::string("simulate --replicates 20 --json --limit-case ") + id);
    ASSERT_EQ(run.exit_code, 0) << id << "\n" << run.err;
    const json result = json::parse(run.out);
    EXPECT_EQ(result["case"], id);
    ASSERT_FALSE(result["checks"].empty()) << id;
    for (const json& check : result["checks"]) {
      EXPECT_TRUE(check["expected"].is_number()) << id << check;
      EXPECT_TRUE(check["simulated"].is_number()) << id << check;
    }
  }
}

TEST(SimulateCommand, NotesWhatADrivingForecastIsReadFrom) {
  const auto inputs = [](const std::string& more) {
    const auto out = scratch("driven");
    EXPECT_EQ(
        simulate("--packages P0 --replicates 8 --out '" + out.string() + "' " + more).exit_code, 0);
    const json manifest = json::parse(read_file(out / "manifest.json"));
    std::vector<std::string> names;
    for (const json& input : manifest["inputs"]) {
      names.push_back(std::filesystem::path(input["path"].get<std::string>()).filename());
    }
    return names;
  };
  EXPECT_THAT(inputs(""), ElementsAre("theatre.toml", "osm.geojson", "natural-earth.geojson"));
  EXPECT_THAT(inputs("--driver forecast"), Contains("deaths.csv"));
  EXPECT_THAT(inputs("--driver forecast --model default"),
              IsSupersetOf({"deaths.csv", "deaths.model.json"}));
}

TEST(SimulateCommand, RefusesWhatCannotBe) {
  const auto out = scratch("none");
  const auto refused = [&](const std::string& arguments, const std::string& message) {
    const ProgramRun run = simulate(arguments + " --netcdf --out '" + out.string() + "'");
    EXPECT_EQ(run.exit_code, 3) << arguments << "\n" << run.err;
    EXPECT_THAT(run.err, HasSubstr(message)) << arguments;
    EXPECT_FALSE(std::filesystem::exists(out)) << arguments;
  };
  refused("--packages P0,P11", "did you mean 'P1'");
  refused("--packages P0 --explain P77", "did you mean 'P7'");
  refused("--packages P0 --explain P0", "there must be a difference to explain");
  refused("--steps-per-year 0", "a step takes time");
  refused("--from 2022 --to 2020", "2020 lies before the start");
  refused("--stretches 5000", "must lie in [1, 300]");
  refused("--stretches -4", "is -4 (must lie in [1, ");
  refused("--set defence.guards=50", "must lie in its range [2000, 12000]");
  refused("--set defence.guards=nan", "must lie in its range [2000, 12000]");
  refused("--set defence.gards=5000", "did you mean 'defence.guards'");
  refused("--set defence.guards", "KEY=NUMBER");
  refused("--set defence.equipment=80", "must name one of the 4 numbers of defence.equipment");
  refused("--set defence.equipment.pots=80", "did you mean 'defence.equipment.post'");
  refused("--set x --set defence.equipment=80", "2 problems found");
  refused("--replicates 0", "must be at least 1");
  refused("--replicates -5", "is -5 (must lie in [1, ");
}

TEST(SimulateCommand, WarnsOfCoarseSteps) {
  const auto said = [](const std::string& steps) {
    return simulate("--packages P0 --replicates 4 --steps-per-year " + steps).err;
  };
  EXPECT_THAT(said("2"), HasSubstr("warning: 2 steps a year are coarse"));
  EXPECT_THAT(said("4"), testing::Not(HasSubstr("coarse")));
}

TEST(SimulateCommand, RefusesLimitCasesThatCannotBe) {
  const auto refused = [](const std::string& arguments, const std::string& message) {
    const ProgramRun run = panj("simulate --json --limit-case " + arguments);
    EXPECT_EQ(run.exit_code, 3) << arguments << "\n" << run.err;
    EXPECT_THAT(run.err, HasSubstr(message)) << arguments;
  };
  refused("Z", "must be one of the cases");
  refused("a", "did you mean 'A'");
  refused("A --replicates 0", "must be at least 2");
  refused("A --replicates 1", "must be at least 2");
}

TEST(SimulateCommand, TellsWrongUse) {
  EXPECT_EQ(panj("simulate").exit_code, 2);
  EXPECT_EQ(simulate("--replicates many").exit_code, 2);
  EXPECT_EQ(simulate("--driver luck").exit_code, 2);
  const ProgramRun both = simulate("--limit-case G");
  EXPECT_EQ(both.exit_code, 2);
  EXPECT_THAT(both.err, HasSubstr("excludes"));
  for (const char* driver : {"", "--driver none "}) {
    const ProgramRun idle = simulate(std::string(driver) + "--model default");
    EXPECT_EQ(idle.exit_code, 2) << driver;
    EXPECT_THAT(idle.err, HasSubstr("--driver forecast")) << driver;
  }
  const ProgramRun homeless = simulate("--netcdf");
  EXPECT_EQ(homeless.exit_code, 2);
  EXPECT_THAT(homeless.err, HasSubstr("--out"));
}

/// The reference theatre with one line of its file changed.
ProgramRun simulate_changed(const std::string& from, const std::string& to) {
  const auto theatre = scratch("changed");
  std::filesystem::remove_all(theatre);
  std::filesystem::create_directories(theatre);
  std::filesystem::copy(kTheatre, theatre, std::filesystem::copy_options::recursive);
  std::string text = read_file(theatre / "theatre.toml");
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  write_file(theatre / "theatre.toml", text.replace(at, from.size(), to));
  return panj("simulate '" + theatre.string() + "' --replicates 4");
}

TEST(SimulateCommand, RefusesATheatreThatCannotBe) {
  const auto refused = [](const std::string& from, const std::string& to,
                          const std::string& message) {
    const ProgramRun run = simulate_changed(from, to);
    EXPECT_EQ(run.exit_code, 3) << to << "\n" << run.err;
    EXPECT_THAT(run.err, HasSubstr(message)) << to;
  };
  refused("{ post = 36,", "{ post = -36,",
          "equipment.value.post: is -36 (must lie in [0, 1000000])");
  refused("programme_delay_years = 2", "programme_delay_years = -2",
          "programme_delay_years: is -2");
  refused("\nbelt_cover = 0.6", "\nbelt_covr = 0.6", "did you mean 'belt_cover'");
  refused("\nbelt_cover = 0.6", "\nbelt_cover = 1.6", "must lie in [0, 1]");
  refused("stretch_count = 24", "stretch_count = 900", "must lie in [1, 300]");
}

}  // namespace
}  // namespace panj::app
