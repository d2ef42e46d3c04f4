// SPDX-License-Identifier: Apache-2.0
#include "panj/share/canonical.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <utility>

namespace panj::share {
namespace {

/// RFC 8785, appendix B.
TEST(CanonicalNumber, IsAsInTheStandard) {
  const std::pair<std::uint64_t, const char*> numbers[] = {
      {0x0000000000000000, "0"},
      {0x8000000000000000, "0"},
      {0x0000000000000001, "5e-324"},
      {0x8000000000000001, "-5e-324"},
      {0x7fefffffffffffff, "1.7976931348623157e+308"},
      {0xffefffffffffffff, "-1.7976931348623157e+308"},
      {0x4340000000000000, "9007199254740992"},
      {0xc340000000000000, "-9007199254740992"},
      {0x4430000000000000, "295147905179352830000"},
      {0x44b52d02c7e14af5, "9.999999999999997e+22"},
      {0x44b52d02c7e14af6, "1e+23"},
      {0x44b52d02c7e14af7, "1.0000000000000001e+23"},
      {0x444b1ae4d6e2ef4e, "999999999999999700000"},
      {0x444b1ae4d6e2ef4f, "999999999999999900000"},
      {0x444b1ae4d6e2ef50, "1e+21"},
      {0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"},
      {0x3eb0c6f7a0b5ed8d, "0.000001"},
      {0x41b3de4355555553, "333333333.3333332"},
      {0x41b3de4355555554, "333333333.33333325"},
      {0x41b3de4355555555, "333333333.3333333"},
      {0x41b3de4355555556, "333333333.3333334"},
      {0x41b3de4355555557, "333333333.33333343"},
      {0xbecbf647612f3696, "-0.0000033333333333333333"},
      {0x43143ff3c1cb0959, "1424953923781206.2"}};
  for (const auto& [bits, text] : numbers) {
    EXPECT_EQ(canonical_number(std::bit_cast<double>(bits)), text);
  }
  EXPECT_THROW(canonical_number(std::numeric_limits<double>::infinity()), std::logic_error);
  EXPECT_THROW(canonical_number(std::nan("")), std::logic_error);
}

TEST(CanonicalNumber, ReadsBackAsTheSameDouble) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 200'000; ++i) {
    const auto value = std::bit_cast<double>(random());
    if (!std::isfinite(value)) continue;
    const std::string text = canonical_number(value);
    ASSERT_EQ(std::strtod(text.c_str(), nullptr), value) << text;
  }
}

/// RFC 8785, section 3.2.2 and 3.2.3: the sample and how its names are ordered.
TEST(CanonicalJson, IsAsInTheStandard) {
  const auto value = parse_json(R"({
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    "literals": [null, true, false]})");
  EXPECT_EQ(canonical_json(*value),
            "{\"literals\":[null,true,false],"
            "\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
            "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  const auto names = parse_json(R"({"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\ud83d\ude00": 5,
                                    "\u0080": 6, "\u00f6": 7})");
  EXPECT_EQ(canonical_json(*names),
            "{\"\\r\":2,\"1\":4,\"\xC2\x80\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\xEF\xAC\xB3\":3}");
}

/// Whatever was read can be read again from its canonical form: it is what a node keeps.
TEST(CanonicalJson, OfWhatWasReadCanBeRead) {
  std::mt19937_64 random(2);
  std::uniform_int_distribution<int> exponent(-30, 30);
  int read = 0;
  for (int i = 0; i < 50'000; ++i) {
    const std::string text =
        std::to_string(static_cast<std::int64_t>(random() >> (random() % 64))) + "e" +
        std::to_string(exponent(random));
    const auto value = parse_json(text);
    if (!value) continue;
    ++read;
    const auto again = parse_json(canonical_json(*value));
    ASSERT_TRUE(again) << text;
    ASSERT_EQ(*again, *value) << text;
  }
  EXPECT_GT(read, 10'000);
}

TEST(CanonicalJson, IsItsOwnCanonicalForm) {
  for (const char* text :
       {R"({"b":[1,{"z":"","y":-1.5e-9}],"a":"\u0000\b\t\f\u007f"})", "[]", "{}"}) {
    const std::string once = canonical_json(*parse_json(text));
    EXPECT_EQ(canonical_json(*parse_json(once)), once);
    EXPECT_EQ(*parse_json(once), *parse_json(text));
  }
}

}  // namespace
}  // namespace panj::share
