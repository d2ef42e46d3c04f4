// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "panj/core/date.h"

namespace panj::plan {

/// Whole days from first to last, both included.
struct DayEvent {
  Date first{};
  Date last{};
  std::string summary;
  std::string description{};
  std::string location{};
};

/// A calendar as other programs open it (RFC 5545): CRLF, lines folded at 75 octets between
/// characters, texts escaped. The same events give the same bytes: DTSTAMP is midnight UTC of
/// `stamp`, and each UID is a digest of the event and its place in the list.
std::string icalendar(const std::string& name, const std::vector<DayEvent>& events, Date stamp);

}  // namespace panj::plan
