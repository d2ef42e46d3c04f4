// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/case_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "explore/tables.h"
#include "panj/core/file.h"
#include "panj/core/problem.h"

namespace panj::explore {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

CaseTable table_of(const std::string& text, const std::vector<std::string>& only = {}) {
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  const auto path =
      std::filesystem::path(testing::TempDir()) / (std::string("cases_") + test->name() + ".csv");
  write_file(path, text);
  return read_case_table(path, only);
}

TEST(CaseTable, KnowsRealsWholeNumbersAndCategories) {
  const CaseTable table = table_of("x,n,who\n1.5,1,RU\n2,3,TJ\n2.5,2,RU\n");
  EXPECT_EQ(table.find("x").kind, InputKind::real);
  EXPECT_EQ(table.find("n").kind, InputKind::integer);
  EXPECT_EQ(table.find("who").kind, InputKind::category);
  EXPECT_THAT(table.find("who").categories, ElementsAre("RU", "TJ"));
  EXPECT_THAT(table.find("who").values, ElementsAre(0, 1, 0));
}

TEST(CaseTable, ReportsEveryProblem) {
  const std::string problems = problems_of([] { table_of("x,y\n1,\n2\n3,inf\n"); });
  EXPECT_THAT(problems, HasSubstr(":2: y: is empty"));
  EXPECT_THAT(problems, HasSubstr(":3: has 1 values"));
  EXPECT_THAT(problems, HasSubstr(":4: y: is 'inf'"));
  EXPECT_THAT(problems_of([] { table_of("x,x\n1,2\n"); }), HasSubstr("x: is given twice"));
  EXPECT_THAT(problems_of([] { table_of("x\n"); }), HasSubstr("has no rows"));
  EXPECT_THAT(problems_of([] { table_of("cost\n1\n").find("csot"); }),
              HasSubstr("did you mean 'cost'?"));
}

TEST(CaseTable, TakesNoTextForANumberOrNumbersForTexts) {
  const std::string problems = problems_of([] { table_of("x,y\n1,2\n2,NA\n3,1e999\n4,5\n5,6\n"); });
  EXPECT_THAT(problems, HasSubstr(":3: y: is 'NA' (most values of this column are numbers)"));
  EXPECT_THAT(problems, HasSubstr(":4: y: is '1e999'"));
  EXPECT_EQ(table_of("x,y\n a , 1.5\n b,2 \n").find("y").values[1], 2.0);
  EXPECT_EQ(table_of("x, y\n a ,1.5\nb,2\n").find("x").categories[0], "a");
}

TEST(CaseTable, LooksOnlyAtTheColumnsAskedFor) {
  const CaseTable table = table_of("x,note,y\n1,,2\n3,NA,4\n", {"y"});
  ASSERT_EQ(table.columns.size(), 1U);
  EXPECT_THAT(table.find("y").values, ElementsAre(2, 4));
  EXPECT_THAT(table.lines, ElementsAre(2, 3));
  EXPECT_THAT(problems_of([] { table_of("cost\n1\n", {"csot"}); }),
              HasSubstr(":1: csot: is not a column of the table did you mean 'cost'?"));
}

TEST(CasesOfInterest, MayBeTrueOrFalse) {
  const CaseTable table = table_of("x,fails\n1.5,True\n2.5,False\n0.5,True\n");
  EXPECT_THAT(cases_of_interest(table, "fails", Side::above, 0.5), ElementsAre(true, false, true));
}

TEST(CasesOfInterest, NeedSomeOnEachSide) {
  const CaseTable table = table_of("cost,who\n1,A\n5,B\n9,A\n");
  EXPECT_THAT(cases_of_interest(table, "cost", Side::above, 5), ElementsAre(false, false, true));
  EXPECT_THAT(cases_of_interest(table, "cost", Side::below, 5), ElementsAre(true, false, false));
  EXPECT_THAT(problems_of([&] { cases_of_interest(table, "cost", Side::above, 9); }),
              HasSubstr("lies above 9 in no case"));
  EXPECT_THAT(problems_of([&] { cases_of_interest(table, "cost", Side::above, 0); }),
              HasSubstr("lies above 0 in every case"));
  EXPECT_THAT(problems_of([&] { cases_of_interest(table, "who", Side::above, 0); }),
              HasSubstr("an outcome must be a number"));
}

TEST(InputChoice, LeavesOutWhatIsNoInputAndSaysWhy) {
  const CaseTable table = table_of(
      "a,fixed,b,record,result,cost\n0.5,1,2.5,11,0.2,1\n0.1,1,2.1,12,0.8,2\n0.9,1,2.7,15,0.7,3\n"
      "0.3,1,2.9,16,0.1,4\n");
  const auto of_interest = cases_of_interest(table, "cost", Side::above, 2.5);
  const InputChoice choice = choose_inputs(table, "cost", of_interest, {});
  ASSERT_EQ(choice.inputs.size(), 1U);
  EXPECT_EQ(choice.inputs[0].name, "a");
  ASSERT_EQ(choice.left_out.size(), 5U);
  EXPECT_EQ(choice.left_out[0].reason, "has one value");
  EXPECT_EQ(choice.left_out[1].reason, "tells the cases of interest apart all alone");
  EXPECT_EQ(choice.left_out[2].reason, "numbers the records");
  EXPECT_EQ(choice.left_out[3].reason, "follows the record number, as results do");
  EXPECT_EQ(choice.left_out[4].reason, "the outcome");
}

TEST(InputChoice, TakesTheColumnsNamed) {
  const CaseTable table = table_of("a,b,cost\n1,7,1\n2,8,5\n3,2,9\n");
  const auto of_interest = cases_of_interest(table, "cost", Side::above, 5);
  const std::vector<std::string> names{"b"};
  EXPECT_EQ(choose_inputs(table, "cost", of_interest, names).inputs[0].name, "b");
  const std::vector<std::string> outcome{"cost"};
  EXPECT_THAT(problems_of([&] { choose_inputs(table, "cost", of_interest, outcome); }),
              HasSubstr("is both outcome and input"));
}

TEST(InputChoice, LeavesTextsOutThatAreNoCategories) {
  std::string csv = "who,cost\n";
  for (int i = 0; i < 70; ++i) {
    csv += "c" + std::to_string(i) + "," + std::to_string(i * 7 % 70) + "\n";
  }
  const CaseTable table = table_of(csv);
  const auto of_interest = cases_of_interest(table, "cost", Side::above, 60);
  EXPECT_THAT(problems_of([&] { choose_inputs(table, "cost", of_interest, {}); }),
              HasSubstr("'who': has 70 different texts, more than 64"));
  const std::vector<std::string> named{"who"};
  EXPECT_THAT(problems_of([&] { choose_inputs(table, "cost", of_interest, named); }),
              HasSubstr("who: has 70 different texts"));
  const std::vector<std::string> twice{"cost2", "cost2"};
  const CaseTable two = table_of("cost2,cost\n1.5,1\n2.5,2\n");
  EXPECT_THAT(problems_of([&] {
                choose_inputs(two, "cost", {false, true}, twice);
              }),
              HasSubstr("is given twice"));
}

}  // namespace
}  // namespace panj::explore
