// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/icalendar.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "panj/core/text.h"

namespace panj::plan {
namespace {

using testing::HasSubstr;

std::string unfolded(std::string text) {
  for (std::size_t at = 0; (at = text.find("\r\n ", at)) != std::string::npos;) text.erase(at, 3);
  return text;
}

std::string one_event(const DayEvent& event) {
  return icalendar("Rosters", {event}, make_date(2027, 1, 1));
}

TEST(ICalendar, EndsOnTheDayAfterTheLast) {
  const std::string text =
      one_event({make_date(2027, 2, 27), make_date(2027, 2, 28), "Patrol s01"});
  EXPECT_THAT(text, HasSubstr("DTSTART;VALUE=DATE:20270227\r\n"));
  EXPECT_THAT(text, HasSubstr("DTEND;VALUE=DATE:20270301\r\n"));
  EXPECT_THAT(text, HasSubstr("DTSTAMP:20270101T000000Z\r\n"));
  EXPECT_TRUE(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"));
  EXPECT_TRUE(text.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"));
}

TEST(ICalendar, FoldsBetweenCharactersAndEscapes) {
  std::string long_text;
  for (int i = 0; i < 60; ++i) long_text += "Вахш, ";
  const std::string text =
      one_event({make_date(2027, 2, 1), make_date(2027, 2, 1), "a;b\\c\nd", long_text});
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(line.size(), 76U) << line;  // 75 and the carriage return
    EXPECT_EQ(line.back(), '\r');
    EXPECT_FALSE(find_invalid_utf8(line)) << line;
  }
  EXPECT_THAT(unfolded(text), HasSubstr("SUMMARY:a\\;b\\\\c\\nd\r\n"));
  EXPECT_THAT(unfolded(text), HasSubstr("DESCRIPTION:Вахш\\, Вахш\\, "));
}

TEST(ICalendar, SameEventsGiveTheSameBytesAndEqualOnesDifferInUid) {
  const DayEvent event{make_date(2027, 2, 1), make_date(2027, 2, 1), "Patrol"};
  EXPECT_EQ(one_event(event), one_event(event));
  const std::string two = icalendar("Rosters", {event, event}, make_date(2027, 1, 1));
  const std::size_t first = two.find("UID:");
  const std::size_t second = two.find("UID:", first + 1);
  EXPECT_NE(two.substr(first, 36), two.substr(second, 36));
}

}  // namespace
}  // namespace panj::plan
