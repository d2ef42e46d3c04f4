// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "app/program.h"
#include "panj/core/file.h"
#include "paths.h"

namespace panj::app {
namespace {

using testing::HasSubstr;

/// The reference theatre's ten incidents in a workspace; the arguments that name it.
std::string workspace() {
  std::filesystem::remove_all(scratch(""));
  const std::string path = "'" + scratch("work").string() + "'";
  const ProgramRun run = panj("ingest " + path + " " + kTheatre + "/incidents.csv");
  EXPECT_EQ(run.exit_code, 0) << run.err;
  return "panel " + path + " ";
}

double sum_of_last_column(const std::string& csv) {
  std::istringstream lines(csv);
  std::string line;
  std::getline(lines, line);
  double sum = 0;
  while (std::getline(lines, line)) sum += std::stod(line.substr(line.rfind(',') + 1));
  return sum;
}

TEST(PanelCommand, LosesNothingByCountry) {
  const std::string panel = workspace();
  EXPECT_EQ(sum_of_last_column(panj(panel + "--of count").out), 10);
  // 25 + 17 + 0 + 0 + 2 + 3 + 1 + 3 + 2 + 5 reported dead.
  EXPECT_EQ(sum_of_last_column(panj(panel + "--of deaths").out), 58);
  EXPECT_EQ(sum_of_last_column(panj(panel + "--of count --from 2022-01 --to 2025-12").out), 7);
  EXPECT_EQ(sum_of_last_column(panj(panel + "--of count --type infiltration").out), 3);
  EXPECT_EQ(sum_of_last_column(panj(panel + "--of count --by grid").out), 10);
}

TEST(PanelCommand, CountsOnTheStretchesOfATheatre) {
  const ProgramRun run = panj(workspace() + "--by stretch --of count --theatre " + kTheatre);
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(sum_of_last_column(run.out), 9);  // one lies at the Tajik–Uzbek border
  EXPECT_THAT(run.out, HasSubstr("2024,11,s08,1\n"));
  EXPECT_THAT(run.out, HasSubstr("2024,11,s24,0\n"));
  EXPECT_THAT(run.err, HasSubstr("1 incident"));
}

TEST(PanelCommand, RefusesWhatOnlyStretchesHave) {
  for (const char* option : {"--within-km 3", "--stretch-km 20"}) {
    const ProgramRun run = panj(workspace() + "--by country " + option);
    EXPECT_EQ(run.exit_code, 2) << option;
    EXPECT_THAT(run.err, HasSubstr("goes with --by stretch only")) << option;
  }
}

TEST(PanelCommand, CountsByDistanceToTheBorder) {
  const ProgramRun run = panj(workspace() + "--by distance --of count --theatre " + kTheatre);
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(sum_of_last_column(run.out), 10);
  EXPECT_THAT(run.out, HasSubstr(",100-200 km,"));
}

TEST(PanelCommand, KnowsOnlyWhatWasKnownOnTheDay) {
  const ProgramRun run = panj(workspace() + "--of count --as-of 2001-01-01");
  EXPECT_EQ(sum_of_last_column(run.out), 0);
}

TEST(PanelCommand, CountsByProvinceAndByType) {
  const std::string panel = workspace();
  const ProgramRun run = panj(panel + "--by province --of count");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(sum_of_last_column(run.out), 9);  // of one, the province is not known
  EXPECT_THAT(run.out, HasSubstr("2024,11,Tajikistan: Khatlon,1\n"));
  const ProgramRun two = panj(panel + "--by province --type infiltration,cross_border_fire");
  EXPECT_EQ(sum_of_last_column(two.out), 10);  // 2 + 3 + 5 + 0 reported dead
}

TEST(PanelCommand, CutsABorderFileIntoStretches) {
  const ProgramRun run = panj(workspace() + "--by stretch --of count --stretch-km 200 --border '" +
                              kTheatre + "/border/osm.geojson'");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(sum_of_last_column(run.out), 9);
  EXPECT_THAT(run.out, HasSubstr(",s07,"));  // 1,348 km
  EXPECT_THAT(run.out, testing::Not(HasSubstr(",s08,")));
}

/// The first report had one dead, the second one three.
TEST(PanelCommand, CountsEachVintageAsItWasKnown) {
  std::filesystem::remove_all(scratch(""));
  const std::string path = "'" + scratch("vintages").string() + "'";
  const auto report = [&](int deaths, const std::string& known_on) {
    const auto file = scratch("report.csv");
    write_file(file, "id,date,type,country,deaths_best\n1,2024-11-18,armed_attack,Tajikistan," +
                         std::to_string(deaths) + "\n");
    EXPECT_EQ(panj("ingest " + path + " '" + file.string() + "' --known-on " + known_on).exit_code,
              0);
  };
  report(1, "2024-11-20");
  report(3, "2025-02-01");
  EXPECT_EQ(sum_of_last_column(panj("panel " + path + " --as-of 2024-12-31").out), 1);
  EXPECT_EQ(sum_of_last_column(panj("panel " + path + " --as-of 2025-02-01").out), 3);
}

TEST(PanelCommand, WithoutIncidentsThereIsNoFirstMonth) {
  std::filesystem::remove_all(scratch(""));
  write_file(scratch("none.csv"), "id,date,type,country,deaths_best\n");
  const std::string work = "'" + scratch("work").string() + "'";
  ASSERT_EQ(panj("ingest " + work + " '" + scratch("none.csv").string() + "'").exit_code, 0);
  const ProgramRun run = panj("panel " + work + " --json");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("\"first\": null"));
}

/// What the command line alone shows to be wrong is wrong use (2); a file that is not there is bad
/// input (3).
TEST(PanelCommand, TellsWrongUseFromBadInput) {
  const std::string panel = workspace();
  const auto wrong = [&](const std::string& options, const char* message) {
    const ProgramRun run = panj(panel + options);
    EXPECT_EQ(run.exit_code, 2) << options;
    EXPECT_THAT(run.err, HasSubstr(message)) << options;
  };
  wrong("--by stretch", "--by: stretches and distances need a border: give --theatre DIR");
  wrong("--from 2022-13", "--from: '2022-13' is no month (must be YYYY-MM)");
  wrong("--to 9999-01", "--to: is 9999-01 (the year must be a whole number from 1800 to 2200)");
  wrong("--from 2023-02 --to 2023-01", "--to: 2023-01 lies before --from, 2023-02");
  wrong("--as-of yesterday", "--as-of: 'yesterday' is no date");
  wrong("--type raid", "--type");
  EXPECT_EQ(panj(panel + "--by stretch --theatre nowhere").exit_code, 3);
  EXPECT_EQ(panj("panel nowhere").exit_code, 3);
  EXPECT_EQ(panj("incidents nowhere --as-of 2023-02-30").exit_code, 2);
}

}  // namespace
}  // namespace panj::app
