// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "panj/event/incident.h"

namespace panj::event {

enum class Format { automatic, ucdp, panj };
enum class Encoding { utf8, latin1 };
/// What to do with a row whose best estimate lies outside its own [low, high].
enum class Bounds { strict, widen };

struct ReaderOptions {
  Format format = Format::automatic;
  Encoding encoding = Encoding::utf8;
  Bounds bounds = Bounds::strict;
};

/// One thing that is wrong with a field of a row.
struct BadField {
  std::string column{};
  std::string found{};   ///< "95"
  std::string reason{};  ///< "must lie in [-90, 90]"
};

/// Why one row of an incident file cannot be used.
struct BadRow {
  std::uint64_t row = 0;         ///< 1-based; the header is not counted
  std::uint64_t line = 0;        ///< on which the row starts
  std::string column;            ///< empty when the row as a whole is bad
  std::string found;             ///< what the field holds, "95"; of a whole row how many "3 fields"
  std::string reason;            ///< "must lie in [-90, 90]"
  std::string raw;               ///< the beginning of the row, fit to print
  std::vector<BadField> also{};  ///< what else is wrong with the row
};

/// Reads an incident file row by row in constant memory, good rows and bad.
///
///     auto reader = open_incidents("GEDEvent_v23_1.csv");
///     for (auto row = reader->next(); row != Row::end; row = reader->next()) {
///       if (row == Row::incident) use(reader->incident()); else report(reader->bad_row());
///     }
///
/// Formats, recognised by their column names (docs/guide/incident-format.md):
/// - UCDP GED and Candidate, any column order, also the variants without relid and *_dset_id
///   columns. A Candidate file without header is known by 49 fields of the right kinds. where_prec,
///   date_prec and type_of_violence follow the UCDP GED codebook 23.1.
/// - Panj's own CSV.
class IncidentReader {
 public:
  enum class Row { incident, bad, end };

  virtual ~IncidentReader() = default;
  IncidentReader() = default;
  IncidentReader(const IncidentReader&) = delete;
  IncidentReader& operator=(const IncidentReader&) = delete;

  virtual Row next() = 0;
  /// Reused by next().
  virtual const Incident& incident() const = 0;
  virtual const BadRow& bad_row() const = 0;
  virtual std::uint64_t row() const = 0;   ///< 1-based; the header is not counted
  virtual std::uint64_t line() const = 0;  ///< on which the row starts
  virtual std::uint64_t bytes_read() const = 0;
  virtual Format format() const = 0;
};

/// Throws InvalidInput when the file is missing, empty, written in another way (separated by
/// semicolons, say: see foreign_layout()), or has unknown or missing columns (all of them named,
/// each with the nearest valid one).
std::unique_ptr<IncidentReader> open_incidents(const std::filesystem::path& path,
                                               const ReaderOptions& options = {});

/// The same on text in memory, which must outlive the reader. `name` stands in messages.
std::unique_ptr<IncidentReader> read_incidents(std::string_view text, std::string_view name,
                                               const ReaderOptions& options = {});

}  // namespace panj::event
