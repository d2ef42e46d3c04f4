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

const std::string kCalibrate = "calibrate '" + test::source_path("theatres/tajik-afghan") + "' ";
const std::string kQuick = kCalibrate + "--draws 12 --replicates 4 --tolerance 10 --stretches 3 ";

TEST(CalibrateCommand, KeepsTheContractOfItsJson) {
  const ProgramRun run = panj(kQuick + "--seed 7 --json");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const json result = json::parse(run.out);
  ASSERT_EQ(result["reported_incidents"].size(), 4U);
  const double reported[] = {1, 2, 1, 3};
  for (std::size_t y = 0; y < 4; ++y)
    EXPECT_EQ(result["reported_incidents"][y]["reported"], reported[y]);
  const json& level = result["expected_in_all_years"];
  EXPECT_EQ(level["reported"], 7);
  EXPECT_LT(level["after"]["q05"], level["after"]["q95"]);
  for (const json& each : result["assumptions"]) {
    EXPECT_TRUE(each.at("narrowed").is_boolean());
    EXPECT_LE(each.at("before").at("low"), each.at("after").at("q05"));
  }
  EXPECT_EQ(panj(kQuick + "--seed 7 --json --threads 1").out, run.out);
}

TEST(CalibrateCommand, SaysWhatTheIncidentsCannotNarrow) {
  const ProgramRun run = panj(kQuick + "--seed 7");
  EXPECT_THAT(run.out, HasSubstr("The incidents cannot narrow these"));
  EXPECT_THAT(run.out, HasSubstr("Kolmogorov–Smirnov distance"));
  EXPECT_THAT(run.out, HasSubstr("This level is what incidents narrow"));
  EXPECT_THAT(run.out, HasSubstr("2022  reported 1"));
}

TEST(CalibrateCommand, TellsRowsThatItLeavesOut) {
  const auto theatre = scratch("theatre");
  std::filesystem::remove_all(theatre);
  std::filesystem::create_directories(theatre);
  std::filesystem::copy(kTheatre, theatre, std::filesystem::copy_options::recursive);
  std::string rows = read_file(theatre / "incidents.csv");
  const std::string date = ",2022-05-07,";
  rows.replace(rows.find(date), date.size(), ",2022-05-37,");
  write_file(theatre / "incidents.csv", rows);
  const ProgramRun run = panj("calibrate '" + theatre.string() +
                              "' --draws 12 --replicates 4 --tolerance 10 --stretches 3 --json");
  EXPECT_EQ(run.exit_code, 4) << run.err;
  EXPECT_THAT(run.err, HasSubstr("2022-05-37"));
  EXPECT_EQ(json::parse(run.out)["reported_incidents"][0]["reported"], 0);
}

TEST(CalibrateCommand, SaysWhatIsWrong) {
  EXPECT_EQ(panj("calibrate nowhere").exit_code, 3);
  EXPECT_EQ(panj(kCalibrate + "--draws 2").exit_code, 2);
  const ProgramRun run =
      panj("calibrate '" + test::source_path("theatres/ghana-burkina-faso") + "'");
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, HasSubstr("calibration needs the reported incidents"));
}

}  // namespace
}  // namespace panj::app
