// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <string>

#include "panj/core/problem.h"
#include "panj/core/text.h"
#include "panj/event/incident_reader.h"

namespace panj::event {

/// What must hold for every incident that a reader lets through, and every reason it gives.
inline void read_all(const std::string& text, const ReaderOptions& options) {
  try {
    const auto reader = read_incidents(text, "fuzz.csv", options);
    for (auto row = reader->next(); row != IncidentReader::Row::end; row = reader->next()) {
      if (row == IncidentReader::Row::bad) {
        const BadRow& bad = reader->bad_row();
        if (bad.reason.empty() || find_invalid_utf8(bad.raw) || find_invalid_utf8(bad.found)) {
          std::abort();
        }
        continue;
      }
      const Incident& incident = reader->incident();
      const Deaths& deaths = incident.deaths;
      const bool bounds =
          0 <= deaths.low && deaths.low <= deaths.best && deaths.best <= deaths.high;
      if (!bounds || incident.last < incident.first || incident.source_id.empty() ||
          find_invalid_utf8(incident.note) || find_invalid_utf8(incident.place.admin1)) {
        std::abort();
      }
    }
  } catch (const InvalidInput&) {
    return;
  }
}

inline void read_all_ways(const std::string& text) {
  read_all(text, {});
  read_all(text, {.encoding = Encoding::latin1, .bounds = Bounds::widen});
}

}  // namespace panj::event
