// SPDX-License-Identifier: Apache-2.0
#include "panj/event/panel.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "panj/core/contract.h"
#include "panj/core/file.h"
#include "panj/core/problem.h"

namespace panj::event {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

/// Splits one line at its commas; a field in double quotes may hold commas and doubled quotes.
std::vector<std::string> split(std::string_view line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quoted && c == '"' && i + 1 < line.size() && line[i + 1] == '"') {
      fields.back() += line[++i];
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      fields.emplace_back();
    } else {
      fields.back() += c;
    }
  }
  return fields;
}

template <class Number>
std::optional<Number> parse(std::string_view text) {
  Number number{};
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return number;
}

/// Takes a file's lines one by one, without their ends.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (rest_.starts_with(kByteOrderMark)) rest_.remove_prefix(kByteOrderMark.size());
  }

  std::optional<std::string_view> next() {
    if (rest_.empty()) return std::nullopt;
    const std::size_t end = rest_.find('\n');
    std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    ++number_;
    return line;
  }

  std::size_t number() const { return number_; }

 private:
  std::string_view rest_;
  std::size_t number_ = 0;
};

/// Collects the rows of a long table, and everything that is wrong with them.
class PanelReader {
 public:
  PanelReader(std::string file, const PanelColumns& columns)
      : file_(std::move(file)), names_{"year", "month", columns.unit, columns.value} {}

  Panel read(std::string_view text) {
    Lines lines(text);
    if (!read_header(lines.next().value_or(""))) problems_.throw_if_any();
    while (const auto line = lines.next()) {
      if (!line->empty()) read_row(split(*line), lines.number());
    }
    if (rows_.empty() && problems_.empty()) {
      problems_.add({.file = file_, .what = "has no rows", .why = "a panel needs at least one"});
    }
    problems_.throw_if_any();
    return build();
  }

 private:
  enum Column { year, month, unit, value };
  struct Row {
    std::size_t unit;
    Month month;
    double value;
    std::size_t line;
  };

  bool read_header(std::string_view line) {
    const std::vector<std::string> header = split(line);
    width_ = header.size();
    for (std::size_t i = 0; i < names_.size(); ++i) {
      const auto found = std::ranges::find(header, names_[i]);
      position_[i] = static_cast<std::size_t>(found - header.begin());
      if (found == header.end()) {
        problems_.add({.file = file_,
                       .line = 1,
                       .field = names_[i],
                       .what = "column is missing",
                       .why = fmt::format("a panel needs {}, {}, {} and {}", names_[0], names_[1],
                                          names_[2], names_[3]),
                       .suggestion = suggest_name(names_[i], header)});
      }
    }
    return problems_.empty();
  }

  void read_row(const std::vector<std::string>& fields, std::size_t line) {
    if (fields.size() != width_) {
      problems_.add({.file = file_,
                     .line = line,
                     .what = fmt::format("has {} fields", fields.size()),
                     .why = fmt::format("the header has {}", width_)});
      return;
    }
    const auto text = [&](Column column) -> const std::string& {
      return fields[position_[column]];
    };
    const auto refuse = [&](Column column, const char* why) {
      problems_.add({.file = file_,
                     .line = line,
                     .field = names_[column],
                     .what = fmt::format("is '{}'", text(column)),
                     .why = why});
    };
    const std::size_t problems_before = problems_.size();
    const auto y = parse<int>(text(year));
    if (!y || *y < 1800 || *y > 2200) refuse(year, "must be a year from 1800 to 2200");
    const auto m = parse<unsigned>(text(month));
    if (!m || *m < 1 || *m > 12) refuse(month, "must be a month from 1 to 12");
    if (text(unit).empty()) refuse(unit, "must name a unit");
    const auto v = text(value).empty() ? kUnknown : parse<double>(text(value));
    const bool is_count = v && (text(value).empty() || (std::isfinite(*v) && *v >= 0));
    if (!is_count) refuse(value, "must be a number of at least 0, or empty where unknown");
    if (problems_.size() > problems_before) return;
    const auto [known, is_new] = unit_index_.try_emplace(text(unit), units_.size());
    if (is_new) units_.push_back(text(unit));
    rows_.push_back({known->second, Month(*y, *m), *v, line});
  }

  Panel build() {
    const auto [first, last] = std::ranges::minmax_element(rows_, {}, &Row::month);
    const Month begin = first->month;
    const auto months = static_cast<std::size_t>(last->month - begin) + 1;
    Panel panel(units_, begin, months);
    std::vector<std::size_t> line_of(units_.size() * months, 0);
    for (const Row& row : rows_) {
      std::size_t& line = line_of[row.unit * months + static_cast<std::size_t>(row.month - begin)];
      if (line != 0) {
        problems_.add(
            {.file = file_,
             .line = row.line,
             .what = fmt::format("gives {} {} again", units_[row.unit], to_string(row.month)),
             .why = fmt::format("line {} has it already", line),
             .suggestion = "keep one row for a unit and month"});
      }
      line = row.line;
      panel.at(UnitId(static_cast<std::uint32_t>(row.unit)), row.month) = row.value;
    }
    problems_.throw_if_any();
    return panel;
  }

  std::string file_;
  std::array<std::string, 4> names_;
  std::array<std::size_t, 4> position_{};
  std::size_t width_ = 0;
  Problems problems_;
  std::vector<std::string> units_;
  std::unordered_map<std::string, std::size_t> unit_index_;
  std::vector<Row> rows_;
};

std::string quoted(const std::string& field) {
  if (field.find_first_of(",\"\n") == std::string::npos) return field;
  std::string out = "\"";
  for (const char c : field) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + '"';
}

}  // namespace

Panel::Panel(std::vector<std::string> units, Month first, std::size_t months)
    : units_(std::move(units)),
      first_(first),
      months_(months),
      values_(units_.size() * months, kUnknown) {}

std::optional<UnitId> Panel::find(std::string_view unit) const {
  const auto found = std::ranges::find(units_, unit);
  if (found == units_.end()) return std::nullopt;
  return UnitId(static_cast<std::uint32_t>(found - units_.begin()));
}

std::span<const double> Panel::series(UnitId unit) const {
  PANJ_EXPECT(unit.value < units_.size());
  return std::span(values_).subspan(unit.value * months_, months_);
}

std::span<double> Panel::series(UnitId unit) {
  PANJ_EXPECT(unit.value < units_.size());
  return std::span(values_).subspan(unit.value * months_, months_);
}

double Panel::at(UnitId unit, Month month) const {
  PANJ_EXPECT(month >= first() && month <= last());
  return series(unit)[static_cast<std::size_t>(month - first_)];
}

double& Panel::at(UnitId unit, Month month) {
  PANJ_EXPECT(month >= first() && month <= last());
  return series(unit)[static_cast<std::size_t>(month - first_)];
}

Panel read_panel(const std::filesystem::path& path, const PanelColumns& columns) {
  return PanelReader(path.string(), columns).read(read_file(path));
}

std::string to_csv(const Panel& panel, const PanelColumns& columns) {
  std::string out = fmt::format("year,month,{},{}\n", quoted(columns.unit), quoted(columns.value));
  for (std::size_t i = 0; i < panel.units().size(); ++i) {
    const auto series = panel.series(UnitId(static_cast<std::uint32_t>(i)));
    for (std::size_t t = 0; t < series.size(); ++t) {
      if (std::isnan(series[t])) continue;
      const Month month = panel.first() + static_cast<int>(t);
      out += fmt::format("{},{},{},{}\n", month.year(), month.month(), quoted(panel.units()[i]),
                         series[t]);
    }
  }
  return out;
}

}  // namespace panj::event
