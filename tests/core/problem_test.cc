// SPDX-License-Identifier: Apache-2.0
#include "panj/core/problem.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace panj {
namespace {

using testing::ElementsAre;
using testing::Field;

const std::vector<std::string> kNames = {"posts", "zones", "groups"};

TEST(Problem, ReadsPlaceWhatWhySuggestion) {
  EXPECT_EQ(to_string(Problem{.file = "theatre.toml",
                              .line = 12,
                              .field = "zones[2].strength",
                              .what = "is -5",
                              .why = "must be at least 0",
                              .suggestion = "write a range such as [10, 20]"}),
            "theatre.toml:12: zones[2].strength: is -5 (must be at least 0) "
            "write a range such as [10, 20]");
}

TEST(Problem, LeavesOutWhatItDoesNotKnow) {
  EXPECT_EQ(to_string(Problem{.what = "is wrong"}), "is wrong");
  EXPECT_EQ(to_string(Problem{.file = "a.csv", .what = "is empty"}), "a.csv: is empty");
}

TEST(Problems, AreThrownTogetherInOrderOfFileAndLine) {
  Problems problems;
  EXPECT_NO_THROW(problems.throw_if_any());
  problems.add({.file = "b", .line = 1, .what = "third"});
  problems.add({.file = "a", .line = 9, .what = "second"});
  Problems others;
  others.add({.file = "a", .line = 2, .what = "first"});
  problems.add(others);
  try {
    problems.throw_if_any();
    FAIL() << "expected InvalidInput";
  } catch (const InvalidInput& error) {
    EXPECT_THAT(error.problems(),
                ElementsAre(Field(&Problem::what, "first"), Field(&Problem::what, "second"),
                            Field(&Problem::what, "third")));
    EXPECT_STREQ(error.what(), "a:2: first\na:9: second\nb:1: third");
  }
}

TEST(NearestName, ForgivesSlipsOfThePen) {
  EXPECT_EQ(nearest_name("zone", kNames), "zones");
  EXPECT_EQ(nearest_name("POSTS", kNames), "posts");
  EXPECT_EQ(nearest_name("gruops", kNames), "groups");
}

TEST(InvalidInput, ShowsTheFirstHundredOfThousands) {
  const std::vector<Problem> many(5000, Problem{.what = "is bad"});
  const std::string text = InvalidInput(many).what();
  EXPECT_EQ(std::ranges::count(text, '\n'), 100);
  EXPECT_TRUE(text.ends_with("is bad\n… and 4900 more"));
  EXPECT_EQ(InvalidInput(many).problems().size(), 5000U);
}

TEST(NearestName, DoesNotGuessFromAfar) {
  EXPECT_EQ(nearest_name("assumptions", kNames), "");
  EXPECT_EQ(nearest_name(std::string(100000, 'z'), kNames), "");
  EXPECT_EQ(nearest_name("zones", {}), "");
  const std::vector<std::string> members{"RU", "KZ", "TJ"};
  EXPECT_EQ(nearest_name("XX", members), "") << "shares no letter with any";
  EXPECT_EQ(nearest_name("TK", members), "TJ");
}

TEST(SuggestName, ListsAllWhenNoneIsNear) {
  EXPECT_EQ(suggest_name("zone", kNames), "did you mean 'zones'?");
  EXPECT_EQ(suggest_name("assumptions", kNames), "one of: posts, zones, groups");
}

TEST(SuggestName, ListsAFewOfMany) {
  std::vector<std::string> names;
  for (int i = 0; i < 30; ++i) names.push_back("stretch." + std::to_string(i) + ".length");
  names.emplace_back("defence.guards.number");
  EXPECT_EQ(suggest_name("guards", names), "did you mean one of: defence.guards.number?");
  const std::string listed = suggest_name("quite another name", names);
  EXPECT_TRUE(listed.starts_with("one of 31 names: stretch.0.length, stretch.1.length, "));
  EXPECT_TRUE(listed.ends_with("stretch.9.length, …"));
}

}  // namespace
}  // namespace panj
