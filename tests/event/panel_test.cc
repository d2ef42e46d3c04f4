// SPDX-License-Identifier: Apache-2.0
#include "panj/event/panel.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "panj/core/contract.h"
#include "panj/core/file.h"
#include "panj/core/problem.h"

namespace panj::event {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Panel read(const std::string& text, const PanelColumns& columns = {}) {
  const auto path = std::filesystem::path(testing::TempDir()) /
                    testing::UnitTest::GetInstance()->current_test_info()->name();
  write_file(path, text);
  return read_panel(path, columns);
}

std::vector<Problem> problems_of(const std::string& text) {
  try {
    read(text);
  } catch (const InvalidInput& error) {
    return error.problems();
  }
  return {};
}

TEST(Panel, ReadsRowsInAnyOrderAndKeepsUnitsInOrderOfAppearance) {
  const Panel panel = read(
      "month_id,year,month,country,deaths_sb\n"
      "123,1990,3,Tajikistan,7\r\n"
      "121,1990,1,Tajikistan,0\n"
      "122,1990,2,\"Yemen, North\",2.5\n");
  EXPECT_THAT(panel.units(), ElementsAre("Tajikistan", "Yemen, North"));
  EXPECT_EQ(panel.first(), Month(1990, 1));
  EXPECT_EQ(panel.last(), Month(1990, 3));
  EXPECT_EQ(panel.at(UnitId(0), Month(1990, 3)), 7);
  EXPECT_TRUE(std::isnan(panel.at(UnitId(0), Month(1990, 2))));
  EXPECT_EQ(panel.at(*panel.find("Yemen, North"), Month(1990, 2)), 2.5);
  EXPECT_FALSE(panel.find("Yemen"));
}

TEST(Panel, TakesOtherColumnNamesAndAByteOrderMark) {
  const Panel panel = read("\xEF\xBB\xBFstretch,year,month,incidents\nVanj,2024,1,3\n",
                           {.unit = "stretch", .value = "incidents"});
  EXPECT_EQ(panel.at(UnitId(0), Month(2024, 1)), 3);
}

TEST(Panel, ReportsEveryProblemWithItsLine) {
  const auto problems = problems_of(
      "year,month,country,deaths_sb\n"
      "1990,13,A,0\n"
      "1990,1,A,-4\n"
      "1990,1,A\n"
      "x,2,,many\n"
      "1990,3,A,nan\n");
  ASSERT_EQ(problems.size(), 7U);
  EXPECT_THAT(to_string(problems[0]), HasSubstr(":2: month: is '13' (must be a month from 1 to"));
  EXPECT_THAT(to_string(problems[1]), HasSubstr(":3: deaths_sb: is '-4' (must be a number of at"));
  EXPECT_THAT(to_string(problems[2]), HasSubstr(":4: has 3 fields (the header has 4)"));
  EXPECT_EQ(problems[3].field, "year");
  EXPECT_EQ(problems[4].field, "country");
  EXPECT_EQ(problems[5].field, "deaths_sb");
  EXPECT_EQ(problems[6].line, 6U);
}

TEST(Panel, RefusesMoreDeathsThanThereArePeople) {
  const auto problems = problems_of(
      "year,month,country,deaths_sb\n1990,1,A,1e10\n1990,2,A,\n1990,3,A,10000000001\n1990,4,A,"
      "1e300\n");
  ASSERT_EQ(problems.size(), 2U);
  EXPECT_THAT(to_string(problems[0]),
              HasSubstr(":4: deaths_sb: is '10000000001' (must be at most 10000000000)"));
  EXPECT_THAT(to_string(problems[1]), HasSubstr(":5: deaths_sb: is '1e300'"));
}

TEST(Panel, AllowsTheYearsThatIncidentsMayHave) {
  EXPECT_THAT(problems_of("year,month,country,deaths_sb\n1799,1,A,0\n2201,1,A,0\n2200,12,A,0\n"),
              ElementsAre(testing::Field(&Problem::why, plausible_years()),
                          testing::Field(&Problem::why, plausible_years())));
  EXPECT_THAT(problems_of("month_id,country,deaths_sb\n-2160,A,0\n"),
              ElementsAre(testing::Field(&Problem::why, HasSubstr(plausible_years()))));
}

TEST(Panel, RefusesAUnitMonthThatIsGivenTwoValues) {
  const auto problems =
      problems_of("year,month,country,deaths_sb\n1990,1,A,0\n1990,2,A,0\n1990,1,A,3\n1990,2,A,\n");
  ASSERT_EQ(problems.size(), 2U);
  EXPECT_THAT(to_string(problems[0]),
              HasSubstr(":4: gives A 1990-01 again, with another value (line 2 has it"));
  EXPECT_EQ(problems[1].line, 5U);
}

TEST(Panel, LeavesOutRowsThatSayTheSameAgain) {
  const Panel panel =
      read("year,month,country,deaths_sb\n1990,1,A,4\n1990,2,A,\n1990,1,A,4.0\n1990,2,A,\n");
  EXPECT_EQ(panel.at(UnitId(0), Month(1990, 1)), 4);
  EXPECT_TRUE(std::isnan(panel.at(UnitId(0), Month(1990, 2))));
}

TEST(Panel, JudgesBytesLikeTheReadersOfIncidents) {
  const auto problems = problems_of("year,month,country,deaths_sb\n1990,1,Quer\xE9taro,0\n" +
                                    std::string("1990,1,A\0B,0\n", 13) + "1990,1," +
                                    std::string(std::size_t{5} << 20, 'x') +
                                    ",0\n1990,1,C,x\x1b[31m\n1990,1,\"A,0\n1990,1,B,0\n");
  ASSERT_EQ(problems.size(), 5U);
  EXPECT_THAT(to_string(problems[0]), HasSubstr(":2: reads '1990,1,Quer\\xE9taro,0' (the text"));
  EXPECT_THAT(to_string(problems[1]), HasSubstr(":3: cannot be read (the row holds a NUL byte)"));
  EXPECT_THAT(to_string(problems[2]), HasSubstr(":4: cannot be read (the row is longer"));
  EXPECT_THAT(to_string(problems[3]), HasSubstr(":5: deaths_sb: is 'x\\x1B[31m'"));
  EXPECT_THAT(to_string(problems[4]), HasSubstr(":6: cannot be read (a quote"));
  EXPECT_THAT(problems_of("year,\"month\n").at(0).what, HasSubstr("column names"));
}

TEST(Panel, RefusesToSpanMoreThanFitsIntoMemory) {
  std::string text = "year,month,country,deaths_sb\n1800,1,A,0\n";
  for (int unit = 0; unit < 21000; ++unit) text += "2200,1,U" + std::to_string(unit) + ",0\n";
  const auto problems = problems_of(text);
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_THAT(problems[0].what, HasSubstr("21001 units over 4801 months"));
}

TEST(Panel, SaysHowAFileIsWrittenInsteadOfMissingColumns) {
  EXPECT_THAT(
      problems_of("year;month;country;deaths_sb\n1990;1;A;0\n"),
      ElementsAre(testing::Field(&Problem::what, "the columns are separated by semicolons")));
  EXPECT_THAT(problems_of("year,month,country,deaths_sb\r1990,1,A,0\r"),
              ElementsAre(testing::Field(&Problem::what, "the lines end in CR alone")));
}

TEST(Panel, NamesAMissingColumnAndTheNearestOne) {
  const auto problems = problems_of("year,month,country,death_sb\n1990,1,A,0\n");
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].field, "deaths_sb");
  EXPECT_EQ(problems[0].suggestion, "did you mean 'death_sb'?");
}

TEST(Panel, RefusesEmptyFilesAndBareHeaders) {
  EXPECT_EQ(problems_of("").size(), 4U);
  EXPECT_EQ(problems_of("year,month,country,deaths_sb\n").size(), 1U);
}

TEST(Panel, WritesWhatItReads) {
  const std::string text =
      "year,month,country,deaths_sb\n1990,1,\"a \"\"b\"\", c\",0\n1990,3,\"a \"\"b\"\", c\",2\n"
      "1990,2,D,12345\n";
  EXPECT_EQ(to_csv(read(text)), text);
}

TEST(Panel, HasNothingOutsideItsMonths) {
  const Panel panel = read("year,month,country,deaths_sb\n1990,1,A,0\n");
  EXPECT_THROW((void)panel.at(UnitId(0), Month(1990, 2)), ContractError);
  EXPECT_THROW((void)panel.series(UnitId(1)), ContractError);
}

}  // namespace
}  // namespace panj::event
