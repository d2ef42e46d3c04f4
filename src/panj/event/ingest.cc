// SPDX-License-Identifier: Apache-2.0
#include "panj/event/ingest.h"

#include <fmt/format.h>

#include <algorithm>

#include "panj/event/detail/read_ahead.h"

namespace panj::event {
namespace {

BadRow conflicting(const Incident& incident, std::uint64_t row, std::uint64_t line,
                   std::uint64_t first_row) {
  return {
      .row = row,
      .line = line,
      .column = "id",
      .found = incident.source_id,
      .reason = fmt::format("row {} of this file has the same id and another content", first_row),
      .raw = {},
      .also = {}};
}

Problem problem_of(const BadRow& bad, const BadField& field, const std::string& file) {
  Problem problem{.file = file,
                  .line = static_cast<std::size_t>(bad.line),
                  .field = field.column,
                  .what = fmt::format("is '{}'", field.found),
                  .why = field.reason};
  if (field.column.empty()) {
    problem.what = field.found.empty() ? "cannot be read" : "has " + field.found;
  } else if (field.found.empty()) {
    problem.what = "is empty";
  }
  return problem;
}

/// Takes one row in and counts it.
void take(EventStore::Ingest& transaction, IncidentReader& reader, IncidentReader::Row row,
          const IngestSource& source, IngestCounts& counts) {
  const auto quarantine = [&](const BadRow& bad) {
    transaction.quarantine(bad);
    count_bad(bad, source.file, counts);
  };
  ++counts.read;
  if (row == IncidentReader::Row::bad) return quarantine(reader.bad_row());
  if (const auto later = not_yet_known(reader, source.known_on)) return quarantine(*later);
  const Added added = transaction.add(reader.incident(), reader.row());
  switch (added.outcome) {
    case Added::Outcome::accepted:
      ++counts.accepted;
      break;
    case Added::Outcome::updated:
      ++counts.updated;
      break;
    case Added::Outcome::duplicate:
      ++counts.duplicate;
      break;
    case Added::Outcome::conflict:
      quarantine(conflicting(reader.incident(), reader.row(), reader.line(), added.first_row));
      break;
  }
}

IngestCounts ingest_rows(EventStore& store, IncidentReader& reader, const IngestSource& source,
                         Progress& progress) {
  IngestCounts counts;
  const auto transaction = store.begin(source);
  std::uint64_t shown = 0;
  for (auto row = reader.next(); row != IncidentReader::Row::end; row = reader.next()) {
    take(*transaction, reader, row, source, counts);
    if (reader.bytes_read() == shown) continue;
    progress.advance(reader.bytes_read() - shown);
    shown = reader.bytes_read();
  }
  transaction->commit(counts);
  return counts;
}

}  // namespace

std::optional<BadRow> not_yet_known(const IncidentReader& reader, Date known_on) {
  const Incident& incident = reader.incident();
  const bool begins_later = earliest_day(incident) > known_on;
  if (!begins_later && earliest_end(incident) <= known_on) return std::nullopt;
  const bool is_ucdp = reader.format() == Format::ucdp;
  const char* const first_column = is_ucdp ? "date_start" : "date";
  const char* const last_column = is_ucdp ? "date_end" : "date_last";
  return BadRow{
      .row = reader.row(),
      .line = reader.line(),
      .column = begins_later ? first_column : last_column,
      .found = to_string(begins_later ? incident.first : incident.last),
      .reason = fmt::format("must not lie after the day on which the file became known, {}",
                            to_string(known_on)),
      .raw = {},
      .also = {}};
}

std::vector<Problem> problems_of(const BadRow& bad, const std::string& file) {
  std::vector<Problem> problems = {problem_of(bad, {bad.column, bad.found, bad.reason}, file)};
  for (const BadField& field : bad.also) problems.push_back(problem_of(bad, field, file));
  return problems;
}

IngestCounts ingest(EventStore& store, IncidentReader& reader, const IngestSource& source,
                    Progress& progress, unsigned threads) {
  if (threads == 1) return ingest_rows(store, reader, source, progress);
  detail::ReadAhead ahead(reader);
  return ingest_rows(store, ahead, source, progress);
}

std::string version_from_name(std::string_view file_name) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  for (auto at = file_name.find("_v"); at != std::string_view::npos;
       at = file_name.find("_v", at + 1)) {
    std::string version;
    for (std::size_t i = at + 2; i < file_name.size(); ++i) {
      if (!is_digit(file_name[i]) && file_name[i] != '_') break;
      version += file_name[i] == '_' ? '.' : file_name[i];
    }
    if (!version.empty() && is_digit(version.front()) && is_digit(version.back())) return version;
  }
  return {};
}

void count_bad(const BadRow& bad, const std::string& file, IngestCounts& counts) {
  constexpr std::size_t kShown = 5;
  ++counts.quarantined;
  if (counts.first_bad.size() < kShown) counts.first_bad.push_back(problems_of(bad, file));
}

}  // namespace panj::event
