// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/case_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "panj/core/csv.h"
#include "panj/core/number.h"
#include "panj/core/problem.h"
#include "panj/core/text.h"

namespace panj::explore {
namespace {

constexpr std::size_t kMostCategories = 64;

/// Bytes of a faulty value that a message shows.
constexpr std::size_t kMostOfAValue = 40;

class CaseTableReader {
 public:
  CaseTableReader(const std::filesystem::path& path, std::span<const std::string> only)
      : path_(path.string()), csv_(path), only_(only) {}

  CaseTable read() {
    if (csv_.next())
      read_header();
    else
      add("", "is empty", "a header of names and one row a case");
    problems_.throw_if_any();
    while (csv_.next()) read_row();
    if (problems_.empty() && lines_.empty()) add("", "has no rows", "one row a case");
    CaseTable table;
    for (std::size_t c = 0; c < names_.size(); ++c) {
      if (is_wanted(names_[c])) table.columns.push_back(column(c));
    }
    problems_.throw_if_any();
    table.lines = std::move(lines_);
    return table;
  }

 private:
  bool is_wanted(const std::string& name) const {
    return only_.empty() || std::ranges::find(only_, name) != only_.end();
  }

  void read_header() {
    std::set<std::string> seen;
    for (std::size_t i = 0; i < csv_.size(); ++i) {
      names_.emplace_back(trimmed(csv_.field(i)));
      if (!seen.insert(names_.back()).second) add(names_.back(), "is given twice", "");
    }
    for (const std::string& name : only_) {
      if (!seen.contains(name)) {
        add(name, "is not a column of the table", "", suggest_name(name, names_));
      }
    }
    texts_.resize(names_.size());
  }

  void read_row() {
    if (csv_.fault() != CsvFault::none) return add("", std::string(describe(csv_.fault())), "");
    if (csv_.size() != names_.size()) {
      return add("", fmt::format("has {} values", csv_.size()),
                 fmt::format("the header has {} names", names_.size()));
    }
    lines_.push_back(static_cast<std::size_t>(csv_.line()));
    for (std::size_t i = 0; i < csv_.size(); ++i) {
      if (!is_wanted(names_[i])) continue;
      const std::string_view text = trimmed(csv_.field(i));
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
    std::vector<std::size_t> others;
    bool whole = true;
    for (std::size_t row = 0; row < texts_[index].size(); ++row) {
      const std::string& text = texts_[index][row];
      const auto value = parse_number<double>(text);
      if (!value && !text.empty()) others.push_back(row);
      whole = whole && value && std::trunc(*value) == *value &&
              text.find_first_of(".eE") == std::string::npos;
      input.values.push_back(value.value_or(0.0));
    }
    if (2 * others.size() >= texts_[index].size()) return category(index);
    for (const std::size_t row : others) {
      add_at(lines_[row], names_[index],
             fmt::format("is '{}'", printable(texts_[index][row], kMostOfAValue)),
             "most values of this column are numbers");
    }
    input.kind = whole ? InputKind::integer : InputKind::real;
    return input;
  }

  PrimInput category(std::size_t index) const {
    PrimInput input{.name = names_[index], .kind = InputKind::category, .values = {}};
    const std::set<std::string> names(texts_[index].begin(), texts_[index].end());
    input.categories.assign(names.begin(), names.end());
    for (const std::string& text : texts_[index]) {
      const auto at = std::ranges::lower_bound(input.categories, text);
      input.values.push_back(static_cast<double>(at - input.categories.begin()));
    }
    return input;
  }

  void add(const std::string& field, std::string what, std::string why,
           std::string suggestion = "") {
    add_at(static_cast<std::size_t>(csv_.line()), field, std::move(what), std::move(why),
           std::move(suggestion));
  }

  void add_at(std::size_t line, const std::string& field, std::string what, std::string why,
              std::string suggestion = "") {
    problems_.add({.file = path_,
                   .line = line,
                   .field = field,
                   .what = std::move(what),
                   .why = std::move(why),
                   .suggestion = std::move(suggestion)});
  }

  std::string path_;
  CsvReader csv_;
  std::span<const std::string> only_;
  std::vector<std::string> names_;
  std::vector<std::size_t> lines_;
  std::vector<std::vector<std::string>> texts_;
  Problems problems_;
};

/// Two texts that say false and true, in this order.
bool is_truth(const PrimInput& column) {
  static const std::vector<std::vector<std::string>> truths{
      {"False", "True"}, {"false", "true"}, {"FALSE", "TRUE"}};
  return std::ranges::find(truths, column.categories) != truths.end();
}

std::string too_many_texts(const PrimInput& column) {
  return fmt::format("has {} different texts, more than {}", column.categories.size(),
                     kMostCategories);
}

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
  if (column.categories.size() > kMostCategories) return too_many_texts(column);
  if (tells_apart(column, of_interest)) return "tells the cases of interest apart all alone";
  return "";
}

/// A column that the user names as an input.
const PrimInput& named_input(const CaseTable& table, const std::string& name,
                             std::string_view outcome) {
  if (name == outcome) throw InvalidInput({.field = name, .what = "is both outcome and input"});
  const PrimInput& column = table.find(name);
  if (column.categories.size() > kMostCategories) {
    throw InvalidInput({.field = name, .what = too_many_texts(column)});
  }
  return column;
}

}  // namespace

const PrimInput& CaseTable::find(std::string_view name) const {
  const auto found = std::ranges::find(columns, name, &PrimInput::name);
  if (found != columns.end()) return *found;
  throw InvalidInput({.field = std::string(name),
                      .what = "is not a column of the table",
                      .suggestion = suggest_name(name, names_of(*this))});
}

CaseTable read_case_table(const std::filesystem::path& path, std::span<const std::string> only) {
  return CaseTableReader(path, only).read();
}

std::vector<bool> cases_of_interest(const CaseTable& table, std::string_view outcome, Side side,
                                    double threshold) {
  const PrimInput& column = table.find(outcome);
  if (column.kind == InputKind::category && !is_truth(column)) {
    throw InvalidInput(
        {.field = column.name,
         .what = fmt::format("holds '{}'", printable(column.categories.front(), kMostOfAValue)),
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
  for (const std::string& name : names) choice.inputs.push_back(named_input(table, name, outcome));
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (std::ranges::count(names.first(i), names[i]) == 0) continue;
    throw InvalidInput({.field = names[i], .what = "is given twice among the inputs"});
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
    std::vector<std::string> reasons;
    for (const auto& left : choice.left_out) {
      reasons.push_back(fmt::format("'{}': {}", left.name, left.reason));
    }
    throw InvalidInput({.field = "inputs",
                        .what = "no column can be an input",
                        .why = fmt::format("{}", fmt::join(reasons, "; ")),
                        .suggestion = "name the inputs with --inputs"});
  }
  return choice;
}

}  // namespace panj::explore
