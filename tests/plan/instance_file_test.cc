// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/instance_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "panj/plan/solve.h"

namespace panj::plan {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// What is wrong with a file, one line each.
std::string faults(const std::string& text) {
  try {
    (void)solve(parse_instance(text, "i.json"), {});
  } catch (const InvalidInput& error) {
    return error.what();
  }
  return "none";
}

std::string zero_sum(const std::string& members) {
  return R"({"problem": "patrol_zero_sum", )" + members + "}";
}

TEST(InstanceFile, NamesEveryFaultOfAFileAtOnce) {
  const std::string all = faults(zero_sum(
      R"("resources": -1, "loss_if_uncovered": [1, "two", 3], "loss_if_covered": [0, 0])"));
  EXPECT_THAT(all, HasSubstr("i.json: resources: is -1 (must be a number of 0 or more)"));
  EXPECT_THAT(all, HasSubstr(R"(loss_if_uncovered[1]: is "two" (must be a number))"));
  EXPECT_THAT(all, HasSubstr("loss_if_covered: has 2 entries (must have 3, one for each of "
                             "loss_if_uncovered)"));
}

TEST(InstanceFile, NamesASlipOfThePen) {
  EXPECT_THAT(
      faults(zero_sum(R"("resource": 1, "loss_if_uncovered": [1], "loss_if_covered": [0])")),
      HasSubstr("resources: is missing (needed: a number of 0 or more) is 'resource' meant"));
  EXPECT_THAT(faults(R"({"problem": "patrol_zerosum"})"),
              HasSubstr("did you mean 'patrol_zero_sum'?"));
}

TEST(InstanceFile, NamesASlipOfThePenWhereAMemberMayBeLeftOut) {
  const std::string calendar = R"({"problem": "exercise_calendar", "readinessfloor": 0.2})";
  EXPECT_THAT(faults(calendar), HasSubstr("readinessfloor: is not known (members that are left out "
                                          "have usual values) did you mean 'readiness_floor'?"));
  const std::string comment = R"({"problem": "exercise_calendar", "readiness": 0.2})";
  EXPECT_THAT(faults(comment), testing::Not(HasSubstr("is not known")));
}

TEST(InstanceFile, RefusesAMemberThatStandsTwice) {
  const std::string twice = faults(
      R"({"problem": "place_equipment", "carry_over": true, "kinds": [{"price": 1, "price": 2}],
          "carry_over": false})");
  EXPECT_THAT(twice, HasSubstr("i.json: price: stands twice in one object"));
  EXPECT_THAT(twice, HasSubstr("i.json: carry_over: stands twice in one object"));
  const InstanceFile file =
      parse_instance(R"({"problem": "p", "kinds": [{"price": 1}, {"price": 2}], "price": 3})", "");
  EXPECT_EQ(file.root["kinds"].size(), 2U);
}

TEST(InstanceFile, KnowsNotANumberByItsField) {
  EXPECT_THAT(faults(zero_sum(
                  R"("resources": NaN, "loss_if_uncovered": [-Infinity], "loss_if_covered": [0])")),
              testing::AllOf(HasSubstr("resources: is null, NaN or infinite"),
                             HasSubstr("loss_if_uncovered[0]: is null, NaN or infinite")));
}

TEST(InstanceFile, RefusesNumbersThatSumsCannotHold) {
  EXPECT_THAT(faults(zero_sum(
                  R"("resources": 1, "loss_if_uncovered": [1e308], "loss_if_covered": [-1e308])")),
              testing::AllOf(HasSubstr("loss_if_uncovered[0]: is 1e+308 (is too large"),
                             HasSubstr("loss_if_covered[0]: is -1e+308 (is too large")));
}

TEST(InstanceFile, TextsMayHoldWhatLooksLikeNotANumber) {
  const InstanceFile file = parse_instance(R"({"problem": "p", "name": "a \" NaN"})", "");
  EXPECT_EQ(file.name, "a \" NaN");
}

TEST(InstanceFile, RefusesWhatIsNoInstance) {
  EXPECT_THAT(faults("{\n\"problem\": \"p\",\n}"), HasSubstr("i.json:3: is no JSON"));
  EXPECT_THAT(faults("[]"), HasSubstr("is a list of 0"));
  EXPECT_THAT(faults("{}"), HasSubstr("problem: is missing"));
  EXPECT_THAT(faults(zero_sum(R"("resources": 1e999)")), HasSubstr("is no JSON"));
  EXPECT_THAT(faults(zero_sum(R"("resources": 1, "loss_if_uncovered": [], "loss_if_covered": [])")),
              HasSubstr("loss_if_uncovered: is empty"));
}

TEST(InstanceReader, NamesMustDiffer) {
  Problems problems;
  const InstanceFile file = parse_instance(R"({"problem": "p", "members": ["a", "a", ""]})", "");
  InstanceReader reader(file, problems);
  EXPECT_THAT(reader.names("members"), ElementsAre("a", "a", ""));
  ASSERT_EQ(problems.size(), 2U);
  EXPECT_EQ(problems.all()[0].field, "members[1]");
}

TEST(InstanceReader, TablesKeepTheirShapeWhateverIsInTheFile) {
  Problems problems;
  const InstanceFile file =
      parse_instance(R"({"problem": "p", "t": [[1, 2], [3], "x", [4, 9]]})", "");
  InstanceReader reader(file, problems);
  const auto table = reader.table("t", kShare, {4, "rows"}, {2, "columns"});
  ASSERT_EQ(table.size(), 4U);
  EXPECT_THAT(table[2], ElementsAre(0, 0));
  ASSERT_EQ(problems.size(), 5U);  // 2, [3], "x", 4 and 9
  EXPECT_EQ(problems.all()[0].field, "t[0][1]");
}

}  // namespace
}  // namespace panj::plan
