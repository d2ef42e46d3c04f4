// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "panj/core/csv.h"
#include "panj/event/incident_reader.h"

namespace panj::event::detail {

/// Where a column stands in the file; kAbsent when the file has no such column.
using Column = std::size_t;
inline constexpr Column kAbsent = std::numeric_limits<Column>::max();

struct Limits {
  std::int32_t low = 0;
  std::int32_t high = std::numeric_limits<std::int32_t>::max();
};

/// The fields of one row as values. Each field that cannot be read is a fault of the row, once;
/// the checks that compare fields are made only while there is none.
class RowFields {
 public:
  RowFields(CsvReader& csv, const std::vector<std::string>& columns, const ReaderOptions& options,
            BadRow& bad)
      : csv_(csv), columns_(columns), options_(options), bad_(bad) {}

  bool ok() const { return ok_; }
  void fail(Column column, std::string reason);
  /// A fault that concerns several columns: `found` says what they hold.
  void fail(Column column, std::string found, std::string reason);

  /// Bad when the row is no valid UTF-8 (unless it is read as Latin-1), has a fault of quoting, or
  /// another number of fields than the header.
  void check_whole_row();

  /// Empty when absent, empty or "NA".
  std::string_view raw(Column column);
  void text(Column column, std::string& out);
  void require(Column column);
  void required_text(Column column, std::string& out);
  /// For what is compared with other rows, such as an id: "A1 " would be another than "A1".
  void expect_plain(Column column);
  std::optional<std::int32_t> optional_integer(Column column, Limits limits = {});
  std::int32_t integer(Column column, Limits limits = {});
  std::optional<double> optional_number(Column column, double low, double high);
  Date date(Column column);

  /// The checks that hold for every source.
  void coordinates(Column longitude, Column latitude, Place& place);
  void date_order(Column last_column, const Incident& incident);
  void death_bounds(Column best_column, Deaths& deaths);
  void death_sum(Column best_column, const Deaths& deaths);

 private:
  CsvReader& csv_;
  const std::vector<std::string>& columns_;
  const ReaderOptions& options_;
  BadRow& bad_;
  bool ok_ = true;
  std::vector<Column> failed_{};
};

}  // namespace panj::event::detail
