// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "panj/core/progress.h"
#include "panj/event/incident_reader.h"
#include "panj/event/store.h"

namespace panj::event {

/// Takes all rows of a file into the store in one transaction. When it throws, the store is as
/// before. Incidents after the day on which the source counts as known are quarantined. With more
/// than one thread (0: as many as there are) the file is read ahead while rows are stored; the
/// result is the same.
IngestCounts ingest(EventStore& store, IncidentReader& reader, const IngestSource& source,
                    Progress& progress, unsigned threads = 0);

/// What is wrong with the reader's incident when it lies after the day on which its file became
/// known: nobody can have known it then. An incident whose day is not known is judged by the
/// earliest day it can have been: one of "August 2024" may stand in a file of 20 August.
std::optional<BadRow> not_yet_known(const IncidentReader& reader, Date known_on);

/// All that is wrong with a quarantined row, as people read it: "log.csv:7: latitude: is '95' (must
/// lie in [-90, 90])" for each field.
std::vector<Problem> problems_of(const BadRow& bad, const std::string& file);

/// Counts a row that is left out, and keeps what is wrong with it when it is one of the first few.
void count_bad(const BadRow& bad, const std::string& file, IngestCounts& counts);

/// The release that a UCDP file's name tells: "GEDEvent_v23_0_10.csv" is "23.0.10"; empty when it
/// tells none.
std::string version_from_name(std::string_view file_name);

}  // namespace panj::event
