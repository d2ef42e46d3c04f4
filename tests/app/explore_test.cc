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
  const ProgramRun level = panj("explore sobol --function ishigami --level nan");
  EXPECT_EQ(level.exit_code, 2);
  EXPECT_THAT(level.err, HasSubstr("nan is not a number from 0 to 1"));
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

TEST(ExplorePrim, SaysInWordsWhereTheCasesLie) {
  const ProgramRun run =
      panj(small_cases() + "--outcome deaths --above 5 --inputs x,y --alpha 0.1");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("of the 9 cases of interest lie where"));
  EXPECT_THAT(run.out, HasSubstr("x at least 0.7625 (quasi-p"));
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
  for (const char* wrong : {"--above 5 --alpha 0.7", "--above 5 --alpha nan", "--above nan",
                            "--above 5 --below 3", "--above 5 --minimum-mass 2"}) {
    EXPECT_EQ(panj(cases + "--outcome deaths " + wrong).exit_code, 2) << wrong;
  }
}

TEST(ExplorePrim, TakesTablesWithTextsConstantsAndGapsInColumnsNotAskedFor) {
  std::string csv = "who,region, x ,fixed,gap,fails\n";
  for (int i = 0; i < 80; ++i) {
    const bool south = i % 4 == 1;
    csv += "run " + std::to_string(i) + "," + (south ? "south" : "\"north, far\"") + ", " +
           std::to_string((i * 13 % 80) / 80.0) + ",7," + (i == 9 ? "" : "1.5") + "," +
           (south ? "True" : "False") + "\n";
  }
  const auto path = scratch("texts.csv");
  write_file(path, csv);
  const std::string prim = "explore prim --json --csv '" + path.string() + "' --outcome fails ";
  const ProgramRun gap = panj(prim + "--above 0.5");
  EXPECT_EQ(gap.exit_code, 3);
  EXPECT_THAT(gap.err, HasSubstr("texts.csv:11: gap: is empty"));
  const ProgramRun named = panj(prim + "--above 0.5 --inputs region,x,fixed");
  ASSERT_EQ(named.exit_code, 0) << named.err;
  const json chosen = json::parse(named.out)["chosen"];
  EXPECT_EQ(chosen["density"], 1.0);
  EXPECT_EQ(chosen["limits"][0]["categories"], json::array({"south"}));
  const ProgramRun all = panj(prim + "--below 0.5 --inputs region,who");
  EXPECT_EQ(all.exit_code, 3);
  EXPECT_THAT(all.err, HasSubstr("who: has 80 different texts"));
}

/// A policy file of the lake.
std::string lake(const std::string& csv) {
  const auto path = scratch("policies.csv");
  write_file(path, csv);
  return "explore lake --policies '" + path.string() + "' --futures 100 --years 100 --json";
}

TEST(ExploreLake, KeepsTheContractOfItsJson) {
  // The first row of the published archive, with a column that is not read.
  const ProgramRun run =
      panj(lake("note,c1,c2,r1,r2,w1\n,0.25442105883614063,-1.2749613577452774,0.8643417456370199,"
                "0.6518448427680824,0.08591457871570915\n"));
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const json rows = json::parse(run.out);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_NEAR(rows[0]["max_p"].get<double>(), 2.4438, 0.01);
  EXPECT_NEAR(rows[0]["utility"].get<double>(), 1.7781, 0.001);
  EXPECT_NEAR(rows[0]["inertia"].get<double>(), 0.99, 0.001);
  EXPECT_NEAR(rows[0]["reliability"].get<double>(), 0.0594, 0.01);
}

TEST(ExploreLake, NamesEveryBadPolicy) {
  const auto problem = [](const std::string& rows) {
    const ProgramRun run = panj(lake(rows));
    EXPECT_EQ(run.exit_code, 3) << rows;
    return run.err;
  };
  EXPECT_THAT(problem("c1,c2,r1,r2\n1,1,1,1\n"), HasSubstr("policies.csv:1: w1: is not a column"));
  const std::string radii = problem("c1,c2,r1,r2,w1\n1,1,0,1,1\n1,1,1,0,1\n");
  EXPECT_THAT(radii, HasSubstr("policies.csv:2: r1: is 0"));
  EXPECT_THAT(radii, HasSubstr("policies.csv:3: r2: is 0"));
  const std::string values =
      problem("c1,c2,r1,r2,w1\nx,1,1,1,1\n1,,1,1,1\n1,1,1,1,nan\n1,1,1\n2,1,1,1,1\n");
  EXPECT_THAT(values, HasSubstr(":3: c2: is empty"));
  EXPECT_THAT(values, HasSubstr(":4: w1: is 'nan'"));
  EXPECT_THAT(values, HasSubstr(":5: has 3 values"));
  EXPECT_THAT(values, HasSubstr(":2: c1: is 'x'"));
  EXPECT_THAT(problem("c1,c2,r1,r2,w1\n1e200,-1e200,1e-200,2,-3\n"),
              HasSubstr("policy 1 has no release that is a number"));
}

}  // namespace
}  // namespace panj::app
