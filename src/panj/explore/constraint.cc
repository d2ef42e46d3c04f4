// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/constraint.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <sstream>

#include "panj/core/number.h"
#include "panj/core/problem.h"

namespace panj::explore {
namespace {

/// Adds terms to the constraint, those right of "<=" with the sign turned.
class TermReader {
 public:
  TermReader(std::string_view text, std::span<const std::string> names)
      : text_(text), names_(names) {
    constraint_.coefficients.assign(names.size(), 0.0);
  }

  Constraint read() {
    std::istringstream words{std::string(text_)};
    std::string word;
    while (words >> word) take(word);
    if (side_ > 0) fail("has no '<='");
    if (word == "<=" || word == "+" || word == "*") fail("ends too early");
    flush();
    return constraint_;
  }

 private:
  void take(const std::string& word) {
    if (word == "<=") {
      if (side_ < 0) fail("has two '<='");
      flush();
      side_ = -1;
    } else if (word == "+") {
      flush();
    } else if (word == "*") {
      if (!factor_) fail("has '*' without a number before it");
    } else if (const auto value = parse_number<double>(word)) {
      factor_ = factor_.value_or(1.0) * *value;
    } else {
      add_name(word);
    }
  }

  void add_name(const std::string& word) {
    const auto found = std::ranges::find(names_, word);
    if (found == names_.end()) {
      throw InvalidInput({.field = "constraint",
                          .what = fmt::format("'{}' in '{}' is not a dimension", word, text_),
                          .suggestion = suggest_name(word, names_)});
    }
    const auto column = static_cast<std::size_t>(found - names_.begin());
    constraint_.coefficients[column] += side_ * factor_.value_or(1.0);
    factor_.reset();
  }

  void flush() {
    if (factor_) constraint_.bound -= side_ * *factor_;
    factor_.reset();
  }

  [[noreturn]] void fail(const char* what) const {
    throw InvalidInput({.field = "constraint",
                        .what = fmt::format("'{}' {}", text_, what),
                        .why = "the form is '2 * a + b <= c + 0.5', with spaces"});
  }

  std::string_view text_;
  std::span<const std::string> names_;
  Constraint constraint_;
  double side_ = 1;
  std::optional<double> factor_;
};

}  // namespace

bool Constraint::holds(std::span<const double> point) const {
  double sum = 0;
  for (std::size_t i = 0; i < coefficients.size(); ++i) sum += coefficients[i] * point[i];
  return sum <= bound;
}

Constraint parse_constraint(std::string_view text, std::span<const std::string> names) {
  return TermReader(text, names).read();
}

}  // namespace panj::explore
