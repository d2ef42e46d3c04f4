// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>

#include "panj/core/csv.h"
#include "panj/core/log.h"
#include "panj/core/number.h"
#include "panj/core/problem.h"
#include "panj/core/text.h"
#include "panj/event/panel.h"

namespace panj::event {
namespace {

constexpr std::size_t kShownOfField = 60;
/// More than there are people: a slip of the pen, whose squares no longer fit into a number.
constexpr double kLargestValue = 1e10;
/// 800 MB; the land cells of PRIO-GRID over 60 years have half as many.
constexpr std::size_t kMostValues = 100'000'000;

/// Known in the same way: both unknown, or the same number.
bool same(double a, double b) {
  return a == b || (std::isnan(a) && std::isnan(b));
}

/// Collects the rows of a long table, and everything that is wrong with them.
class PanelReader {
 public:
  PanelReader(CsvReader csv, std::string file, const PanelColumns& columns)
      : csv_(std::move(csv)),
        file_(std::move(file)),
        names_{"year", "month", columns.unit, columns.value} {}

  Panel read() {
    read_header();
    problems_.throw_if_any();
    while (csv_.next()) {
      if (is_whole()) read_row();
    }
    if (rows_.empty() && problems_.empty()) {
      problems_.add({.file = file_, .what = "has no rows", .why = "a panel needs at least one"});
    }
    check_repeats();
    problems_.throw_if_any();
    return build();
  }

 private:
  enum Column { year, month, unit, value };
  struct Row {
    std::size_t unit;
    Month month;
    double value;
    std::uint64_t line;
  };

  void add(const char* field, std::string what, std::string why) {
    problems_.add({.file = file_,
                   .line = csv_.line(),
                   .field = field,
                   .what = std::move(what),
                   .why = std::move(why)});
  }

  void read_header() {
    std::vector<std::string> header;
    if (csv_.next()) {
      for (Problem& problem : foreign_layout(csv_.raw(), file_)) problems_.add(std::move(problem));
      if (!problems_.empty()) return;
      if (csv_.fault() != CsvFault::none) {
        return add("", "the column names cannot be read", std::string(describe(csv_.fault())));
      }
    }
    for (std::size_t i = 0; i < csv_.size(); ++i) header.emplace_back(csv_.field(i));
    width_ = header.size();
    const auto has = [&](std::string_view name) {
      return std::ranges::find(header, name) != header.end();
    };
    counts_months_ = has("month_id") && !(has("year") && has("month"));
    if (counts_months_) names_[year] = names_[month] = "month_id";
    for (std::size_t i = 0; i < names_.size(); ++i) {
      const auto found = std::ranges::find(header, names_[i]);
      position_[i] = static_cast<std::size_t>(found - header.begin());
      if (found != header.end()) continue;
      problems_.add({.file = file_,
                     .line = 1,
                     .field = names_[i],
                     .what = "column is missing",
                     .why = fmt::format("a panel needs {}, {}, {} and {}", names_[0], names_[1],
                                        names_[2], names_[3]),
                     .suggestion = header.empty() ? "" : suggest_name(names_[i], header)});
    }
  }

  /// Whether the record can be looked into at all.
  bool is_whole() {
    if (csv_.fault() != CsvFault::none) {
      add("", "cannot be read", std::string(describe(csv_.fault())));
    } else if (csv_.size() != width_) {
      add("", fmt::format("has {} fields", csv_.size()), fmt::format("the header has {}", width_));
    } else if (!csv_.is_ascii() && find_invalid_utf8(csv_.raw())) {
      add("", fmt::format("reads '{}'", printable(csv_.raw(), kShownOfField)),
          "the text must be UTF-8; is the file Latin-1?");
    } else {
      return true;
    }
    return false;
  }

  std::string_view text(Column column) { return csv_.field(position_[column]); }

  void refuse(Column column, std::string why) {
    add(names_[column].c_str(), fmt::format("is '{}'", printable(text(column), kShownOfField)),
        std::move(why));
  }

  void read_row() {
    const std::size_t problems_before = problems_.size();
    const Month when = counts_months_ ? read_month_id() : read_year_and_month();
    if (text(unit).empty()) refuse(unit, "must name a unit");
    const auto v = text(value).empty() ? kUnknown : parse_number<double>(text(value));
    const bool is_count = v && (text(value).empty() || (std::isfinite(*v) && *v >= 0));
    if (!is_count) {
      refuse(value, "must be a number of at least 0, or empty where unknown");
    } else if (*v > kLargestValue) {
      refuse(value, fmt::format("must be at most {:.0f}", kLargestValue));
    }
    if (problems_.size() > problems_before) return;
    const auto [known, is_new] = unit_index_.try_emplace(std::string(text(unit)), units_.size());
    if (is_new) units_.emplace_back(text(unit));
    rows_.push_back({known->second, when, *v, csv_.line()});
  }

  Month read_year_and_month() {
    const auto y = parse_number<int>(text(year));
    const bool is_year = y && is_plausible_year(*y);
    if (!is_year) refuse(year, plausible_years());
    const auto m = parse_number<unsigned>(text(month));
    const bool is_month = m && *m >= 1 && *m <= 12;
    if (!is_month) refuse(month, "must be a month from 1 to 12");
    return is_year && is_month ? Month(*y, *m) : Month{};
  }

  Month read_month_id() {
    const auto id = parse_number<int>(text(month));
    if (!id) {
      refuse(month, "must be a month's number, where 1 is January 1980");
    } else if (*id < Month(kFirstYear, 1).id() || *id > Month(kLastYear, 12).id()) {
      refuse(month, "1 is January 1980, and " + plausible_years());
    } else {
      return Month::from_id(*id);
    }
    return {};
  }

  /// Rows that say again what is known are dropped with a warning; rows that say otherwise are
  /// problems.
  void check_repeats() {
    const auto place = [](const Row& row) { return std::pair(row.unit, row.month); };
    std::ranges::stable_sort(rows_, {}, place);
    std::size_t repeats = 0;
    const Row* first = nullptr;
    for (const Row& row : rows_) {
      if (first == nullptr || place(*first) != place(row)) {
        first = &row;
      } else if (same(first->value, row.value)) {
        ++repeats;
      } else {
        problems_.add({.file = file_,
                       .line = row.line,
                       .what = fmt::format("gives {} {} again, with another value",
                                           units_[row.unit], to_string(row.month)),
                       .why = fmt::format("line {} has it already", first->line),
                       .suggestion = "keep one row for a unit and month"});
      }
    }
    if (repeats > 0) {
      spdlog::warn("{}: {} again what an earlier row says; left out", file_,
                   counted(repeats, "row says", "rows say"));
    }
  }

  Panel build() {
    const auto [first, last] = std::ranges::minmax_element(rows_, {}, &Row::month);
    const auto months = static_cast<std::size_t>(last->month - first->month) + 1;
    if (months > kMostValues / units_.size()) {
      throw InvalidInput({.file = file_,
                          .what = fmt::format("has {} units over {} months", units_.size(), months),
                          .why = fmt::format("a panel holds {} values at most", kMostValues),
                          .suggestion = "split it, or see whether a year is mistyped"});
    }
    Panel panel(units_, first->month, months);
    for (const Row& row : rows_) {
      panel.at(UnitId(static_cast<std::uint32_t>(row.unit)), row.month) = row.value;
    }
    return panel;
  }

  CsvReader csv_;
  std::string file_;
  std::array<std::string, 4> names_;
  std::array<std::size_t, 4> position_{};
  std::size_t width_ = 0;
  bool counts_months_ = false;  ///< VIEWS's month_id stands for year and month
  Problems problems_;
  std::vector<std::string> units_;
  std::unordered_map<std::string, std::size_t> unit_index_;
  std::vector<Row> rows_;
};

}  // namespace

Panel read_panel(const std::filesystem::path& path, const PanelColumns& columns) {
  return PanelReader(CsvReader(path), path.string(), columns).read();
}

Panel parse_panel(std::string_view text, const std::string& file, const PanelColumns& columns) {
  return PanelReader(CsvReader::from_text(text), file, columns).read();
}

}  // namespace panj::event
