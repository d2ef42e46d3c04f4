// SPDX-License-Identifier: Apache-2.0
#include "panj/share/json.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>

namespace panj::share {
namespace {

using testing::HasSubstr;

TEST(ParseJson, TakesWhatRfc8259Takes) {
  for (const char* text :
       {"null", "true", " [ ] ", "{}", "-0", "0", "1.5e-3", "1E+2", R"("")", R"("\u0000")",
        R"("\ud83c\udfd4")", R"({"a":{"a":1},"b":[1,2,{"c":null}]})", "\t\r\n\"Хоруғ\"",
        "9007199254740991", "[1.0, 1e2]", "9007199254740991.0", "1e21", "-1.5e300"}) {
    const Result<Json> value = parse_json(text);
    ASSERT_TRUE(value) << text << to_string(value.error());
    EXPECT_EQ(*value, Json::parse(text)) << text;
  }
}

TEST(ParseJson, RefusesWhatIsNotJson) {
  for (const char* text : {"",
                           " ",
                           "nul",
                           "True",
                           "[1,]",
                           "{\"a\":1,}",
                           "{a:1}",
                           "[1 2]",
                           "01",
                           "1.",
                           ".5",
                           "+1",
                           "-",
                           "1e",
                           "'a'",
                           "\"a",
                           "\"\\x\"",
                           "\"\\u12\"",
                           "\"a\nb\"",
                           "[",
                           "{",
                           "{\"a\"",
                           "{\"a\":",
                           "1 1",
                           "[1]]",
                           "NaN",
                           "Infinity",
                           "/* */ 1",
                           "\xEF\xBB\xBF{}"}) {
    EXPECT_FALSE(parse_json(text)) << text;
  }
  EXPECT_FALSE(parse_json(std::string_view("1\0", 2)));
}

TEST(ParseJson, RefusesWhatReadersTakeDifferently) {
  for (const char* text :
       {R"({"a":1,"a":1})", R"({"object_marking_refs":[],"object_marking\u005frefs":[]})",
        R"([{"x":{"b":1,"c":2,"b":3}}])", R"("\ud83c")", R"("\udfd4\ud83c")", R"("\ud83cx")",
        R"("\ud83cA")", "\"\xC0\x80\"", "\"\xED\xA0\x80\"", "9007199254740993", "-9007199254740992",
        "1e400", "[-1e999]", "123456789012345678901234567890", "1e16", "9007199254740992.0",
        "-9.007199254740992e15", "123456789e12", "9.99999999999999e20"}) {
    EXPECT_FALSE(parse_json(text)) << text;
  }
  EXPECT_THAT(parse_json(R"({"a":1,"a":1})").error().what, HasSubstr("'a' stands twice"));
}

TEST(ParseJson, KeepsWithinItsLimits) {
  const auto nested = [](int depth) {
    return std::string(static_cast<std::size_t>(depth), '[') +
           std::string(static_cast<std::size_t>(depth), ']');
  };
  EXPECT_TRUE(parse_json(nested(64)));
  EXPECT_FALSE(parse_json(nested(65)));
  EXPECT_FALSE(parse_json(nested(1'000'000)));
  EXPECT_FALSE(parse_json(std::string(1'000'000, '[')));
  EXPECT_TRUE(parse_json("[1,2]", {.max_bytes = 5}));
  EXPECT_FALSE(parse_json("[1,2]", {.max_bytes = 4}));
  EXPECT_TRUE(parse_json("[1,2]", {.max_values = 3}));
  EXPECT_FALSE(parse_json("[1,2]", {.max_values = 2}));
}

/// Random texts out of pieces of JSON, right and wrong.
std::string random_text(std::mt19937& random) {
  static const std::vector<std::string> pieces = {
      "{",    "}",     "[",    "]",     ",", ":",    "\"a\"",   "\"b\\u0061\"", "1",
      "-0.5", "1e3",   "true", "null",  " ", "\"\"", "\\ud83c", "\"\\n\"",      "\xC3\xA9",
      "12",   "\"c\"", "{}",   "[1,2]", "0", "e",    "\"a\":1", ",\"b\":2",     "false"};
  std::string text;
  const auto count = std::uniform_int_distribution<int>(1, 12)(random);
  for (int i = 0; i < count; ++i) text += pieces[random() % pieces.size()];
  return text;
}

TEST(ParseJson, AgreesWithNlohmannOnAllThatItAccepts) {
  std::mt19937 random(1);
  int accepted = 0;
  for (int i = 0; i < 100'000; ++i) {
    const std::string text = random_text(random);
    const Result<Json> value = parse_json(text);
    const Json other = Json::parse(text, nullptr, false);
    if (!value) continue;
    ++accepted;
    ASSERT_FALSE(other.is_discarded()) << text;
    ASSERT_EQ(*value, other) << text;
  }
  EXPECT_GT(accepted, 500);
}

}  // namespace
}  // namespace panj::share
