// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/icalendar.h"

#include <fmt/format.h>

#include <algorithm>

#include "panj/core/file.h"
#include "panj/core/manifest.h"

namespace panj::plan {
namespace {

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else if (static_cast<unsigned char>(c) >= 0x20) {
      out += c;
    }
  }
  return out;
}

/// "name:value" in lines of at most 75 octets, never cut within a character.
std::string line(const std::string& content) {
  constexpr std::size_t kOctets = 75;
  constexpr unsigned char kContinues = 0x80;
  constexpr unsigned char kTopBits = 0xC0;
  std::string out;
  std::size_t at = 0;
  std::size_t room = kOctets;
  while (content.size() - at > room) {
    std::size_t cut = at + room;
    while (cut > at + 1 && (static_cast<unsigned char>(content[cut]) & kTopBits) == kContinues) {
      --cut;
    }
    out += content.substr(at, cut - at) + "\r\n ";
    at = cut;
    room = kOctets - 1;  // the space counts
  }
  return out + content.substr(at) + "\r\n";
}

std::string compact(Date date) {
  std::string text = panj::to_string(date);
  std::erase(text, '-');
  return text;
}

/// "DTSTART…:" or "DTEND…:" for the given minute after midnight of a day.
std::string moment(std::string_view name, Date day, int minute) {
  constexpr int kMinutesAnHour = 60;
  day += std::chrono::days(minute / kMinutesADay);
  minute %= kMinutesADay;
  return line(fmt::format("{}:{}T{:02}{:02}00", name, compact(day), minute / kMinutesAnHour,
                          minute % kMinutesAnHour));
}

std::string times(const DayEvent& event) {
  if (event.minutes > 0) {
    return moment("DTSTART", event.first, event.from_minute) +
           moment("DTEND", event.first, event.from_minute + event.minutes);
  }
  return line("DTSTART;VALUE=DATE:" + compact(event.first)) +
         line("DTEND;VALUE=DATE:" + compact(event.last + std::chrono::days(1)));
}

}  // namespace

std::string icalendar(const std::string& name, const std::vector<DayEvent>& events, Date stamp) {
  std::string text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n";
  text += line("PRODID:-//Panj//Panj " + version() + "//EN");
  text += "CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n" + line("X-WR-CALNAME:" + escaped(name));
  for (std::size_t e = 0; e < events.size(); ++e) {
    const DayEvent& event = events[e];
    const std::string what =
        fmt::format("{}\n{}\n{}\n{}\n{}\n{}", name, e, panj::to_string(event.first),
                    panj::to_string(event.last), event.summary, event.location);
    constexpr std::size_t kDigits = 32;
    text += "BEGIN:VEVENT\r\n";
    text += line("UID:" + sha256(what).substr(0, kDigits) + "@panj");
    text += line("DTSTAMP:" + compact(stamp) + "T000000Z");
    text += times(event);
    text += line("SUMMARY:" + escaped(event.summary));
    if (!event.description.empty()) text += line("DESCRIPTION:" + escaped(event.description));
    if (!event.location.empty()) text += line("LOCATION:" + escaped(event.location));
    text += "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n";
  }
  return text + "END:VCALENDAR\r\n";
}

}  // namespace panj::plan
