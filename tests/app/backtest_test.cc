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

/// Two countries, 2019 to 2021; A has as many deaths as the month's number, B none.
std::string small_panel() {
  std::string csv = "month_id,year,month,country_id,country,deaths_sb\n";
  for (int year = 2019; year <= 2021; ++year) {
    for (int month = 1; month <= 12; ++month) {
      const std::string date = std::to_string(year) + "," + std::to_string(month);
      csv += "0," + date + ",1,A," + std::to_string(month) + "\n0," + date + ",2,B,0\n";
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
  expect(panj(panel + "--windows 2018..2022"), 3, "the panel holds 2019-01 to 2021-12");
  expect(panj(panel + "--windows 2021..2020"), 3, "windows: is '2021..2020'");
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
