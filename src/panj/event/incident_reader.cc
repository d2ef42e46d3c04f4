// SPDX-License-Identifier: Apache-2.0
#include "panj/event/incident_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "panj/core/number.h"
#include "panj/core/problem.h"
#include "panj/core/text.h"
#include "panj/event/detail/csv_incident_reader.h"
#include "panj/event/incident_csv.h"

namespace panj::event {
namespace {

using detail::OpenedCsv;

bool is_number(std::string_view text) {
  return parse_number<double>(text).has_value();
}

/// A Candidate file without header (as 24.0.1 was): 49 fields of the right kinds.
bool looks_like_ucdp_row(const std::vector<std::string>& fields) {
  const auto& columns = detail::ucdp_columns();
  if (fields.size() != columns.size()) return false;
  const auto field = [&](std::string_view column) -> const std::string& {
    return fields[static_cast<std::size_t>(std::ranges::find(columns, column) - columns.begin())];
  };
  return std::ranges::all_of(
             std::vector{"id", "year", "type_of_violence", "where_prec", "latitude", "longitude"},
             [&](const char* column) { return is_number(field(column)); }) &&
         parse_date(field("date_start")) && parse_date(field("date_end"));
}

bool has(const std::vector<std::string>& columns, std::string_view name) {
  return std::ranges::find(columns, name) != columns.end();
}

/// How many of `known` the file has.
std::size_t shared(const std::vector<std::string>& columns, const std::vector<std::string>& known) {
  return static_cast<std::size_t>(
      std::ranges::count_if(known, [&](const std::string& name) { return has(columns, name); }));
}

Format recognise(const OpenedCsv& opened) {
  if (opened.at_first_row || has(opened.columns, "type_of_violence")) return Format::ucdp;
  if (has(opened.columns, "type") && has(opened.columns, "id")) return Format::panj;
  const std::size_t ucdp = shared(opened.columns, detail::ucdp_columns());
  const std::size_t panj = shared(opened.columns, panj_columns());
  if (std::max(ucdp, panj) >= 3) return ucdp > panj ? Format::ucdp : Format::panj;
  std::vector<std::string> valid = detail::ucdp_columns();
  valid.insert(valid.end(), panj_columns().begin(), panj_columns().end());
  Problems problems;
  problems.add(
      {.file = opened.name,
       .line = 1,
       .what = counted(opened.columns.size(), "column is", "columns are") + " of no known format",
       .why = "known are UCDP GED, UCDP Candidate and Panj's own CSV",
       .suggestion = "see docs/guide/incident-format.md"});
  for (const std::string& column : opened.columns) {
    if (has(valid, column)) continue;
    const std::string nearest = nearest_name(column, valid);
    problems.add({.file = opened.name,
                  .line = 1,
                  .field = printable(column, 60),
                  .what = "unknown column",
                  .suggestion = nearest.empty() ? "" : "did you mean '" + nearest + "'?"});
    if (problems.size() > 50) break;
  }
  problems.throw_if_any();
  return Format::automatic;
}

OpenedCsv open(CsvReader csv, std::string name) {
  OpenedCsv opened{std::move(csv), std::move(name), {}, false};
  if (!opened.csv.next()) {
    throw InvalidInput({.file = opened.name,
                        .what = "the file is empty",
                        .why = "a line of column names is needed"});
  }
  auto layout = foreign_layout(opened.csv.raw(), opened.name);
  if (!layout.empty()) throw InvalidInput(std::move(layout));
  if (opened.csv.fault() != CsvFault::none) {
    throw InvalidInput({.file = opened.name,
                        .line = opened.csv.line(),
                        .what = "the column names cannot be read",
                        .why = std::string(describe(opened.csv.fault()))});
  }
  for (std::size_t i = 0; i < opened.csv.size(); ++i) {
    opened.columns.emplace_back(opened.csv.field(i));
  }
  if (looks_like_ucdp_row(opened.columns)) {
    opened.columns = detail::ucdp_columns();
    opened.at_first_row = true;
  }
  return opened;
}

std::unique_ptr<IncidentReader> make_reader(OpenedCsv opened, const ReaderOptions& options) {
  const Format format = options.format == Format::automatic ? recognise(opened) : options.format;
  return format == Format::ucdp ? detail::make_ucdp_reader(std::move(opened), options)
                                : detail::make_panj_reader(std::move(opened), options);
}

}  // namespace

std::unique_ptr<IncidentReader> open_incidents(const std::filesystem::path& path,
                                               const ReaderOptions& options) {
  return make_reader(open(CsvReader(path), path.string()), options);
}

std::unique_ptr<IncidentReader> read_incidents(std::string_view text, std::string_view name,
                                               const ReaderOptions& options) {
  return make_reader(open(CsvReader::from_text(text), std::string(name)), options);
}

}  // namespace panj::event
