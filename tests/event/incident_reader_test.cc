// SPDX-License-Identifier: Apache-2.0
#include "panj/event/incident_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "panj/core/problem.h"
#include "panj/event/ingest.h"
#include "paths.h"
#include "ucdp_text.h"

namespace panj::event {
namespace {

using testing::HasSubstr;
using Row = IncidentReader::Row;

struct Read {
  std::vector<Incident> good;
  std::vector<BadRow> bad;
};

Read read_all(IncidentReader& reader) {
  Read read;
  for (Row row = reader.next(); row != Row::end; row = reader.next()) {
    if (row == Row::incident) read.good.push_back(reader.incident());
    if (row == Row::bad) read.bad.push_back(reader.bad_row());
  }
  return read;
}

Read read_all(std::string_view text, const ReaderOptions& options = {}) {
  return read_all(*read_incidents(text, "file.csv", options));
}

std::string refusal(std::string_view text, const ReaderOptions& options = {}) {
  try {
    read_all(text, options);
  } catch (const InvalidInput& error) {
    return error.what();
  }
  return "accepted";
}

TEST(UcdpReader, ReadsARowOfGed) {
  const Read read = read_all(ucdp_header() + ucdp_row({}));
  ASSERT_EQ(read.good.size(), 1U);
  const Incident& incident = read.good[0];
  EXPECT_EQ(incident.source, "ucdp");
  EXPECT_EQ(incident.source_id, "300380");
  EXPECT_EQ(incident.type, IncidentType::state_based);
  EXPECT_EQ(incident.first, make_date(2013, 1, 3));
  EXPECT_EQ(incident.date_precision, DatePrecision::day);
  EXPECT_EQ(incident.place.coordinates, (geo::LonLat{36.558974, 35.763369}));
  EXPECT_EQ(incident.place.name, "Rami village");
  EXPECT_EQ(incident.place.admin1, "Idlib governorate");
  EXPECT_EQ(incident.place.country_id, 652);
  EXPECT_EQ(incident.deaths, (Deaths{1, 2, 3, 0, 2, 0, 0}));
  EXPECT_EQ(incident.actor_a_state, "652");
  EXPECT_EQ(incident.actor_b_state, "");
  EXPECT_EQ(incident.clarity, 1);
  EXPECT_EQ(incident.note, "He said \"no\", then left");
}

TEST(UcdpReader, TakesWhatReleasesWriteDifferently) {
  const std::vector<std::map<std::string, std::string>> variants = {
      {{"active_year", "true"}},
      {{"active_year", "TRUE"}},
      {{"date_start", "2013-01-03 00:00:00.000"}, {"date_end", "2013-01-03 00:00:00.000"}},
      {{"gwnob", ""}},
      {{"gwnob", "NA"}},
      {{"adm_2", "NA"}},
      {{"best", "2.0"}}};
  for (const auto& variant : variants) {
    const Read read = read_all(ucdp_header() + ucdp_row(variant));
    ASSERT_EQ(read.good.size(), 1U) << variant.begin()->first;
    EXPECT_EQ(read.good[0].first, make_date(2013, 1, 3));
  }
  EXPECT_EQ(read_all(ucdp_header() + ucdp_row({{"adm_2", "NA"}})).good[0].place.admin2, "");
}

TEST(UcdpReader, AnUnrecordedNumberOfSourcesIsUnknown) {
  const Read read = read_all(ucdp_header() + ucdp_row({{"number_of_sources", "-1"}}));
  ASSERT_EQ(read.good.size(), 1U);
  EXPECT_FALSE(read.good[0].source_count);
}

TEST(UcdpReader, ReadsCandidateWithoutHeader) {
  const Read read = read_all(ucdp_row({}) + ucdp_row({{"id", "2"}}));
  ASSERT_EQ(read.good.size(), 2U);
  EXPECT_EQ(read.good[1].source_id, "2");
  const Read bad = read_all(ucdp_row({}) + ucdp_row({{"latitude", "95"}}));
  ASSERT_EQ(bad.bad.size(), 1U);
  EXPECT_EQ(bad.bad[0].row, 2U);
  EXPECT_EQ(bad.bad[0].column, "latitude");
}

TEST(UcdpReader, CentroidsOfCountriesAndSeasAreNotPlaces) {
  for (const char* precision : {"6", "7"}) {
    const Read read = read_all(ucdp_header() + ucdp_row({{"where_prec", precision}}));
    EXPECT_FALSE(read.good.at(0).place.is_located()) << precision;
  }
  EXPECT_TRUE(
      read_all(ucdp_header() + ucdp_row({{"where_prec", "5"}})).good.at(0).place.is_located());
}

struct BadCase {
  std::map<std::string, std::string> change;
  std::string column;
  std::string found;
  std::string reason;
};

TEST(UcdpReader, QuarantinesWhatCannotBe) {
  const std::vector<BadCase> cases = {
      {{{"latitude", "95"}}, "latitude", "95", "[-90, 90]"},
      {{{"longitude", "nan"}}, "longitude", "nan", "[-180, 180]"},
      {{{"longitude", ""}}, "longitude", "", "both"},
      {{{"date_start", "2023-02-30"}}, "date_start", "2023-02-30", "exists"},
      {{{"date_start", "0202-01-05"}}, "date_start", "0202-01-05", "from 1800 to 2200"},
      {{{"date_end", "2924-01-05"}}, "date_end", "2924-01-05", "from 1800 to 2200"},
      {{{"date_end", "2012-12-31"}}, "date_end", "", "before the first"},
      {{{"best", "9"}}, "best", "9", "from low to high, 1 to 3"},
      {{{"low", "3"}}, "best", "2", "from low to high, 3 to 3"},
      {{{"deaths_b", "1"}}, "best", "2", "by side, 1 in all, must add up"},
      {{{"deaths_a", "-2"}}, "deaths_a", "-2", "from 0 to 10000000"},
      {{{"high", "999999999"}}, "high", "999999999", "from 0 to 10000000"},
      {{{"best", "99999999999"}}, "best", "99999999999", "whole number"},
      {{{"type_of_violence", "4"}}, "type_of_violence", "4", "from 1 to 3"},
      {{{"event_clarity", "3"}}, "event_clarity", "3", "from 1 to 2"},
      {{{"high", ""}}, "high", "", "empty"},
      {{{"date_end", ""}}, "date_end", "", "empty"},
      {{{"where_prec", "8"}}, "where_prec", "8", "from 1 to 7"},
      {{{"id", ""}}, "id", "", "empty"},
      {{{"adm_1", "Quer\xE9taro"}}, "adm_1", "Quer\\xE9taro", "byte 0xE9 at position 5"}};
  for (const BadCase& bad_case : cases) {
    const Read read = read_all(ucdp_header() + ucdp_row({}) + ucdp_row(bad_case.change));
    EXPECT_EQ(read.good.size(), 1U) << bad_case.column;
    ASSERT_EQ(read.bad.size(), 1U) << bad_case.column;
    EXPECT_EQ(read.bad[0].column, bad_case.column);
    EXPECT_THAT(read.bad[0].found, HasSubstr(bad_case.found));
    EXPECT_THAT(read.bad[0].reason, HasSubstr(bad_case.reason));
    EXPECT_EQ(read.bad[0].row, 2U);
    EXPECT_EQ(read.bad[0].line, 3U);
  }
}

TEST(UcdpReader, TellsEveryFaultOfARowOnce) {
  const Read read =
      read_all(ucdp_header() +
               ucdp_row({{"latitude", "95"}, {"date_start", "2023-02-30"}, {"deaths_a", "x"}}));
  ASSERT_EQ(read.bad.size(), 1U);
  std::vector<std::string> told;
  for (const Problem& problem : problems_of(read.bad[0], "in.csv")) {
    told.push_back(to_string(problem));
  }
  EXPECT_THAT(told, testing::ElementsAre(
                        "in.csv:2: date_start: is '2023-02-30' (must be a date that exists, as "
                        "YYYY-MM-DD)",
                        "in.csv:2: latitude: is '95' (must be a number in [-90, 90])",
                        "in.csv:2: deaths_a: is 'x' (must be a whole number from 0 to 10000000)"));
}

TEST(UcdpReader, WhatIsWrongWithAWholeRowReadsAsASentence) {
  const auto told = [](const std::string& row) {
    return to_string(problems_of(read_all(ucdp_header() + row).bad.at(0), "in.csv").at(0));
  };
  EXPECT_EQ(told("1,2,3\n"), "in.csv:2: has 3 fields (the file has 49 columns)");
  EXPECT_EQ(told(ucdp_row({{"adm_1", std::string("a\0b", 3)}})),
            "in.csv:2: cannot be read (the row holds a NUL byte)");
  EXPECT_EQ(told(ucdp_row({{"id", ""}})), "in.csv:2: id: is empty (must not be empty)");
}

TEST(UcdpReader, ARowOfAnotherLengthOrWithANulIsBadByItself) {
  const Read read = read_all(ucdp_header() + "1,2,3\n" +
                             ucdp_row({{"adm_1", std::string("a\0b", 3)}}) + ucdp_row({}));
  ASSERT_EQ(read.bad.size(), 2U);
  EXPECT_EQ(read.bad[0].found, "3 fields");
  EXPECT_THAT(read.bad[1].reason, HasSubstr("NUL"));
  EXPECT_THAT(read.bad[1].raw, HasSubstr("a\\x00b"));
  EXPECT_EQ(read.good.size(), 1U);
}

TEST(UcdpReader, WidensBoundsWhenAsked) {
  const Read read =
      read_all(ucdp_header() + ucdp_row({{"low", "5"}, {"high", "1"}}), {.bounds = Bounds::widen});
  ASSERT_EQ(read.good.size(), 1U);
  EXPECT_EQ(read.good[0].deaths.low, 2);
  EXPECT_EQ(read.good[0].deaths.best, 2);
  EXPECT_EQ(read.good[0].deaths.high, 2);
}

TEST(UcdpReader, ConvertsLatin1WhenAsked) {
  const Read read = read_all(ucdp_header() + ucdp_row({{"adm_1", "Quer\xE9taro"}}),
                             {.encoding = Encoding::latin1});
  EXPECT_EQ(read.good.at(0).place.admin1, "Querétaro");
}

constexpr auto kPanjHeader = "id,date,type,country,deaths_best,latitude,longitude,credibility\n";

TEST(PanjReader, ReadsABorderLog) {
  const Read read = read_all(std::string(kPanjHeader) +
                             "TJ-1,2024-11-18,cross_border_fire,Tajikistan,1,37.6,70.1,1\n"
                             "TJ-2,2021-07-05,displacement,Tajikistan,0,,,\n");
  ASSERT_EQ(read.good.size(), 2U);
  EXPECT_EQ(read.good[0].source, "panj");
  EXPECT_EQ(read.good[0].type, IncidentType::cross_border_fire);
  EXPECT_EQ(read.good[0].deaths, (Deaths{.low = 1, .best = 1, .high = 1}));
  EXPECT_EQ(read.good[0].last, read.good[0].first);
  EXPECT_EQ(read.good[0].credibility, 1);
  EXPECT_FALSE(read.good[1].place.coordinates);
  EXPECT_FALSE(read.good[1].credibility);
}

TEST(PanjReader, APlaceIsKnownAsWellAsItIsGiven) {
  const auto precision_of = [](const std::string& place) {
    const Read read = read_all(
        "id,date,type,country,deaths_best,latitude,longitude,place,admin2,admin1,place_precision\n"
        "1,2024-11-18,armed_attack,Tajikistan,1," +
        place + "\n");
    return name(read.good.at(0).place.precision);
  };
  EXPECT_EQ(precision_of("37.63,70.13,,,,"), "exact");
  EXPECT_EQ(precision_of(",,Post 7,,,"), "exact");
  EXPECT_EQ(precision_of(",,,Shohin,Khatlon,"), "admin2");
  EXPECT_EQ(precision_of(",,,,Khatlon,"), "admin1");
  EXPECT_EQ(precision_of(",,,,,"), "country");
  EXPECT_EQ(precision_of("37.63,70.13,,,,near"), "near");
  EXPECT_EQ(precision_of(",,,,,area"), "area") << "what the row says is kept";
}

TEST(PanjReader, QuarantinesUnknownNames) {
  const Read read = read_all(std::string(kPanjHeader) + "1,2024-11-18,raid,Tajikistan,1,,,1\n" +
                             "2,2024-11-18,other,Tajikistan,1,,,7\n");
  ASSERT_EQ(read.bad.size(), 2U);
  EXPECT_EQ(read.bad[0].column, "type");
  EXPECT_THAT(read.bad[0].reason, HasSubstr("armed_attack"));
  EXPECT_EQ(read.bad[1].column, "credibility");
}

TEST(PanjReader, BlanksMakeNoOtherIdOrCountry) {
  const Read read = read_all(
      "id,date,type,country,deaths_best,note\n"
      " 1,2024-11-18,other,Tajikistan,0,\n"
      "2,2024-11-18,other,Tajikistan ,0,\n"
      "3,2024-11-18,other,\"Taji\nkistan\",0,\n"
      "4,2024-11-18,other,Tajikistan,0,\" any\ntext \"\n");
  ASSERT_EQ(read.bad.size(), 3U);
  EXPECT_EQ(read.bad[0].column, "id");
  EXPECT_EQ(read.bad[1].column, "country");
  EXPECT_EQ(read.bad[2].found, "Taji\\x0Akistan");
  EXPECT_EQ(read.good.at(0).source_id, "4");
}

TEST(Formats, RefuseFilesThatCannotBeUsed) {
  EXPECT_THAT(refusal(""), HasSubstr("empty"));
  EXPECT_THAT(refusal("a,b,c\n1,2,3\n"), HasSubstr("no known format"));
  EXPECT_THAT(refusal("id,date,typ,country,deaths_best\n"), HasSubstr("did you mean 'type'?"));
  EXPECT_THAT(refusal("id,date,type,country,deaths_bst\n"),
              testing::AllOf(HasSubstr("did you mean 'deaths_best'?"), HasSubstr("is missing")));
  EXPECT_THAT(refusal("id,id,date,type,country,deaths_best\n"), HasSubstr("stands twice"));
  EXPECT_THAT(refusal("id,type_of_violence,best\n"), HasSubstr("date_start"));
  EXPECT_THAT(refusal("\"id,date\n"), HasSubstr("never closed"));
}

TEST(Formats, SayHowAFileIsWrittenInsteadOfUnknownColumns) {
  const std::string header = "id,date,type,country,deaths_best";
  const auto with = [&](char separator, const std::string& line_end) {
    std::string text = header + line_end + "1,2024-11-18,other,Tajikistan,1" + line_end;
    std::ranges::replace(text, ',', separator);
    return text;
  };
  for (const Format format : {Format::automatic, Format::panj, Format::ucdp}) {
    const ReaderOptions options{.format = format};
    EXPECT_EQ(refusal(with(';', "\n"), options),
              "file.csv:1: the columns are separated by semicolons (must be separated by commas) "
              "save it as CSV with commas");
    EXPECT_THAT(refusal(with('\t', "\r\n"), options), HasSubstr("separated by tabs"));
    EXPECT_EQ(refusal(with(',', "\r"), options),
              "file.csv:1: the lines end in CR alone (must end in LF or CRLF) save it with line "
              "ends of Unix or Windows");
  }
}

TEST(Formats, AHeaderAloneHasNoRows) {
  EXPECT_TRUE(read_all(ucdp_header()).good.empty());
  EXPECT_TRUE(read_all(ucdp_header()).bad.empty());
}

/// Counts of rows whose best lies in its bounds, taken from the files with Python's csv module.
TEST(RealFiles, AreReadToTheLastRow) {
  const std::filesystem::path folder = test::source_path("../shared/data/events");
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "the shared data are not here";
  struct Case {
    const char* file;
    std::size_t good;
    std::size_t bad;
  };
  for (const Case& c :
       {Case{"ucdpged_sample1000_v231.csv", 987, 13}, Case{"GEDEvent_v23_0_10.csv", 2376, 15},
        Case{"ged_ucdp_syria_df.csv", 16465, 101}}) {
    const Read strict = read_all(*open_incidents(folder / c.file));
    EXPECT_EQ(strict.good.size(), c.good) << c.file;
    EXPECT_EQ(strict.bad.size(), c.bad) << c.file;
    const Read wide = read_all(*open_incidents(folder / c.file, {.bounds = Bounds::widen}));
    EXPECT_EQ(wide.good.size(), c.good + c.bad) << c.file;
  }
}

}  // namespace
}  // namespace panj::event
