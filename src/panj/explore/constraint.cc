// SPDX-License-Identifier: Apache-2.0
#include "panj/explore/constraint.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
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
    if (!has_term_) fail("ends too early");
    flush();
    return constraint_;
  }

 private:
  void take(const std::string& word) {
    if (word == "<=" || word == "+" || word == "*") return take_operator(word);
    if (has_term_) fail("has two terms with nothing between");
    has_term_ = true;
    if (const auto value = parse_number<double>(word)) {
      if (!std::isfinite(*value)) fail("has a number that is not finite");
      factor_ = factor_.value_or(1.0) * *value;
    } else {
      add_name(word);
    }
  }

  void take_operator(const std::string& word) {
    if (!has_term_) fail("has an operator without a term before it");
    has_term_ = false;
    if (word == "*") {
      if (!factor_) fail("has '*' without a number before it");
      return;
    }
    flush();
    if (word != "<=") return;
    if (side_ < 0) fail("has two '<='");
    side_ = -1;
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
  bool has_term_ = false;  ///< since the last operator
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
