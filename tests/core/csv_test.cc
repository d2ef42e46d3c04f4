// SPDX-License-Identifier: Apache-2.0
#include "panj/core/csv.h"

#include <gtest/gtest.h>

#include <random>

#include "panj/core/detail/csv_block.h"

namespace panj {
namespace {

struct Row {
  CsvFault fault = CsvFault::none;
  std::uint64_t line = 0;
  std::vector<std::string> fields;
  bool operator==(const Row&) const = default;
};

void PrintTo(const Row& row, std::ostream* out) {  // NOLINT(*-naming): GoogleTest's name
  *out << "line " << row.line << ' ' << describe(row.fault) << ':';
  for (const std::string& field : row.fields) *out << " [" << field << ']';
}

std::vector<Row> read(std::string_view text, CsvOptions options = {}) {
  std::vector<Row> rows;
  CsvReader csv = CsvReader::from_text(text, options);
  while (csv.next()) {
    Row row{csv.fault(), csv.line(), {}};
    for (std::size_t i = 0; i < csv.size(); ++i) row.fields.emplace_back(csv.field(i));
    rows.push_back(row);
  }
  return rows;
}

std::vector<std::string> fields_of(std::string_view text) {
  const auto rows = read(text);
  return rows.size() == 1 ? rows[0].fields : std::vector<std::string>{"not one row"};
}

using Fields = std::vector<std::string>;

TEST(Csv, ReadsQuotesCommasAndLineEndsWithinQuotes) {
  EXPECT_EQ(fields_of("a,b,c\n"), (Fields{"a", "b", "c"}));
  EXPECT_EQ(fields_of("\"a,b\",\"say \"\"no\"\"\",\"two\nlines\"\n"),
            (Fields{"a,b", "say \"no\"", "two\nlines"}));
  EXPECT_EQ(fields_of(",\"\",\n"), (Fields{"", "", ""}));
  EXPECT_EQ(fields_of("\"\"\"a\"\"\"\n"), (Fields{"\"a\""}));
}

TEST(Csv, TakesCrlfByteOrderMarkAndAMissingLastLineEnd) {
  EXPECT_EQ(fields_of("\xEF\xBB\xBF"
                      "a,\"b\"\r\n"),
            (Fields{"a", "b"}));
  EXPECT_EQ(fields_of("a,b"), (Fields{"a", "b"}));
  EXPECT_TRUE(read("").empty());
  EXPECT_TRUE(read("\xEF\xBB\xBF").empty());
  EXPECT_TRUE(read("\n\r\n\n").empty());
}

TEST(Csv, CountsLinesNotRows) {
  const auto rows = read("a\n\"b\nb\"\n\nc\n");
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[1].line, 2U);
  EXPECT_EQ(rows[2].line, 5U);
}

TEST(Csv, AFieldReadTwiceIsTheSame) {
  CsvReader csv = CsvReader::from_text("\"a\"\"b\",\"c\"\"d\"\n");
  ASSERT_TRUE(csv.next());
  const std::string_view first = csv.field(0);
  EXPECT_EQ(csv.field(1), "c\"d");
  EXPECT_EQ(csv.field(1), "c\"d");
  EXPECT_EQ(csv.field(0), "a\"b");
  EXPECT_EQ(first, "a\"b");
}

TEST(Csv, AStrayQuoteCostsOneLine) {
  const auto rows = read("1,5\" pipe\n2,ok\n3,7\" pipe\n4,ok\n");
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[0].fault, CsvFault::stray_quote);
  EXPECT_EQ(rows[1], (Row{CsvFault::none, 2, {"2", "ok"}}));
  EXPECT_EQ(rows[2].fault, CsvFault::unclosed_quote);
  EXPECT_EQ(rows[3], (Row{CsvFault::none, 4, {"4", "ok"}}));
}

TEST(Csv, AnUnclosedQuoteCostsOneLine) {
  const auto rows = read("a\n\"b\nc\nd\n");
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[1].fault, CsvFault::unclosed_quote);
  EXPECT_EQ(rows[2], (Row{CsvFault::none, 3, {"c"}}));
  EXPECT_EQ(rows[3], (Row{CsvFault::none, 4, {"d"}}));
}

TEST(Csv, ANulByteMakesOneRowBad) {
  const auto rows = read(std::string_view("a,b\nc,\0\ne,f\n", 12));
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[1].fault, CsvFault::nul_byte);
  EXPECT_EQ(rows[2].fields, (Fields{"e", "f"}));
}

TEST(Csv, ATooLongRowIsSkippedAndItsBeginningKept) {
  const std::string text = "a\n" + std::string(3'000'000, 'x') + "\nb\n";
  CsvReader csv = CsvReader::from_text(text, {.max_record_bytes = 1000});
  ASSERT_TRUE(csv.next());
  ASSERT_TRUE(csv.next());
  EXPECT_EQ(csv.fault(), CsvFault::too_long);
  EXPECT_EQ(csv.raw(), std::string(1000, 'x'));
  ASSERT_TRUE(csv.next());
  EXPECT_EQ(csv.field(0), "b");
  EXPECT_EQ(csv.line(), 3U);
  EXPECT_FALSE(csv.next());
}

TEST(CsvBlock, VectorAndScalarAgree) {
  std::mt19937 random(7);
  std::string bytes(64, '\0');
  for (int round = 0; round < 1000; ++round) {
    for (char& c : bytes) c = "a,\"\n\0\xE9z\r"[random() % 8];
    const auto fast = detail::classify(bytes.data());
    const auto slow = detail::classify_scalar(bytes.data());
    EXPECT_EQ(fast.quotes, slow.quotes);
    EXPECT_EQ(fast.commas, slow.commas);
    EXPECT_EQ(fast.newlines, slow.newlines);
    EXPECT_EQ(fast.nuls, slow.nuls);
    EXPECT_EQ(fast.highs, slow.highs);
  }
}

/// The same rules, one byte at a time.
std::vector<Row> reference(std::string_view text) {
  std::vector<Row> rows;
  std::uint64_t line = 1;
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t end = at;
    bool inside = false;
    std::vector<std::string> raw(1);
    for (; end < text.size() && (inside || text[end] != '\n'); ++end) {
      if (text[end] == '"') inside = !inside;
      if (text[end] == ',' && !inside) {
        raw.emplace_back();
      } else {
        raw.back() += text[end];
      }
    }
    if (raw.back().ends_with('\r')) raw.back().pop_back();
    Row row{inside ? CsvFault::unclosed_quote : CsvFault::none, line, {}};
    for (std::string& field : raw) {
      if (row.fault == CsvFault::none && field.find('"') != std::string::npos) {
        if (field.size() < 2 || field.front() != '"' || field.back() != '"') {
          row.fault = CsvFault::stray_quote;
          break;
        }
        std::string plain;
        for (std::size_t i = 1; i + 1 < field.size(); ++i) {
          plain += field[i];
          if (field[i] != '"') continue;
          if (i + 2 >= field.size() || field[i + 1] != '"') row.fault = CsvFault::stray_quote;
          ++i;
        }
        field = plain;
      }
      row.fields.push_back(field);
    }
    const bool blank = raw.size() == 1 && text.substr(at, end - at).size() <= 1 && raw[0].empty();
    if (row.fault != CsvFault::none) {
      row.fields.clear();
      end = std::min(text.find('\n', at), text.size());
    }
    if (!blank) rows.push_back(row);
    for (std::size_t i = at; i <= end && i < text.size(); ++i) line += text[i] == '\n' ? 1U : 0U;
    at = end + 1;
  }
  return rows;
}

std::string layout_of(std::string_view text) {
  CsvReader csv = CsvReader::from_text(text);
  csv.next();
  std::string told;
  for (const Problem& problem : foreign_layout(csv.raw(), "f")) told += to_string(problem) + "\n";
  return told;
}

TEST(Csv, SaysHowAFileIsWrittenThatItDoesNotRead) {
  EXPECT_EQ(layout_of("a;b;c\n1;2;3\n"),
            "f:1: the columns are separated by semicolons (must be separated by commas) save it as "
            "CSV with commas\n");
  EXPECT_EQ(layout_of("a\tb\r\n").substr(0, 38), "f:1: the columns are separated by tabs");
  EXPECT_EQ(
      layout_of("a,b\r1,\"x\"\r2,\"y\"\r"),
      "f:1: the lines end in CR alone (must end in LF or CRLF) save it with line ends of Unix "
      "or Windows\n");
  const std::string both = layout_of("a;b\r1,5;2\r");
  EXPECT_NE(both.find("CR alone"), std::string::npos);
  EXPECT_NE(both.find("semicolons"), std::string::npos) << "a comma of a row is none of the header";
  EXPECT_EQ(layout_of(std::string("\xFF\xFE"
                                  "a\0,\0",
                                  6)),
            "f:1: the text is UTF-16 (must be UTF-8) save it as CSV in UTF-8\n");
}

TEST(Csv, SaysThatAFileIsCompressed) {
  const char* const told = "f: is compressed (must be text, one record a line) unpack it first\n";
  EXPECT_EQ(layout_of("\x1F\x8B\x08\x08;\r,\n"), told);
  EXPECT_EQ(layout_of("PK\x03\x04\x14\r;\r\n"), told);
  EXPECT_EQ(layout_of("PK,name\n1,x\n"), "") << "a column may be called so";
}

TEST(Csv, FindsNothingForeignInWhatItReads) {
  for (const char* text :
       {"a,b\n", "a,b\r\n1,2\r\n", "a\n1\n", "\"a\rb\",c\n", "a;b,c\n", "", "a,b\r\r\n"}) {
    EXPECT_EQ(layout_of(text), "") << text;
  }
}

TEST(Csv, SeesLoneCarriageReturnsInAFileWithoutAnyLine) {
  std::string text = "a,b\r";
  while (text.size() < (std::size_t{5} << 20)) text += "1,2\r";
  EXPECT_NE(layout_of(text).find("CR alone"), std::string::npos);
}

TEST(Csv, AgreesWithASimpleReaderOnRandomText) {
  std::mt19937 random(1);
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    const auto size = random() % 300;
    const char* alphabet = round % 2 == 0 ? "aaaa,,\"\"\n\r" : "abcdef,,\"\n";
    for (std::size_t i = 0; i < size; ++i) text += alphabet[random() % 10];
    ASSERT_EQ(read(text), reference(text)) << text;
  }
}

TEST(Csv, AgreesWithASimpleReaderAcrossBufferBounds) {
  std::mt19937 random(2);
  std::string text;
  while (text.size() < 3'000'000) {
    text += std::to_string(random());
    if (random() % 7 == 0)
      text += ",\"a \"\"quoted\"\"\n" + std::string(random() % 5000, 'q') + "\"";
    text += random() % 3 == 0 ? "\r\n" : random() % 2 == 0 ? "\n" : ",";
  }
  EXPECT_TRUE(read(text) == reference(text));
}

}  // namespace
}  // namespace panj
