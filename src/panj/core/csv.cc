// SPDX-License-Identifier: Apache-2.0
#include "panj/core/csv.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <system_error>

#include "panj/core/contract.h"
#include "panj/core/detail/csv_block.h"
#include "panj/core/problem.h"

namespace panj {
namespace {

constexpr std::size_t kBlock = 64;
constexpr std::size_t kFirstChunk = std::size_t{4} << 10;
constexpr std::size_t kLargestChunk = std::size_t{256} << 10;

/// The lowest `count` bits.
std::uint64_t low_bits(std::size_t count) {
  return count >= kBlock ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
}

/// Mostly there are none; where there is no instruction for it, counting is a call.
std::uint32_t count_bits(std::uint64_t bits) {
  return bits == 0 ? 0 : static_cast<std::uint32_t>(std::popcount(bits));
}

/// Where a CR stands outside of quotes with text after it; npos when nowhere.
std::size_t lone_carriage_return(std::string_view record) {
  bool quoted = false;
  for (std::size_t at = 0; at + 1 < record.size(); ++at) {
    if (record[at] == '"') quoted = !quoted;
    if (record[at] == '\r' && !quoted && record[at + 1] != '\r') return at;
  }
  return std::string_view::npos;
}

/// Whether it begins as gzip, zip, bzip2, xz or Zstandard does: "PK" alone may begin a name.
bool is_compressed(std::string_view beginning) {
  using namespace std::string_view_literals;
  return std::ranges::any_of(std::array{"\x1F\x8B"sv, "PK\x03\x04"sv, "PK\x05\x06"sv, "BZh91AY"sv,
                                        "\xFD\x37zXZ"sv, "\x28\xB5\x2F\xFD"sv},
                             [&](std::string_view magic) { return beginning.starts_with(magic); });
}

std::shared_ptr<std::FILE> open_file(const std::filesystem::path& path) {
  if (std::filesystem::is_directory(path)) {
    throw InvalidInput({.file = path.string(), .what = "is a folder", .why = "a file is needed"});
  }
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) {
    throw InvalidInput({.file = path.string(),
                        .what = "cannot be read",
                        .why = std::generic_category().message(errno),
                        .suggestion = "check the path"});
  }
  std::setvbuf(file, nullptr, _IONBF, 0);
  return {file, [](std::FILE* f) { std::fclose(f); }};
}

}  // namespace

std::string_view describe(CsvFault fault) {
  switch (fault) {
    case CsvFault::none:
      return "nothing is wrong";
    case CsvFault::too_long:
      return "the row is longer than any row may be";
    case CsvFault::nul_byte:
      return "the row holds a NUL byte";
    case CsvFault::stray_quote:
      return "a quote stands inside an unquoted field or after a closing quote";
    case CsvFault::unclosed_quote:
      return "a quote opens that is never closed";
  }
  return {};
}

std::vector<Problem> foreign_layout(std::string_view first_record, const std::string& file) {
  std::vector<Problem> problems;
  const auto add = [&](std::string what, std::string why, std::string suggestion) {
    problems.push_back({.file = file,
                        .line = 1,
                        .what = std::move(what),
                        .why = std::move(why),
                        .suggestion = std::move(suggestion)});
  };
  if (is_compressed(first_record)) {
    problems.push_back({.file = file,
                        .what = "is compressed",
                        .why = "must be text, one record a line",
                        .suggestion = "unpack it first"});
    return problems;
  }
  if (first_record.starts_with("\xFF\xFE") || first_record.starts_with("\xFE\xFF")) {
    add("the text is UTF-16", "must be UTF-8", "save it as CSV in UTF-8");
    return problems;
  }
  const std::size_t line_end = lone_carriage_return(first_record);
  if (line_end != std::string_view::npos) {
    add("the lines end in CR alone", "must end in LF or CRLF",
        "save it with line ends of Unix or Windows");
  }
  const std::string_view names = first_record.substr(0, line_end);
  if (names.find(',') != std::string_view::npos) return problems;
  for (const auto& [separator, name] :
       {std::pair{';', "semicolons"}, std::pair{'\t', "tabs"}, std::pair{'|', "bars"}}) {
    if (names.find(separator) == std::string_view::npos) continue;
    add(std::string("the columns are separated by ") + name, "must be separated by commas",
        "save it as CSV with commas");
    break;
  }
  return problems;
}

std::string csv_quoted(std::string_view field) {
  if (field.find_first_of(",\"\n\r") == std::string_view::npos) return std::string(field);
  std::string out = "\"";
  for (const char c : field) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

CsvReader::CsvReader(const std::filesystem::path& path, CsvOptions options)
    : CsvReader(
          [file = open_file(path), name = path.string()](char* to, std::size_t size) {
            const std::size_t got = std::fread(to, 1, size, file.get());
            if (got < size && std::ferror(file.get()) != 0) {
              throw std::runtime_error(name + ": reading failed");
            }
            return got;
          },
          options) {}

CsvReader CsvReader::from_text(std::string_view text, CsvOptions options) {
  return {[text](char* to, std::size_t size) mutable {
            const std::size_t count = std::min(size, text.size());
            if (count > 0) std::memcpy(to, text.data(), count);
            text.remove_prefix(count);
            return count;
          },
          options};
}

CsvReader::CsvReader(Read read, CsvOptions options) : read_(std::move(read)), options_(options) {
  PANJ_EXPECT(options_.max_record_bytes > 0 && options_.max_record_bytes <= (std::size_t{1} << 31));
  chunk_ = kFirstChunk;
  skip_byte_order_mark();
}

void CsvReader::skip_byte_order_mark() {
  refill();
  if (std::string_view(buffer_.data(), filled_).starts_with("\xEF\xBB\xBF")) {
    resume_ = next_block_ = 3;
  }
}

/// Reads a chunk to where the buffer is kept up to; what follows there is given up.
std::size_t CsvReader::read_on(std::size_t keep) {
  if (buffer_.size() < keep + chunk_ + kBlock) buffer_.resize(keep + chunk_ + kBlock);
  const std::size_t got = read_(buffer_.data() + keep, chunk_);
  filled_ = keep + got;
  bytes_read_ += got;
  at_end_ = got < chunk_;
  return got;
}

/// Makes room by dropping what lies before the record, and reads on. False at the input's end.
bool CsvReader::refill() {
  if (at_end_) return false;
  std::memmove(buffer_.data(), buffer_.data() + record_, filled_ - record_);
  filled_ -= record_;
  next_block_ -= record_;
  resume_ -= std::min(resume_, record_);
  record_ = 0;
  const std::size_t got = read_on(filled_);
  chunk_ = std::min(2 * chunk_, kLargestChunk);
  return got > 0;
}

/// Classifies the next 64 bytes, fewer only at the input's end. False when there are none.
bool CsvReader::load_block() {
  while (filled_ - next_block_ < kBlock && refill()) {
  }
  const std::size_t size = std::min(kBlock, filled_ - next_block_);
  if (size == 0) return false;
  block_ = next_block_;
  next_block_ = block_ + size;
  const detail::CsvBlock found = detail::classify(buffer_.data() + block_);
  const std::uint64_t valid = low_bits(size);
  quotes_ = found.quotes & valid;
  all_newlines_ = found.newlines & valid;
  nuls_ = found.nuls & valid;
  highs_ = found.highs & valid;
  const std::uint64_t inside = detail::prefix_xor(quotes_) ^ inside_;
  inside_ = (inside >> 63) != 0 ? ~std::uint64_t{0} : 0;
  newlines_ = all_newlines_ & ~inside;
  structural_ = (found.commas & valid & ~inside) | newlines_;
  return true;
}

void CsvReader::start_record() {
  record_ = resume_;
  line_ = next_line_;
  marks_.clear();
  fields_.clear();
  scratch_.clear();
  record_bytes_ = 0;
  record_quotes_ = 0;
  record_nuls_ = 0;
  high_bits_ = 0;
  lines_in_record_ = 0;
  fault_ = CsvFault::none;
}

bool CsvReader::next() {
  do {
    start_record();
    if (!scan_to_record_end()) return false;
  } while (record_bytes_ == 0 && fault_ == CsvFault::none);
  ++row_;
  return true;
}

/// Consumes structural bits up to the line end that closes the record.
bool CsvReader::scan_to_record_end() {
  for (;;) {
    while (structural_ != 0) {
      const std::uint64_t bit = structural_ & -structural_;
      structural_ ^= bit;
      const std::uint64_t before = bit - 1;
      const std::size_t at = block_ + static_cast<std::size_t>(std::countr_zero(bit));
      const std::uint32_t quotes = record_quotes_ + count_bits(quotes_ & before);
      marks_.push_back({static_cast<std::uint32_t>(at - record_), quotes});
      if ((newlines_ & bit) != 0) {
        record_nuls_ |= nuls_ & before;
        high_bits_ |= highs_ & before;
        const std::uint64_t up_to = before | bit;
        lines_in_record_ += count_bits(all_newlines_ & up_to);
        quotes_ &= ~up_to;
        nuls_ &= ~up_to;
        highs_ &= ~up_to;
        all_newlines_ &= ~up_to;
        close_record(at);
        return true;
      }
    }
    take_rest();
    if (next_block_ > record_ && next_block_ - record_ > options_.max_record_bytes) {
      fault_ = CsvFault::too_long;
      resume_after_first_line();
      return true;
    }
    if (!load_block()) break;
  }
  if (filled_ == record_) return false;
  marks_.push_back({static_cast<std::uint32_t>(filled_ - record_), record_quotes_});
  close_record(filled_);
  return true;
}

/// The rest of the block belongs to the current record, which goes on.
void CsvReader::take_rest() {
  record_quotes_ += count_bits(quotes_);
  record_nuls_ |= nuls_;
  high_bits_ |= highs_;
  lines_in_record_ += count_bits(all_newlines_);
  quotes_ = nuls_ = highs_ = all_newlines_ = 0;
}

void CsvReader::close_record(std::size_t end) {
  const bool has_line_end = end < filled_;
  resume_ = end + (has_line_end ? 1 : 0);
  next_line_ = line_ + lines_in_record_;
  std::size_t content_end = end;
  if (content_end > record_ && buffer_[content_end - 1] == '\r') --content_end;
  record_bytes_ = content_end - record_;
  marks_.back().end = static_cast<std::uint32_t>(record_bytes_);
  if (record_bytes_ > options_.max_record_bytes) {
    fault_ = CsvFault::too_long;
  } else {
    fault_ = split_into_fields();
  }
  if (fault_ == CsvFault::none && record_nuls_ != 0) fault_ = CsvFault::nul_byte;
  if (fault_ == CsvFault::none) return;
  fields_.clear();
  if (fault_ != CsvFault::nul_byte) resume_after_first_line();
}

CsvFault CsvReader::split_into_fields() {
  if (marks_.back().quotes % 2 != 0) return CsvFault::unclosed_quote;
  fields_.resize(marks_.size());
  std::uint32_t from = 0;
  std::uint32_t quotes_before = 0;
  for (std::size_t i = 0; i < marks_.size(); ++i) {
    const auto [end, quotes] = marks_[i];
    fields_[i] = {from, end - from, Text::verbatim};
    if (quotes != quotes_before && !strip_quotes(fields_[i], quotes - quotes_before)) {
      return CsvFault::stray_quote;
    }
    from = end + 1;
    quotes_before = quotes;
  }
  return CsvFault::none;
}

/// False when a quote is where none may be.
bool CsvReader::strip_quotes(Field& field, std::uint32_t quotes) const {
  const std::string_view text(begin() + field.begin, field.size);
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return false;
  field = {field.begin + 1, field.size - 2, quotes == 2 ? Text::verbatim : Text::escaped};
  if (quotes == 2) return true;
  std::string_view inner = text.substr(1, text.size() - 2);
  for (auto at = inner.find('"'); at != std::string_view::npos; at = inner.find('"')) {
    if (at + 1 >= inner.size() || inner[at + 1] != '"') return false;
    inner.remove_prefix(at + 2);
  }
  return true;
}

std::string_view CsvReader::field(std::size_t index) {
  PANJ_EXPECT(index < fields_.size());
  Field& field = fields_[index];
  if (field.text == Text::escaped) unescape(field);
  const char* base = field.text == Text::in_scratch ? scratch_.data() : begin();
  return {base + field.begin, field.size};
}

void CsvReader::unescape(Field& field) {
  scratch_.reserve(record_bytes_);  // all fields fit: earlier views stay valid
  const std::size_t start = scratch_.size();
  std::string_view rest(begin() + field.begin, field.size);
  for (auto at = rest.find('"'); at != std::string_view::npos; at = rest.find('"')) {
    scratch_.append(rest.substr(0, at + 1));
    rest.remove_prefix(at + 2);
  }
  scratch_.append(rest);
  field = {static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(scratch_.size() - start),
           Text::in_scratch};
}

/// Only the bad record's first line is given up; the next one starts a new record.
void CsvReader::resume_after_first_line() {
  const std::string_view rest(begin(), filled_ - record_);
  const std::size_t line_end = rest.find('\n');
  structural_ = newlines_ = quotes_ = nuls_ = highs_ = all_newlines_ = 0;
  inside_ = 0;
  next_line_ = line_ + 1;
  record_bytes_ = std::min({rest.size(), line_end, options_.max_record_bytes});
  if (record_bytes_ == line_end && rest.substr(0, line_end).ends_with('\r')) --record_bytes_;
  if (line_end == std::string_view::npos) {
    skip_to_line_end();
  } else {
    resume_ = record_ + line_end + 1;
  }
  next_block_ = resume_;
}

/// Drops bytes until the line ends, keeping the record's beginning for raw().
void CsvReader::skip_to_line_end() {
  const std::size_t keep = record_ + record_bytes_;
  resume_ = filled_;
  while (!at_end_) {
    const std::size_t got = read_on(keep);
    const std::size_t line_end = std::string_view(buffer_.data() + keep, got).find('\n');
    resume_ = line_end == std::string_view::npos ? filled_ : keep + line_end + 1;
    if (line_end != std::string_view::npos) return;
  }
}

}  // namespace panj
