// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/case_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "panj/core/csv.h"
#include "panj/core/number.h"
#include "panj/core/problem.h"

namespace panj::explore {
namespace {

constexpr std::size_t kMostCategories = 64;

class CaseTableReader {
 public:
  explicit CaseTableReader(const std::filesystem::path& path) : path_(path.string()), csv_(path) {}

  CaseTable read() {
    if (csv_.next())
      read_header();
    else
      add("", "is empty", "a header of names and one row a case");
    problems_.throw_if_any();
    while (csv_.next()) read_row();
    if (problems_.empty() && texts_.front().empty()) add("", "has no rows", "one row a case");
    problems_.throw_if_any();
    CaseTable table;
    for (std::size_t c = 0; c < names_.size(); ++c) table.columns.push_back(column(c));
    problems_.throw_if_any();
    return table;
  }

 private:
  void read_header() {
    std::set<std::string> seen;
    for (std::size_t i = 0; i < csv_.size(); ++i) {
      names_.emplace_back(csv_.field(i));
      if (!seen.insert(names_.back()).second) add(names_.back(), "is given twice", "");
    }
    texts_.resize(names_.size());
  }

  void read_row() {
    if (csv_.fault() != CsvFault::none) return add("", std::string(describe(csv_.fault())), "");
    if (csv_.size() != names_.size()) {
      return add("", fmt::format("has {} values", csv_.size()),
                 fmt::format("the header has {} names", names_.size()));
    }
    for (std::size_t i = 0; i < csv_.size(); ++i) {
      const std::string_view text = csv_.field(i);
      const auto value = parse_number<double>(text);
      if (text.empty()) {
        add(names_[i], "is empty", "every case needs a value");
      } else if (value && !std::isfinite(*value)) {
        add(names_[i], fmt::format("is '{}'", text), "must be finite");
      }
      texts_[i].emplace_back(text);
    }
  }

  PrimInput column(std::size_t index) {
    PrimInput input{.name = names_[index], .values = {}};
    bool whole = true;
    for (const std::string& text : texts_[index]) {
      const auto value = parse_number<double>(text);
      if (!value) return category(index);
      whole =
          whole && std::trunc(*value) == *value && text.find_first_of(".eE") == std::string::npos;
      input.values.push_back(*value);
    }
    input.kind = whole ? InputKind::integer : InputKind::real;
    return input;
  }

  PrimInput category(std::size_t index) {
    PrimInput input{.name = names_[index], .kind = InputKind::category, .values = {}};
    const std::set<std::string> names(texts_[index].begin(), texts_[index].end());
    if (names.size() > kMostCategories) {
      add(names_[index], fmt::format("has {} different texts", names.size()),
          fmt::format("a category has at most {}", kMostCategories));
    }
    input.categories.assign(names.begin(), names.end());
    for (const std::string& text : texts_[index]) {
      input.values.push_back(static_cast<double>(std::distance(names.begin(), names.find(text))));
    }
    return input;
  }

  void add(const std::string& field, std::string what, std::string why) {
    problems_.add({.file = path_,
                   .line = static_cast<std::size_t>(csv_.line()),
                   .field = field,
                   .what = std::move(what),
                   .why = std::move(why)});
  }

  std::string path_;
  CsvReader csv_;
  std::vector<std::string> names_;
  std::vector<std::vector<std::string>> texts_;
  Problems problems_;
};

std::vector<std::string> names_of(const CaseTable& table) {
  std::vector<std::string> names;
  for (const PrimInput& column : table.columns) names.push_back(column.name);
  return names;
}

/// Whole numbers, each larger than the one before: the number of the record.
bool is_record_number(const PrimInput& column) {
  if (column.name.empty()) return true;
  if (column.kind != InputKind::integer || column.values.size() < 3) return false;
  return std::ranges::adjacent_find(column.values, std::ranges::greater_equal{}) ==
         column.values.end();
}

bool tells_apart(const PrimInput& column, const std::vector<bool>& of_interest) {
  if (column.kind == InputKind::category) return false;
  std::vector<double> there;
  std::vector<double> elsewhere;
  for (std::size_t i = 0; i < of_interest.size(); ++i) {
    (of_interest[i] ? there : elsewhere).push_back(column.values[i]);
  }
  return std::ranges::min(there) > std::ranges::max(elsewhere) ||
         std::ranges::max(there) < std::ranges::min(elsewhere);
}

/// Why a column is no input; nothing when it can be one.
std::string reason_against(const PrimInput& column, std::string_view outcome,
                           const std::vector<bool>& of_interest, bool after_record_number) {
  if (column.name == outcome) return "the outcome";
  if (is_record_number(column)) return "numbers the records";
  if (after_record_number) return "follows the record number, as results do";
  const auto [low, high] = std::ranges::minmax(column.values);
  if (low == high) return "has one value";
  if (tells_apart(column, of_interest)) return "tells the cases of interest apart all alone";
  return "";
}

}  // namespace

const PrimInput& CaseTable::find(std::string_view name) const {
  const auto found = std::ranges::find(columns, name, &PrimInput::name);
  if (found != columns.end()) return *found;
  throw InvalidInput({.field = std::string(name),
                      .what = "is not a column of the table",
                      .suggestion = suggest_name(name, names_of(*this))});
}

CaseTable read_case_table(const std::filesystem::path& path) {
  return CaseTableReader(path).read();
}

std::vector<bool> cases_of_interest(const CaseTable& table, std::string_view outcome, Side side,
                                    double threshold) {
  const PrimInput& column = table.find(outcome);
  if (column.kind == InputKind::category) {
    throw InvalidInput({.field = column.name,
                        .what = fmt::format("holds '{}'", column.categories.front()),
                        .why = "an outcome must be a number"});
  }
  std::vector<bool> of_interest;
  for (const double value : column.values) {
    of_interest.push_back(side == Side::above ? value > threshold : value < threshold);
  }
  const auto count = std::ranges::count(of_interest, true);
  if (count > 0 && static_cast<std::size_t>(count) < of_interest.size()) return of_interest;
  const auto [low, high] = std::ranges::minmax(column.values);
  throw InvalidInput(
      {.field = column.name,
       .what = fmt::format("lies {} {} in {} case", side == Side::above ? "above" : "below",
                           threshold, count == 0 ? "no" : "every"),
       .why = "there is nothing to tell apart",
       .suggestion = fmt::format("take a threshold between {} and {}", low, high)});
}

InputChoice choose_inputs(const CaseTable& table, std::string_view outcome,
                          const std::vector<bool>& of_interest,
                          std::span<const std::string> names) {
  InputChoice choice;
  for (const std::string& name : names) {
    if (name == outcome) {
      throw InvalidInput({.field = name, .what = "is both outcome and input"});
    }
    choice.inputs.push_back(table.find(name));
  }
  bool after_record_number = false;
  for (std::size_t c = 0; names.empty() && c < table.columns.size(); ++c) {
    const PrimInput& column = table.columns[c];
    std::string reason = reason_against(column, outcome, of_interest, after_record_number);
    after_record_number = after_record_number || (is_record_number(column) && c > 0);
    if (reason.empty())
      choice.inputs.push_back(column);
    else
      choice.left_out.push_back({column.name, std::move(reason)});
  }
  if (choice.inputs.empty()) {
    throw InvalidInput({.field = "inputs",
                        .what = "no column can be an input",
                        .suggestion = "name the inputs with --inputs"});
  }
  return choice;
}

}  // namespace panj::explore
