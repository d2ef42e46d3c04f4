// SPDX-License-Identifier: Apache-2.0
#include "panj/event/detail/csv_incident_reader.h"

#include <algorithm>
#include <set>

#include "panj/core/problem.h"

namespace panj::event::detail {

IncidentReader::Row CsvIncidentReader::next() {
  if (!opened_.at_first_row && !opened_.csv.next()) return Row::end;
  opened_.at_first_row = false;
  RowFields row(opened_.csv, opened_.columns, options_, bad_);
  row.check_whole_row();
  if (row.ok()) read(row, incident_);
  if (row.ok()) return Row::incident;
  bad_.row = this->row();
  return Row::bad;
}

namespace {

void read_place(RowFields& row, const CommonColumns& at, Place& place) {
  row.coordinates(at.longitude, at.latitude, place);
  row.text(at.place, place.name);
  row.text(at.admin1, place.admin1);
  row.text(at.admin2, place.admin2);
  row.text(at.country, place.country);
  place.country_id = row.optional_integer(at.country_id);
}

void read_deaths(RowFields& row, const CommonColumns& at, Deaths& deaths) {
  constexpr Limits kPersons{0, 10'000'000};  // more is a mark for "not known", or a slip of the pen
  deaths.best = row.integer(at.best, kPersons);
  deaths.low = row.optional_integer(at.low, kPersons).value_or(deaths.best);
  deaths.high = row.optional_integer(at.high, kPersons).value_or(deaths.best);
  deaths.side_a = row.optional_integer(at.deaths_a, kPersons);
  deaths.side_b = row.optional_integer(at.deaths_b, kPersons);
  deaths.civilians = row.optional_integer(at.civilians, kPersons);
  deaths.unknown = row.optional_integer(at.unknown, kPersons);
  row.death_bounds(at.best, deaths);
  row.death_sum(at.best, deaths);
}

}  // namespace

void read_common(RowFields& row, const CommonColumns& at, Incident& incident) {
  row.required_text(at.id, incident.source_id);
  incident.first = row.date(at.first);
  incident.last = row.raw(at.last).empty() ? incident.first : row.date(at.last);
  row.date_order(at.last, incident);
  read_place(row, at, incident.place);
  row.text(at.actor_a, incident.actor_a);
  row.text(at.actor_b, incident.actor_b);
  row.text(at.actor_a_state, incident.actor_a_state);
  row.text(at.actor_b_state, incident.actor_b_state);
  row.text(at.conflict, incident.conflict);
  read_deaths(row, at, incident.deaths);
  constexpr Limits kTwo{1, 2};
  incident.clarity = row.optional_integer(at.clarity, kTwo);
  row.text(at.note, incident.note);
}

void locate_columns(const OpenedCsv& opened, const std::vector<ColumnSpec>& specs,
                    bool others_allowed) {
  Problems problems;
  std::vector<std::string> valid;
  valid.reserve(specs.size());
  for (const ColumnSpec& spec : specs) valid.push_back(spec.name);
  std::set<std::string> seen;
  for (const std::string& column : opened.columns) {
    if (!seen.insert(column).second) {
      problems.add({.file = opened.name,
                    .line = 1,
                    .field = column,
                    .what = "the column stands twice",
                    .why = "each column may stand once"});
    } else if (!others_allowed && std::ranges::find(valid, column) == valid.end()) {
      problems.add({.file = opened.name,
                    .line = 1,
                    .field = column,
                    .what = "unknown column",
                    .suggestion = suggest_name(column, valid)});
    }
  }
  for (const ColumnSpec& spec : specs) {
    const auto found = std::ranges::find(opened.columns, spec.name);
    *spec.place = found == opened.columns.end()
                      ? kAbsent
                      : static_cast<Column>(found - opened.columns.begin());
    if (*spec.place != kAbsent || !spec.required) continue;
    const std::string nearest = nearest_name(spec.name, opened.columns);
    problems.add({.file = opened.name,
                  .line = 1,
                  .field = spec.name,
                  .what = "the column is missing",
                  .why = "the format needs it",
                  .suggestion = nearest.empty() ? "" : "is it '" + nearest + "'?"});
  }
  problems.throw_if_any();
}

}  // namespace panj::event::detail
