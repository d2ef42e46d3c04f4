// SPDX-License-Identifier: Apache-2.0
#include "panj/core/text.h"

#include <gtest/gtest.h>

namespace panj {
namespace {

TEST(Utf8, AcceptsEveryLengthAndAlphabet) {
  for (const char* text : {"", "plain ASCII, longer than eight bytes", "Хоруғ", "Teir Ma’la",
                           "\xF0\x9F\x8F\x94", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_FALSE(find_invalid_utf8(text)) << text;
  }
}

TEST(Utf8, NamesTheFirstBadByte) {
  EXPECT_EQ(find_invalid_utf8("Quer\xE9taro"), 4U);
  EXPECT_EQ(find_invalid_utf8("\xC0\x80"), 0U) << "overlong";
  EXPECT_EQ(find_invalid_utf8("a\xED\xA0\x80"), 1U) << "surrogate";
  EXPECT_EQ(find_invalid_utf8("\xF4\x90\x80\x80"), 0U) << "above U+10FFFF";
  EXPECT_EQ(find_invalid_utf8("0123456789\xE2\x80"), 10U) << "cut off";
}

TEST(Latin1, BecomesUtf8) {
  EXPECT_EQ(latin1_to_utf8("Quer\xE9taro \xFF"), "Querétaro ÿ");
}

TEST(Printable, EscapesWhatIsNotTextAndCuts) {
  EXPECT_EQ(printable("a\xE9z\x01", 100), "a\\xE9z\\x01");
  EXPECT_EQ(printable("Хоруғ", 4), "Хо…");
}

TEST(Trimmed, TakesSpacesAndTabsFromBothEnds) {
  EXPECT_EQ(trimmed(" \ta b\t "), "a b");
  EXPECT_EQ(trimmed(" \t"), "");
  EXPECT_EQ(trimmed(""), "");
}

TEST(Counted, OneIsSingular) {
  EXPECT_EQ(counted(0, "stretch", "stretches"), "0 stretches");
  EXPECT_EQ(counted(1, "stretch", "stretches"), "1 stretch");
  EXPECT_EQ(counted(2, "stretch", "stretches"), "2 stretches");
}

}  // namespace
}  // namespace panj
