// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "panj/core/date.h"

namespace panj::plan {

inline constexpr int kMinutesADay = 24 * 60;

/// Whole days from first to last, both included; or a part of the first day.
struct DayEvent {
  Date first{};
  Date last{};
  std::string summary;
  std::string description{};
  std::string location{};
  int from_minute = 0;  ///< after midnight
  int minutes = 0;      ///< how long; 0 for whole days
};

/// A calendar as other programs open it (RFC 5545): CRLF, lines folded at 75 octets between
/// characters, texts escaped, parts of days in the local time of wherever one is. The same events
/// give the same bytes: DTSTAMP is midnight UTC of `stamp`, and each UID is a digest of the event
/// and its place in the list.
std::string icalendar(const std::string& name, const std::vector<DayEvent>& events, Date stamp);

}  // namespace panj::plan
