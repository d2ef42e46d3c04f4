// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "app/program.h"
#include "paths.h"

namespace panj::app {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// Two countries, `first` to 2021; A has as many deaths as the month's number, B none.
std::string small_panel(int first = 2019) {
  std::string csv = "month_id,year,month,country_id,country,deaths_sb\n";
  for (int year = first; year <= 2021; ++year) {
    for (int month = 1; month <= 12; ++month) {
      const std::string date = std::to_string(year) + "," + std::to_string(month);
      csv.append("0,").append(date).append(",1,A,").append(std::to_string(month));
      csv.append("\n0,").append(date).append(",2,B,0\n");
    }
  }
  const auto path = scratch("panel.csv");
  write_file(path, csv);
  return "--panel '" + path.string() + "' ";
}

TEST(BacktestCommand, KeepsTheContractOfItsJson) {
  const ProgramRun run = panj("backtest " + small_panel() +
                              "--models conflictology-12,zero --windows 2020..2021 --json");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const json result = json::parse(run.out);
  ASSERT_EQ(result["windows"].size(), 2U);
  EXPECT_EQ(result["windows"][0]["year"], 2020);
  EXPECT_EQ(result["windows"][1]["year"], 2021);
  const json& scores = result["windows"][0]["scores"];
  for (const char* model : {"conflictology-12", "zero"}) {
    for (const char* score :
         {"crps", "crps_log1p", "ign", "mis90", "brier1", "brier25", "coverage50", "coverage90"}) {
      EXPECT_TRUE(scores.at(model).at(score).is_number()) << model << " " << score;
    }
  }
  EXPECT_NEAR(scores["zero"]["crps"].get<double>(), 78.0 / 24, 1e-12);
  EXPECT_NEAR(result["skill_over_conflictology-12"]["conflictology-12"]["crps"]["pooled"], 0, 0);
}

TEST(BacktestCommand, KeepsTheContractOfItsSkill) {
  const ProgramRun run = panj("backtest " + small_panel(2015) +
                              "--models conflictology-12,zero --windows 2017..2021 --json");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const json all = json::parse(run.out)["skill"];
  EXPECT_FALSE(all.contains("conflictology-12"));
  const json& skill = all.at("zero");
  for (const char* figure : {"mw", "mw_without_largest", "pool", "pool_without_largest", "log1p",
                             "log1p_without_largest", "brier1_quiet"}) {
    EXPECT_TRUE(skill.contains(figure)) << figure;
  }
  for (const char* interval : {"mw90", "mw90_units", "pool90", "log1p90"}) {
    ASSERT_EQ(skill.at(interval).size(), 2U) << interval;
    EXPECT_LE(skill.at(interval)[0].get<double>(), skill.at(interval)[1].get<double>());
  }
  // CRPS of one at y among 1 … 12, in the mean 143/72; of zero y, in the mean 13/2.
  EXPECT_NEAR(skill.at("mw").get<double>(), 100 * (1 - 13.0 / 2 / (143.0 / 72)), 1e-9);
  EXPECT_EQ(skill.at("wins"), 0);
  EXPECT_TRUE(skill.at("diebold_mariano").at("statistic").is_number());
  EXPECT_TRUE(skill.at("diebold_mariano").at("p_value").is_number());
}

TEST(BacktestCommand, GivesNoIntervalsOnTwoWindows) {
  const ProgramRun run = panj("backtest " + small_panel() +
                              "--models conflictology-12,zero --windows 2020..2021 --json");
  const json skill = json::parse(run.out).at("skill").at("zero");
  EXPECT_TRUE(skill.at("mw").is_number());
  EXPECT_EQ(skill.at("mw90"), json({nullptr, nullptr}));
  EXPECT_EQ(skill.at("diebold_mariano").at("p_value"), nullptr);
}

TEST(BacktestCommand, HasNoSkillWhereNobodyDied) {
  const auto path = scratch("quiet.csv");
  std::string csv = "month_id,country,deaths_sb\n";
  for (int id = 469; id <= 492; ++id) csv += std::to_string(id) + ",B,0\n";
  write_file(path, csv);
  const ProgramRun run = panj("backtest --panel '" + path.string() + "' --windows 2020");
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("n/a\n"));
  EXPECT_THAT(run.out, Not(HasSubstr("nan")));
}

/// 24 countries, 2010 to 2019, of which every third has deaths most of the time.
std::string panel_to_learn_from() {
  std::string csv = "month_id,country,deaths_sb\n";
  for (int unit = 0; unit < 24; ++unit) {
    for (int id = 361; id <= 480; ++id) {
      const int deaths = unit % 3 == 0 ? (unit * 7 + id * 11) % 23 : 0;
      csv += std::to_string(id) + ",C" + std::to_string(unit) + "," + std::to_string(deaths) + "\n";
    }
  }
  const auto path = scratch("panel.csv");
  write_file(path, csv);
  return " --panel '" + path.string() + "' ";
}

TEST(FitCommand, WritesWhatForecastsOfThePanelThenUse) {
  const std::string panel = panel_to_learn_from();
  const ProgramRun run =
      panj("fit" + panel + "--octobers 2 --json -o '" + scratch("panel.model.json").string() + "'");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const json result = json::parse(run.out);
  EXPECT_EQ(result["units"], 24);
  EXPECT_EQ(result["vintages"], 3);
  double sum = 0;
  for (const char* member : {"decay-3", "decay-6", "ls"}) {
    sum += result["weights"].at(member).get<double>();
  }
  EXPECT_NEAR(sum, 1, 1e-9);
  const ProgramRun used = panj("backtest" + panel + "--models default --windows 2019 --json");
  ASSERT_EQ(used.exit_code, 0) << used.err;
  EXPECT_THAT(json::parse(used.out)["notes"][0].get<std::string>(),
              HasSubstr("default was fitted on panel.csv (24 units"));
}

TEST(FitCommand, LearnsFromAWorkspaceAsKnownOnADay) {
  const auto folder = scratch("");
  std::filesystem::remove_all(folder);
  std::string csv = "id,date,type,country,deaths_best\n";
  for (int unit = 0; unit < 24; ++unit) {
    for (int i = 0; i < 120; ++i) {
      const int deaths = unit % 3 == 0 ? (unit * 7 + i * 11) % 23 : 0;
      if (deaths == 0 && i > 0) continue;  // one incident lets a country be known
      csv += "u" + std::to_string(unit) + "m" + std::to_string(i) + "," +
             std::to_string(2010 + i / 12) + "-" + (i % 12 < 9 ? "0" : "") +
             std::to_string(i % 12 + 1) + "-10,state_based,C" + std::to_string(unit) + "," +
             std::to_string(deaths) + "\n";
    }
  }
  write_file(folder / "incidents.csv", csv);
  const std::string work = "'" + (folder / "work").string() + "'";
  const std::string model = "'" + (folder / "then.model.json").string() + "'";
  ASSERT_EQ(panj("ingest " + work + " '" + (folder / "incidents.csv").string() +
                 "' --known-on 2020-02-01")
                .exit_code,
            0);
  const ProgramRun early = panj("fit --workspace " + work + " --as-of 2020-01-31");
  EXPECT_EQ(early.exit_code, 3);
  EXPECT_THAT(early.err, HasSubstr("knew no incident on 2020-01-31"));
  const ProgramRun run = panj("fit --workspace " + work + " --as-of 2020-03-01 -o " + model);
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const json data = json::parse(read_file(folder / "then.model.json"))["fitted_on"];
  EXPECT_EQ(data["file"], "work as known on 2020-03-01");
  EXPECT_EQ(data["value"], "deaths");
  EXPECT_EQ(data["unit"], "country");
  EXPECT_EQ(data["units"], 24);
  const ProgramRun counted =
      panj("panel " + work + " --as-of 2020-03-01 -o '" + (folder / "panel.csv").string() + "'");
  ASSERT_EQ(counted.exit_code, 0) << counted.err;
  EXPECT_EQ(data["sha256"], sha256(read_file(folder / "panel.csv")));
  const ProgramRun used = panj("forecast --workspace " + work + " --leads 1 --fitted " + model);
  EXPECT_EQ(used.exit_code, 0) << used.err;
  EXPECT_THAT(used.err, HasSubstr("default was fitted on work as known on 2020-03-01"));
  const ProgramRun octobers = panj("fit --octobers 2 --workspace " + work);
  EXPECT_EQ(octobers.exit_code, 3);
  EXPECT_THAT(octobers.err, HasSubstr("octobers: cannot go with --workspace"));
}

TEST(FitCommand, RefusesAPanelTooSmallToLearnFrom) {
  const ProgramRun run = panj("fit " + small_panel());
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, HasSubstr("the panel has 2 units, 20 are needed"));
  EXPECT_THAT(run.out, IsEmpty());
}

/// A store that takes in, on each of two days, a record of one death count a month in Tajikistan
/// from January 2020: of 10 to September 2021, then of 14 to December 2022.
std::string workspace_raised_later() {
  const auto folder = scratch("");
  std::filesystem::remove_all(folder);
  const std::string work = "'" + (folder / "work").string() + "'";
  const auto take_in = [&](const char* name, int months, int deaths, const char* day) {
    std::string csv = "id,date,type,country,deaths_best\n";
    for (int i = 0; i < months; ++i) {
      csv += "e" + std::to_string(i) + "," + std::to_string(2020 + i / 12) + "-" +
             (i % 12 < 9 ? "0" : "") + std::to_string(i % 12 + 1) + "-10,state_based,Tajikistan," +
             std::to_string(deaths) + "\n";
    }
    write_file(folder / name, csv);
    const ProgramRun run =
        panj("ingest " + work + " '" + (folder / name).string() + "' --known-on " + day);
    EXPECT_EQ(run.exit_code, 0) << run.err;
  };
  take_in("first.csv", 21, 10, "2021-09-30");
  take_in("final.csv", 36, 14, "2024-02-01");
  return " --workspace " + work + " ";
}

TEST(BacktestCommand, ForecastsAWorkspaceAsItWasKnownAtEachOrigin) {
  const std::string work = workspace_raised_later();
  const std::string command = "backtest" + work + "--models conflictology-12 --json --windows ";
  const ProgramRun run = panj(command + "2022");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const json result = json::parse(run.out);
  EXPECT_EQ(result["windows"][0]["known_to"], "2021-09");
  EXPECT_EQ(result["windows"][0]["revised_since"]["raised"], 21);
  EXPECT_EQ(result["windows"][0]["revised_since"]["after"], 21 * 14);
  EXPECT_NEAR(result["windows"][0]["scores"]["conflictology-12"]["crps"].get<double>(), 4, 1e-9);
  EXPECT_THAT(result["notes"].dump(), HasSubstr("what was known on its last day"));
  const ProgramRun early = panj(command + "2021");
  EXPECT_EQ(early.exit_code, 3);
  EXPECT_THAT(early.err, HasSubstr("nothing was known on 2020-10-31"));
  // What came, as known before the figures were raised, does not reach the window.
  const ProgramRun then = panj(command + "2022 --as-of 2023-01-01");
  EXPECT_EQ(then.exit_code, 3);
  EXPECT_THAT(then.err, HasSubstr("the panel holds 2020-01 to 2021-09"));
  EXPECT_EQ(panj("backtest --windows 2022").exit_code, 2);
  EXPECT_EQ(panj(command + "2022 --panel x.csv").exit_code, 2);
}

TEST(ScoreCommand, ScoresAgainstWhatAWorkspaceKnowsNow) {
  const std::string work = workspace_raised_later();
  const std::string theirs = "'" + scratch("theirs.csv").string() + "'";
  ASSERT_EQ(panj("forecast" + work +
                 "--origin 2021-09 --model conflictology-12 --leads 1..6 "
                 "--output-type sample -o " +
                 theirs)
                .exit_code,
            0);
  const ProgramRun run = panj("score " + theirs + work + "--json");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const json result = json::parse(run.out);
  EXPECT_EQ(result["cells"], 6);
  for (const json& entry : result["forecasts"]) {  // theirs, and conflictology-12 of the same day
    EXPECT_NEAR(entry["scores"]["crps"].get<double>(), 4, 1e-9) << entry["name"];
  }
}

TEST(BacktestCommand, ScoresTheLeadsThatAreAsked) {
  const auto report = scratch("report.json");
  const ProgramRun run = panj("backtest " + small_panel(2016) +
                              "--models conflictology-12,zero --windows 2018..2020 --origins "
                              "monthly --leads 1..2 --json --report '" +
                              report.string() + "'");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const json result = json::parse(read_file(report));
  EXPECT_EQ(result["detail"]["zero"]["by_lead"].size(), 2U);
  EXPECT_TRUE(result["detail"]["zero"]["by_lead"].contains("1"));
  EXPECT_EQ(result["windows"][0]["by_kind"]["zero"]["quiet"]["cells"], 2);  // B, two leads
  const json& second = result["skill_by_lead"]["zero"]["2"];
  EXPECT_EQ(second["cells"], 2 * 25);
  EXPECT_LT(second["pool"], 0);
  EXPECT_LE(second["pool90"][0], second["pool90"][1]);
  EXPECT_EQ(panj("backtest " + small_panel() + "--windows 2020 --leads 0..37").exit_code, 2);
}

TEST(BacktestCommand, SaysBesideItsTableOnWhatModelsRest) {
  const ProgramRun run = panj("backtest " + small_panel() + "--models ls --windows 2020");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.err, HasSubstr("ls fell back to decay-6"));
  EXPECT_THAT(run.out, Not(HasSubstr("fell back")));
}

TEST(BacktestCommand, TakesModelForModels) {
  const std::string common = "backtest " + small_panel() + "--windows 2020 --json ";
  const ProgramRun one = panj(common + "--model zero");
  EXPECT_EQ(one.exit_code, 0) << one.err;
  EXPECT_EQ(one.out, panj(common + "--models zero").out);
}

TEST(BacktestCommand, GivesTheSameForAnyNumberOfThreads) {
  const std::string common = "backtest " + small_panel() + "--windows 2020..2021 --json --threads ";
  const std::string one = panj(common + "1").out;
  EXPECT_EQ(panj(common + "2").out, one);
  EXPECT_EQ(panj(common + "3").out, one);
}

TEST(BacktestCommand, PrintsATableOrWritesIt) {
  const std::string common = "backtest " + small_panel() + "--windows 2020 ";
  const ProgramRun shown = panj(common);
  EXPECT_THAT(shown.out, HasSubstr("conflictology-12"));
  EXPECT_THAT(shown.out, HasSubstr("CRPS skill"));
  const auto path = scratch("table.txt");
  const ProgramRun written = panj(common + "-o '" + path.string() + "'");
  EXPECT_THAT(written.out, IsEmpty());
  EXPECT_EQ(read_file(path), shown.out);
}

TEST(BacktestCommand, SaysWhatIsWrong) {
  const std::string panel = "backtest " + small_panel();
  const auto expect = [](const ProgramRun& run, int exit_code, const char* message) {
    EXPECT_EQ(run.exit_code, exit_code) << message;
    EXPECT_THAT(run.err, HasSubstr(message));
    EXPECT_THAT(run.out, IsEmpty());
  };
  expect(panj(panel + "--windows 2020 --models conflictolgy-12"), 3,
         "did you mean 'conflictology-12'?");
  expect(panj(panel + "--windows 2020 --models zero,zero"), 3, "models: names 'zero' twice");
  expect(panj(panel + "--windows 2018..2022"), 3, "the panel holds 2019-01 to 2021-12");
  expect(panj(panel + "--windows 2021..2020"), 2, "'2021..2020' is no range");
  expect(panj(panel + "--windows 2020 --value-column death_sb"), 3, "did you mean 'deaths_sb'?");
  expect(panj("backtest --panel nowhere.csv --windows 2020"), 3, "nowhere.csv");
  expect(panj(panel), 2, "--windows");
}

TEST(BacktestCommand, ReproducesThePublishedBenchmarks) {
  const std::string path = test::source_path("../shared/data/panel/country_month_sb_1990_2021.csv");
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "the shared panel data are absent";
  const ProgramRun run = panj("backtest --panel '" + path +
                              "' --models conflictology-12,zero --windows 2018..2021 --json");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const json windows = json::parse(run.out)["windows"];
  const double conflictology[] = {14.5101, 9.1461, 21.3393, 76.8495};
  const double zero[] = {24.1305, 23.0188, 32.0406, 87.3390};
  for (std::size_t w = 0; w < 4; ++w) {
    const json& scores = windows[w]["scores"];
    EXPECT_NEAR(scores["conflictology-12"]["crps"].get<double>(), conflictology[w], 0.5e-4);
    EXPECT_NEAR(scores["zero"]["crps"].get<double>(), zero[w], 0.5e-4);
  }
}

}  // namespace
}  // namespace panj::app
