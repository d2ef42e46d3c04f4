// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <utility>

#include "app/program.h"

namespace panj::app {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string panel() {
  const auto path = scratch("panel.csv");
  write_file(path,
             "year,month,country,deaths_sb\n"
             "2023,1,Afghanistan,4\n2023,2,Afghanistan,8\n2023,3,Afghanistan,40\n"
             "2023,1,Tajikistan,0\n2023,2,Tajikistan,0\n2023,3,Tajikistan,1\n");
  return "forecast --panel '" + path.string() + "' ";
}

TEST(ForecastCommand, WritesHubverseRowsFromTheLastMonth) {
  const ProgramRun run = panj(panel() + "--model conflictology-3 --units Tajikistan --leads 2..3");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("origin_date,location,target,horizon,output_type,output_type_id"));
  EXPECT_THAT(run.out, HasSubstr("2023-03-31,Tajikistan,deaths_sb,3,quantile,0.95,0.9\n"));
  EXPECT_THAT(run.out, Not(HasSubstr("Afghanistan")));
  EXPECT_EQ(std::ranges::count(run.out, '\n'), 1 + 2 * 12);
}

TEST(ForecastCommand, ForgetsWhatCameAfterTheOrigin) {
  const ProgramRun run =
      panj(panel() + "--model last-poisson --origin 2023-02 --leads 1 --units Afghanistan --json");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const json result = json::parse(run.out);
  EXPECT_EQ(result["origin"], "2023-02");
  ASSERT_EQ(result["forecasts"].size(), 1U);
  const json& march = result["forecasts"][0];
  EXPECT_EQ(march["month"], "2023-03");
  EXPECT_NEAR(march["mean"].get<double>(), 8, 0.5);
  EXPECT_EQ(march["quantiles"]["0.5"], 8);
  EXPECT_GT(march["probability_at_least_1"], 0.99);
}

TEST(ForecastCommand, WritesEveryDrawWhenAsked) {
  const ProgramRun run = panj(panel() + "--model conflictology-3 --output-type sample --leads 1");
  EXPECT_THAT(run.out, HasSubstr("2023-03-31,Afghanistan,deaths_sb,1,sample,3,40\n"));
  EXPECT_EQ(std::ranges::count(run.out, '\n'), 1 + 2 * 3);
}

TEST(ForecastCommand, DependsOnTheSeedAlone) {
  const std::string common = panel() + "--model bootstrap-3 --output-type sample --seed ";
  EXPECT_EQ(panj(common + "7").out, panj(common + "7").out);
  EXPECT_NE(panj(common + "7").out, panj(common + "8").out);
}

TEST(ForecastCommand, NamesUnitsWithoutAForecast) {
  const auto path = scratch("gone.csv");
  write_file(path,
             "year,month,country,deaths_sb\n"
             "2023,1,Turkmenistan,4\n2023,1,Tajikistan,8\n2024,4,Tajikistan,40\n");
  const std::string zero = "forecast --model zero --json --panel '" + path.string() + "'";
  const ProgramRun run = panj(zero);
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(json::parse(run.out)["left_out"], json::array({"Turkmenistan"}));
  EXPECT_THAT(run.err,
              HasSubstr("no forecast, no value in the twelve months to 2024-04: Turkmenistan\n"));
  const ProgramRun one = panj(zero + " --units Tajikistan");
  EXPECT_EQ(json::parse(one.out)["left_out"], json::array());
  EXPECT_THAT(one.err, Not(HasSubstr("no forecast")));
}

/// The draws of each row, without its month and unit.
std::string draws_of(const std::string& csv, const std::string& unit) {
  std::string draws;
  std::istringstream lines(csv);
  for (std::string line; std::getline(lines, line);) {
    const auto at = line.find("," + unit + ",");
    if (at != std::string::npos) draws += line.substr(at + unit.size() + 2) + "\n";
  }
  return draws;
}

TEST(ForecastCommand, GivesTheReferenceTheatresForecastsByViewsIds) {
  const std::string views = "forecast --model conflictology-12 --format views --panel '" +
                            kTheatre + "/deaths.csv' --unit-column ";
  const ProgramRun by_id = panj(views + "country_id");
  ASSERT_EQ(by_id.exit_code, 0) << by_id.err;
  EXPECT_THAT(by_id.out, testing::StartsWith("month_id,country_id,draw,outcome\n"));
  const std::string by_name = panj(views + "country").out;
  for (const auto& [id, name] : {std::pair{"133", "Afghanistan"}, std::pair{"137", "Tajikistan"}}) {
    EXPECT_THAT(draws_of(by_id.out, id), Not(IsEmpty()));
    EXPECT_EQ(draws_of(by_id.out, id), draws_of(by_name, name));
  }
}

TEST(ForecastCommand, SaysWhatIsWrong) {
  const auto expect = [](const ProgramRun& run, int exit_code, const char* message) {
    EXPECT_EQ(run.exit_code, exit_code) << message;
    EXPECT_THAT(run.err, HasSubstr(message));
    EXPECT_THAT(run.out, IsEmpty());
  };
  const std::string zero = panel() + "--model zero ";
  expect(panj(zero + "--units Tadjikistan,Afganistan"), 3, "did you mean 'Afghanistan'?");
  expect(panj(zero + "--units Tadjikistan,Afganistan"), 3, "2 problems found");
  expect(panj(zero + "--origin 2023-04"), 3, "the panel holds 2023-01 to 2023-03");
  expect(panj(zero + "--origin March"), 2, "must be YYYY-MM");
  expect(panj(zero + "--leads 0..4"), 2, "from 1 to 36");
  expect(panj(panel() + "--model zeros"), 3, "did you mean 'zero'?");
  expect(panj(zero + "--output-type graph"), 2, "graph");
}

TEST(ForecastCommand, HelpNamesTheModelsAndShowsExamples) {
  const ProgramRun run = panj("forecast --help");
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_THAT(run.out, HasSubstr("conflictology-N"));
  EXPECT_THAT(run.out, HasSubstr("Examples:"));
}

/// Panj's own format: in each of `months` months of 2023 and 2024 one incident.
std::string incidents(int months, int deaths) {
  std::string text = "id,date,type,country,deaths_best\n";
  for (int i = 0; i < months; ++i) {
    text += "e" + std::to_string(i) + "," + std::to_string(2023 + i / 12) + "-" +
            (i % 12 < 9 ? "0" : "") + std::to_string(i % 12 + 1) + "-10,state_based,Tajikistan," +
            std::to_string(deaths) + "\n";
  }
  return text;
}

/// Of first figures of 10 to July 2024 those to December 2023 were raised to 14 half a year later.
std::string revised_workspace() {
  const auto folder = scratch("");
  std::filesystem::remove_all(folder);
  const std::string work = "'" + (folder / "work").string() + "'";
  const auto take_in = [&](const std::string& name, const std::string& text, const char* day) {
    write_file(folder / name, text);
    const ProgramRun run =
        panj("ingest " + work + " '" + (folder / name).string() + "' --known-on " + day);
    EXPECT_EQ(run.exit_code, 0) << run.err;
  };
  take_in("first.csv", incidents(19, 10), "2024-08-01");
  take_in("second.csv", incidents(24, 10), "2025-01-15");
  take_in("final.csv", incidents(22, 14), "2025-06-01");
  return "forecast --workspace " + work + " --model conflictology-12 --leads 1 ";
}

TEST(ForecastCommand, ReadsAWorkspaceAsItWasKnown) {
  const ProgramRun run = panj(revised_workspace() + "--as-of 2024-12-31 --json");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const json result = json::parse(run.out);
  EXPECT_EQ(result["origin"], "2024-07");
  EXPECT_EQ(result["as_of"], "2024-12-31");
  EXPECT_EQ(result["target"], "deaths");
  EXPECT_EQ(result["forecasts"][0]["mean"], 10);
  EXPECT_EQ(result["revised_since"]["raised"], 19);
  EXPECT_EQ(result["revised_since"]["after"], 19 * 14);
  EXPECT_EQ(result["revision_model"], nullptr);  // nothing had been looked at again
  EXPECT_THAT(run.err, HasSubstr("190 became 266 (+40 %)"));
  EXPECT_THAT(run.err, HasSubstr("not widened for revisions"));
}

TEST(ForecastCommand, WidensByWhatFirstFiguresBecame) {
  const ProgramRun run = panj(revised_workspace() + "--as-of 2025-07-01 --json");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const json result = json::parse(run.out);
  EXPECT_EQ(result["origin"], "2024-12");
  EXPECT_EQ(result["revised_since"], nullptr);
  EXPECT_EQ(result["revision_model"]["unit_months"], 22);
  EXPECT_DOUBLE_EQ(result["revision_model"]["mean_factor"], 1.4);
  // Two of the last twelve months, those after October, are first figures.
  EXPECT_DOUBLE_EQ(result["revision_model"]["share_of_first_figures"], 2.0 / 12);
  EXPECT_EQ(result["forecasts"][0]["quantiles"]["0.99"], 20);  // 14 × 1.4, rounded
  EXPECT_THAT(run.err, HasSubstr("widened by what first figures became in 22 unit-months"));
}

TEST(ForecastCommand, ForecastsFromADayOnlyWhatWasKnownThen) {
  const std::string command = revised_workspace();
  const ProgramRun early = panj(command + "--origin 2024-07");
  EXPECT_EQ(early.exit_code, 3);
  EXPECT_THAT(early.err, HasSubstr("knew no incident on 2024-07-31"));
  const ProgramRun late = panj(command + "--origin 2025-03");
  EXPECT_EQ(late.exit_code, 3);
  EXPECT_THAT(late.err, HasSubstr("the panel holds 2023-01 to 2024-12"));
  EXPECT_EQ(panj(command + "--origin 2025-03 --to 2025-03").exit_code, 0);  // known to be quiet
  EXPECT_EQ(panj(command + "--panel x.csv").exit_code, 2);
  EXPECT_EQ(panj("forecast").exit_code, 2);
}

TEST(ForecastCommand, RefusesAModelOfOtherThingsThanThePanelHolds) {
  const auto path = scratch("counts.csv");
  write_file(path, "year,month,stretch,incidents\n2023,1,S01,1\n2023,2,S01,0\n");
  const std::string command = "forecast --panel '" + path.string() +
                              "' --unit-column stretch --value-column incidents --fitted '" +
                              kTheatre + "/deaths.model.json' ";
  const ProgramRun run = panj(command);
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, HasSubstr("was fitted on deaths and would forecast counts"));
  EXPECT_THAT(run.err, HasSubstr("was fitted on countries and would forecast stretches"));
  EXPECT_THAT(run.out, IsEmpty());
  EXPECT_EQ(panj(command + "--model decay-6").exit_code, 0);  // has learnt nothing
}

TEST(ForecastCommand, ReadsNoFittedModelForAWorkspaceByChance) {
  const std::string named = revised_workspace();
  const std::string command = named.substr(0, named.find("--model"));
  const auto folder = scratch("elsewhere");
  write_file(folder / ".model.json", "not a model");
  const ProgramRun run =
      run_shell("cd '" + folder.string() + "' && " + test::program_path() + " " + command);
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.err, HasSubstr("ls fell back to decay-6"));
}

TEST(ForecastDriver, TakesTheModelThatLiesBesideTheTable) {
  const ProgramRun run = panj("simulate '" + kTheatre +
                              "' --packages P0 --replicates 4 --driver forecast --model default");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.err, HasSubstr("default was fitted on country_month_sb_1990_2021.csv"));
  EXPECT_THAT(run.err, Not(HasSubstr("fell back")));
}

TEST(ForecastCommand, WritesDrawsAsNetcdf) {
  const auto path = scratch("draws.nc");
  const ProgramRun run =
      panj(panel() + "--model conflictology-3 --leads 1..2 --samples '" + path.string() + "'");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(read_file(path).substr(1, 3), "HDF");  // netCDF-4 is HDF5
}

}  // namespace
}  // namespace panj::app
