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

CaseTable table_of(const std::string& text) {
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  const auto path =
      std::filesystem::path(testing::TempDir()) / (std::string("cases_") + test->name() + ".csv");
  write_file(path, text);
  return read_case_table(path);
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

}  // namespace
}  // namespace panj::explore
