// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "panj/core/csv.h"
#include "panj/event/detail/row_fields.h"

namespace panj::event::detail {

/// A CSV file whose first record has been read.
struct OpenedCsv {
  CsvReader csv;
  std::string name;                  ///< of the file, for messages
  std::vector<std::string> columns;  ///< as the file names them
  bool at_first_row = false;         ///< no header: the first record is already a row
};

/// What the readers of all CSV formats share: the walk over the rows and the counting.
class CsvIncidentReader : public IncidentReader {
 public:
  CsvIncidentReader(OpenedCsv opened, ReaderOptions options)
      : opened_(std::move(opened)), options_(options), header_rows_(opened_.at_first_row ? 0 : 1) {}

  Row next() override;
  const Incident& incident() const override { return incident_; }
  const BadRow& bad_row() const override { return bad_; }
  std::uint64_t row() const override { return opened_.csv.row() - header_rows_; }
  std::uint64_t line() const override { return opened_.csv.line(); }
  std::uint64_t bytes_read() const override { return opened_.csv.bytes_read(); }

 private:
  /// Fills every part of the incident, which still holds the row before.
  virtual void read(RowFields& row, Incident& incident) const = 0;

  OpenedCsv opened_;
  ReaderOptions options_;
  std::uint64_t header_rows_;
  Incident incident_;
  BadRow bad_;
};

/// The columns that every format has under some name.
struct CommonColumns {
  Column id, first, last, longitude, latitude, place, admin1, admin2, country, country_id, actor_a,
      actor_b, actor_a_state, actor_b_state, conflict, low, best, high, deaths_a, deaths_b,
      civilians, unknown, clarity, note;
};

/// Reads them with the checks that hold for every source. An empty last day is the first, an empty
/// bound the best estimate.
void read_common(RowFields& row, const CommonColumns& at, Incident& incident);

/// One column that a format knows.
struct ColumnSpec {
  std::string name;
  bool required = false;
  Column* place = nullptr;
};

/// Says for each known column where it stands in the file. Throws InvalidInput that names every
/// missing required column, every column given twice and, where `others_allowed` is false, every
/// unknown one.
void locate_columns(const OpenedCsv& opened, const std::vector<ColumnSpec>& specs,
                    bool others_allowed);

std::unique_ptr<IncidentReader> make_ucdp_reader(OpenedCsv opened, const ReaderOptions& options);
std::unique_ptr<IncidentReader> make_panj_reader(OpenedCsv opened, const ReaderOptions& options);

/// The 49 columns of UCDP GED in their published order.
const std::vector<std::string>& ucdp_columns();

}  // namespace panj::event::detail
