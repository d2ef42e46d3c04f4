// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

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
  expect(panj(zero + "--origin March"), 3, "must be YYYY-MM");
  expect(panj(zero + "--leads 0..4"), 3, "from 1 to 36");
  expect(panj(panel() + "--model zeros"), 3, "did you mean 'zero'?");
  expect(panj(zero + "--output-type graph"), 2, "graph");
}

TEST(ForecastCommand, HelpNamesTheModelsAndShowsExamples) {
  const ProgramRun run = panj("forecast --help");
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_THAT(run.out, HasSubstr("conflictology-N"));
  EXPECT_THAT(run.out, HasSubstr("Examples:"));
}

}  // namespace
}  // namespace panj::app
