// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "panj/core/problem.h"

namespace panj {

struct CsvOptions {
  /// A longer record is reported as bad and skipped, so that memory stays constant.
  std::size_t max_record_bytes = std::size_t{4} << 20;
};

/// What can be wrong with a record before its fields are looked at.
enum class CsvFault { none, too_long, nul_byte, stray_quote, unclosed_quote };

/// "a quote opens that is never closed", for messages.
std::string_view describe(CsvFault fault);

/// A field as it must stand in a file: in quotes when it holds a comma, a quote or a line end.
std::string csv_quoted(std::string_view field);

/// What a first record (`CsvReader::raw()`) shows to be written in another way than CsvReader
/// reads: a compressed file, columns separated by semicolons, tabs or bars, lines that end in CR
/// alone, UTF-16. One problem for each, about line 1 of `file`; none for what it reads.
std::vector<Problem> foreign_layout(std::string_view first_record, const std::string& file);

/// Reads comma-separated records one by one in constant memory, at several hundred MB/s.
///
/// Follows RFC 4180: fields in quotes may hold commas, line ends and doubled quotes. Also takes
/// CRLF, a byte-order mark, and a last line without a line end; empty lines are skipped.
///
///     CsvReader csv(path);
///     while (csv.next()) {
///       if (csv.fault() != CsvFault::none) continue;  // one bad record, the next may be good
///       use(csv.field(0), csv.line());
///     }
///
/// A quote that does not fit (inside an unquoted field, after a closing quote, or never closed)
/// makes only the line on which the record starts bad; reading goes on at the next line. So a slip
/// of the pen does not swallow the good rows after it.
///
/// Views stay valid until the next call of next(). Encoding is not judged here (see text.h).
class CsvReader {
 public:
  /// Throws InvalidInput when the file is missing, unreadable or a folder.
  explicit CsvReader(const std::filesystem::path& path, CsvOptions options = {});
  static CsvReader from_text(std::string_view text, CsvOptions options = {});

  /// Goes to the next record. False at the end of the file.
  bool next();

  CsvFault fault() const { return fault_; }
  /// 0 when the record is bad.
  std::size_t size() const { return fields_.size(); }
  /// Without enclosing quotes, doubled quotes made single.
  std::string_view field(std::size_t index);
  /// The record as it stands in the file, without the line end; of a bad record at most
  /// `max_record_bytes`.
  std::string_view raw() const { return {begin(), record_bytes_}; }
  /// Whether all bytes of the record are below 128.
  bool is_ascii() const { return high_bits_ == 0; }
  std::uint64_t row() const { return row_; }    ///< 1-based count of records
  std::uint64_t line() const { return line_; }  ///< 1-based line on which the record starts
  std::uint64_t bytes_read() const { return bytes_read_; }

 private:
  using Read = std::function<std::size_t(char*, std::size_t)>;
  enum class Text : std::uint8_t { verbatim, escaped, in_scratch };
  struct Field {
    std::uint32_t begin;  ///< from the record's start, or in scratch_; enclosing quotes left out
    std::uint32_t size;
    Text text;
  };
  /// Where a field ends and how many quotes the record had up to there.
  struct Mark {
    std::uint32_t end;
    std::uint32_t quotes;
  };

  CsvReader(Read read, CsvOptions options);
  const char* begin() const { return buffer_.data() + record_; }
  void skip_byte_order_mark();
  void start_record();
  bool load_block();
  std::size_t read_on(std::size_t keep);
  bool refill();
  bool scan_to_record_end();
  void take_rest();
  void close_record(std::size_t end);
  CsvFault split_into_fields();
  bool strip_quotes(Field& field, std::uint32_t quotes) const;
  void unescape(Field& field);
  void resume_after_first_line();
  void skip_to_line_end();

  Read read_;
  CsvOptions options_;
  std::string buffer_;
  std::size_t chunk_ = 0;   ///< how much is read at a time; grows, so that small inputs stay cheap
  std::size_t filled_ = 0;  ///< bytes of buffer_ in use
  std::size_t record_ = 0;  ///< where the current record starts
  std::size_t block_ = 0;   ///< where the current 64-byte block starts
  std::size_t next_block_ = 0;
  bool at_end_ = false;  ///< the input has no more bytes

  // Of the current block, bits not yet consumed.
  std::uint64_t structural_ = 0;
  std::uint64_t newlines_ = 0;
  std::uint64_t quotes_ = 0;
  std::uint64_t all_newlines_ = 0;
  std::uint64_t nuls_ = 0;
  std::uint64_t highs_ = 0;
  std::uint64_t inside_ = 0;  ///< all ones when the block ended within quotes

  // Of the current record.
  std::vector<Mark> marks_;
  std::vector<Field> fields_;
  std::string scratch_;
  std::size_t record_bytes_ = 0;
  std::uint32_t record_quotes_ = 0;
  std::uint64_t record_nuls_ = 0;
  std::uint64_t high_bits_ = 0;
  std::uint64_t lines_in_record_ = 0;
  std::size_t resume_ = 0;  ///< where the next record starts
  CsvFault fault_ = CsvFault::none;
  std::uint64_t row_ = 0;
  std::uint64_t line_ = 1;
  std::uint64_t next_line_ = 1;
  std::uint64_t bytes_read_ = 0;
};

}  // namespace panj
