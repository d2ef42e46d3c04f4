// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/design.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "explore/tables.h"
#include "panj/core/file.h"
#include "panj/core/problem.h"

namespace panj::explore {
namespace {

using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::Ge;
using testing::HasSubstr;
using testing::Le;
using testing::Not;

std::vector<Dimension> two_dimensions() {
  return {{"militants", {12000, 23000}}, {"diversion", {1e-4, 1e-2}, Scale::logarithmic}};
}

std::filesystem::path file_of(const std::string& text) {
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  auto path =
      std::filesystem::path(testing::TempDir()) / (std::string("design_") + test->name() + ".csv");
  write_file(path, text);
  return path;
}

TEST(Design, KeepsToTheRangesOnTheirScale) {
  const Design design = make_design(two_dimensions(), {.points = 1000});
  EXPECT_THAT(design.names, ElementsAre("militants", "diversion"));
  EXPECT_THAT(design.points.column(0), Each(AllOf(Ge(12000), Le(23000))));
  std::vector<double> diversion = design.points.column(1);
  EXPECT_THAT(diversion, Each(AllOf(Ge(1e-4), Le(1e-2))));
  std::ranges::sort(diversion);
  EXPECT_NEAR(diversion[500], 1e-3, 1e-5);  // half of a log-uniform lies below the geometric mean
}

TEST(Design, PairsToTheRankCorrelationsAskedFor) {
  const std::vector<Dimension> dimensions{{"a", {0, 1}}, {"b", {5, 9}}, {"c", {0, 1}}};
  const Design design = make_design(
      dimensions, {.sampling = Sampling::sobol, .points = 2000, .correlations = {{0, 1, 0.7}}});
  const auto a = design.points.column(0);
  EXPECT_NEAR(rank_correlation(a, design.points.column(1)), 0.7, 0.03);
  EXPECT_NEAR(rank_correlation(a, design.points.column(2)), 0.0, 0.03);
  EXPECT_THAT(design.points.column(1), Each(AllOf(Ge(5), Le(9))));
}

TEST(Design, RefusesCorrelationsThatCannotHoldTogether) {
  const std::vector<Dimension> dimensions{{"a", {0, 1}}, {"b", {0, 1}}, {"c", {0, 1}}};
  const DesignOptions options{.correlations = {{0, 1, 0.9}, {1, 2, 0.9}, {0, 2, -0.9}}};
  EXPECT_THAT(problems_of([&] { make_design(dimensions, options); }),
              HasSubstr("positive definite"));
}

TEST(Design, ReplacesPointsThatBreakAConstraint) {
  const std::vector<Dimension> dimensions{{"floor", {0, 1}}, {"start", {0, 1}}};
  const std::vector<std::string> names = names_of(dimensions);
  for (const Sampling sampling : {Sampling::latin_hypercube, Sampling::sobol}) {
    const Design design = make_design(
        dimensions, {.sampling = sampling,
                     .points = 300,
                     .constraints = {parse_constraint("2 * floor + 0.1 <= start", names)}});
    ASSERT_EQ(design.points.rows(), 300U);
    for (std::size_t i = 0; i < 300; ++i) {
      EXPECT_LE(2 * design.points(i, 0) + 0.1, design.points(i, 1) + 1e-12);
    }
  }
}

TEST(Design, SaysWhenConstraintsLeaveNothing) {
  const std::vector<Dimension> dimensions{{"a", {0, 1}}, {"b", {2, 3}}};
  const DesignOptions options{.points = 10,
                              .constraints = {parse_constraint("b <= a", names_of(dimensions))}};
  EXPECT_THAT(problems_of([&] { make_design(dimensions, options); }),
              HasSubstr("more than one point in a thousand"));
}

TEST(Design, NamesEveryFaultyRange) {
  const std::vector<Dimension> dimensions{{"empty", {2, 2}},
                                          {"reversed", {3, 1}},
                                          {"share", {0.5, 1.2}, Scale::linear, true},
                                          {"log", {0, 1}, Scale::logarithmic},
                                          {"log", {1, 2}}};
  const std::string problems = problems_of([&] { make_design(dimensions, {}); });
  EXPECT_THAT(problems, HasSubstr("empty: the range is [2, 2] (nothing varies in it)"));
  EXPECT_THAT(problems, HasSubstr("reversed: the range is [3, 1] (nothing lies in it)"));
  EXPECT_THAT(problems, HasSubstr("share: the range is [0.5, 1.2] (a probability"));
  EXPECT_THAT(problems, HasSubstr("log: the range is [0, 1] (a logarithmic scale"));
  EXPECT_THAT(problems, HasSubstr("log: is given twice"));
}

TEST(Constraint, SaysWhatItDoesNotUnderstand) {
  const std::vector<std::string> names{"start", "floor"};
  const auto problem = [&](const char* text) {
    return problems_of([&] { parse_constraint(text, names); });
  };
  EXPECT_THAT(problem("flor <= start"), HasSubstr("did you mean 'floor'?"));
  EXPECT_THAT(problem("floor + start"), HasSubstr("has no '<='"));
  EXPECT_THAT(problem("floor <= start <= 1"), HasSubstr("two"));
  EXPECT_THAT(problem("floor <="), HasSubstr("ends too early"));
  EXPECT_THAT(problem("floor <= nan"), HasSubstr("not finite"));
  EXPECT_THAT(problem("2 floor <= start"), HasSubstr("nothing between"));
  EXPECT_THAT(problem("floor start <= 1"), HasSubstr("nothing between"));
  EXPECT_THAT(problem("<= start"), HasSubstr("without a term before it"));
  EXPECT_THAT(problem("floor + + start <= 1"), HasSubstr("without a term before it"));
  EXPECT_THAT(problem("floor * 2 <= 1"), HasSubstr("without a number before it"));
  EXPECT_EQ(problem("2 * 3 * floor + 1 <= start + -1"), "");
  EXPECT_EQ(problem("floor + 2 * start <= 1 + floor"), "");
}

TEST(Correlation, IsReadFromText) {
  const std::vector<std::string> names{"price", "supply"};
  const Correlation pair = parse_correlation("supply ~ price = -0.4", names);
  EXPECT_EQ(pair.first, 1U);
  EXPECT_EQ(pair.second, 0U);
  EXPECT_EQ(pair.rank_correlation, -0.4);
  const auto problem = [&](const char* text) {
    return problems_of([&] { parse_correlation(text, names); });
  };
  EXPECT_THAT(problem("suply ~ price = 0.4"), HasSubstr("did you mean 'supply'?"));
  EXPECT_THAT(problem("supply ~ price"), HasSubstr("the form is"));
  EXPECT_THAT(problem("supply ~ price = 0.4 more"), HasSubstr("the form is"));
  EXPECT_THAT(problem("supply ~ price = 1"), HasSubstr("less than 1"));
  EXPECT_THAT(problem("supply ~ price = nan"), HasSubstr("less than 1"));
  EXPECT_THAT(problem("supply ~ price = half"), HasSubstr("the form is"));
  EXPECT_THAT(problem("supply ~ supply = 0.4"), HasSubstr("two dimensions"));
}

TEST(DesignFile, ReadsBackWhatItWrote) {
  const Design design = make_design(two_dimensions(), {.points = 50, .seed = 4});
  const auto path = file_of("");
  write_design(path, design);
  EXPECT_EQ(read_design(path, two_dimensions()), design);
}

TEST(DesignFile, TakesColumnsInAnyOrderAndLeavesOthersOut) {
  const Design design = read_design(file_of("diversion\n0.001\n0.002\n"), two_dimensions());
  EXPECT_THAT(design.names, ElementsAre("diversion"));
  EXPECT_THAT(design.points.column(0), ElementsAre(0.001, 0.002));
}

TEST(DesignFile, ReportsEveryProblemWithItsLine) {
  const auto path = file_of("militants,diversion\n13000,0.5\nmany,0.001\n15000\n");
  const std::string problems = problems_of([&] { read_design(path, two_dimensions()); });
  EXPECT_THAT(problems, HasSubstr(":2: diversion: is 0.5 (must lie in [0.0001, 0.01])"));
  EXPECT_THAT(problems, HasSubstr(":3: militants: is 'many'"));
  EXPECT_THAT(problems, HasSubstr(":4: has 1 values (the header has 2 names)"));
  EXPECT_THAT(problems, Not(HasSubstr("has no rows")));  // they are there, and faulty
}

TEST(DesignFile, RefusesWhatIsNoNumberTwiceOrWithoutAName) {
  const auto problem = [](const char* text) {
    return problems_of([&] { read_design(file_of(text), two_dimensions()); });
  };
  EXPECT_THAT(problem("militants\nnan\n"), HasSubstr(":2: militants: is 'nan'"));
  EXPECT_THAT(problem("militants\ninf\n"), HasSubstr(":2: militants: is 'inf'"));
  EXPECT_THAT(problem("militants,militants\n1,2\n"), HasSubstr("militants: is given twice"));
  EXPECT_THAT(problem("militants,\n13000,\n"), HasSubstr("column 2 has no name"));
  EXPECT_THAT(problem(""), HasSubstr("is empty"));
  EXPECT_EQ(problem("diversion, militants\n0.001, 13000 \n"), "");
}

TEST(DesignFile, SuggestsTheNearestName) {
  const auto path = file_of("millitants\n13000\n");
  EXPECT_THAT(problems_of([&] { read_design(path, two_dimensions()); }),
              HasSubstr("did you mean 'militants'?"));
  EXPECT_THAT(problems_of([&] { read_design(file_of("militants\n"), two_dimensions()); }),
              HasSubstr("has no rows"));
}

}  // namespace
}  // namespace panj::explore
