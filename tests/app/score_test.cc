// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "app/program.h"

namespace panj::app {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

/// A panel with VIEWS's ids, 2019 to 2020.
std::string two_country_panel() {
  std::string text = "month_id,country_id,deaths_sb\n";
  for (int id = 469; id <= 492; ++id) {
    text += std::to_string(id) + ",57," + std::to_string(id % 5) + "\n";
  }
  const auto path = scratch("panel.csv");
  write_file(path, text);
  return " --panel '" + path.string() + "' --unit-column country_id ";
}

TEST(ScoreCommand, ScoresAViewsForecastOfOursAsOurs) {
  const auto theirs = scratch("theirs.csv").string();
  const ProgramRun made = panj("forecast --model conflictology-12 --origin 2019-12 --format views" +
                               two_country_panel() + "-o " + theirs);
  ASSERT_EQ(made.exit_code, 0) << made.err;
  EXPECT_THAT(read_file(theirs), HasSubstr("month_id,country_id,draw,outcome\n481,57,0,"));
  const ProgramRun run = panj("score " + theirs + two_country_panel() + "--origin 2019-12 --json");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const json result = json::parse(run.out);
  EXPECT_EQ(result["cells"], 12);
  EXPECT_EQ(result["forecasts"][0]["name"], "theirs");
  EXPECT_EQ(result["forecasts"][1]["name"], "conflictology-12");
  EXPECT_EQ(result["forecasts"][0]["scores"], result["forecasts"][1]["scores"]);
  EXPECT_NEAR(result["forecasts"][0]["crps_skill"].get<double>(), 0, 1e-9);
}

TEST(ScoreCommand, SaysHowQuantilesAreScored) {
  const auto theirs = scratch("theirs.csv").string();
  ASSERT_EQ(panj("forecast --model decay-3 --origin 2019-12" + two_country_panel() + "-o " + theirs)
                .exit_code,
            0);
  const ProgramRun run = panj("score " + theirs + two_country_panel());
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("weighted interval score"));
  EXPECT_THAT(run.err, HasSubstr("12 rows of output_type mean are left out"));
}

TEST(ScoreCommand, SaysOnWhatOurModelsRest) {
  const auto theirs = scratch("theirs.csv").string();
  ASSERT_EQ(panj("forecast --model zero --origin 2019-06" + two_country_panel() +
                 "--leads 3..5 --output-type sample -o " + theirs)
                .exit_code,
            0);
  const ProgramRun run =
      panj("score " + theirs + two_country_panel() + "--models zero,default --json");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const json notes = json::parse(run.out)["notes"];
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_THAT(notes[0].get<std::string>(), HasSubstr("ls fell back to decay-6"));
  EXPECT_THAT(run.err, HasSubstr(notes[0].get<std::string>() + "\n"));
}

TEST(ScoreCommand, RefusesAForecastOfSomethingElse) {
  const auto theirs = scratch("theirs.csv");
  write_file(theirs,
             "origin_date,location,target,horizon,output_type,output_type_id,value\n"
             "2019-12-31,57,incidents,1,sample,0,1\n");
  const ProgramRun run = panj("score " + theirs.string() + two_country_panel());
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, HasSubstr("theirs.csv: target: is 'incidents'"));
  EXPECT_THAT(run.err, HasSubstr("the outcomes to score it by are 'deaths_sb'"));
}

TEST(ScoreCommand, GoesNoFurtherThanOurModels) {
  const auto theirs = scratch("theirs.csv");
  write_file(theirs,
             "origin_date,location,target,horizon,output_type,output_type_id,value\n"
             "2019-12-31,57,deaths_sb,36,sample,0,1\n"
             "2019-12-31,57,deaths_sb,37,sample,0,1\n");
  const ProgramRun run = panj("score " + theirs.string() + two_country_panel());
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, HasSubstr("theirs.csv:3: horizon: is '37'"));
  EXPECT_THAT(run.err, HasSubstr("from 1 to 36"));
  EXPECT_THAT(run.err, Not(HasSubstr("theirs.csv:2")));
}

TEST(ScoreCommand, SaysWhatIsWrong) {
  const auto theirs = scratch("theirs.csv");
  write_file(theirs, "month_id,country_id,draw,outcome\n481,57,0,-3\n");
  EXPECT_THAT(panj("score " + theirs.string() + two_country_panel()).err,
              HasSubstr("give --origin"));
  const ProgramRun run =
      panj("score " + theirs.string() + two_country_panel() + "--origin 2019-12");
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, HasSubstr("theirs.csv:2: outcome: is '-3'"));
}

}  // namespace
}  // namespace panj::app
