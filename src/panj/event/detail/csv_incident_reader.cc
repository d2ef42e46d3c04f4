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
