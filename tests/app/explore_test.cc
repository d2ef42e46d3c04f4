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

TEST(ExploreSobol, KeepsTheContractOfItsJson) {
  const ProgramRun run = panj("explore sobol --function ishigami --n 16384 --json");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const json result = json::parse(run.out);
  ASSERT_EQ(result["first"].size(), 3U);
  ASSERT_EQ(result["total"].size(), 3U);
  EXPECT_NEAR(result["first"][0].get<double>(), 0.3139, 0.005);
  EXPECT_NEAR(result["total"][2].get<double>(), 0.2437, 0.005);
  EXPECT_EQ(result["first_interval"].size(), 3U);
}

TEST(ExploreSobol, SaysWhatIsWrong) {
  const ProgramRun unknown = panj("explore sobol --function sobolg");
  EXPECT_EQ(unknown.exit_code, 3);
  EXPECT_THAT(unknown.err, HasSubstr("did you mean 'sobol-g'?"));
  EXPECT_EQ(panj("explore sobol --function ishigami --n 0").exit_code, 2);
}

/// Cases fail where x is above 0.75.
std::string small_cases() {
  std::string csv = "run,x,y,deaths\n";
  for (int i = 0; i < 40; ++i) {
    const double x = (i * 7 % 40) / 40.0;
    csv += std::to_string(i) + "," + std::to_string(x) + "," + std::to_string(i * 11 % 40 / 40.0) +
           "," + (x > 0.75 && i % 10 != 0 ? "9" : "2") + "\n";
  }
  const auto path = scratch("cases.csv");
  write_file(path, csv);
  return "explore prim --csv '" + path.string() + "' ";
}

TEST(ExplorePrim, KeepsTheContractOfItsJson) {
  const ProgramRun run =
      panj(small_cases() + "--outcome deaths --above 5 --inputs x,y --alpha 0.1 --json");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const json result = json::parse(run.out);
  const json& steps = result["trajectory"];
  ASSERT_GT(steps.size(), 2U);
  EXPECT_EQ(steps[0]["coverage"], 1.0);
  EXPECT_EQ(steps[0]["restricted"], 0);
  EXPECT_GT(steps.back()["density"].get<double>(), 0.8);
  EXPECT_EQ(result["chosen"]["limits"][0]["input"], "x");
}

TEST(ExplorePrim, SaysWhatIsWrong) {
  const std::string cases = small_cases();
  const ProgramRun nobody = panj(cases + "--outcome deaths --above 100");
  EXPECT_EQ(nobody.exit_code, 3);
  EXPECT_THAT(nobody.err, HasSubstr("in no case"));
  const ProgramRun unknown = panj(cases + "--outcome deths --above 5");
  EXPECT_EQ(unknown.exit_code, 3);
  EXPECT_THAT(unknown.err, HasSubstr("did you mean 'deaths'?"));
  EXPECT_EQ(panj(cases + "--outcome deaths").exit_code, 2);
  EXPECT_EQ(panj(cases + "--outcome deaths --above 5 --alpha 0.7").exit_code, 2);
}

}  // namespace
}  // namespace panj::app
