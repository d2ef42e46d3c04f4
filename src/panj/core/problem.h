// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace panj {

/// One thing that is wrong with what a user wrote, and what to do about it.
struct Problem {
  std::string file{};        ///< empty when there is no file
  std::size_t line = 0;      ///< 1-based; 0 when it concerns the whole file
  std::string field{};       ///< column or dotted key; may be empty
  std::string what{};        ///< what was found: "latitude is 95"
  std::string why{};         ///< what is allowed: "must lie in [-90, 90]"
  std::string suggestion{};  ///< what to do: "did you mean 'zones'?"; may be empty

  bool operator==(const Problem&) const = default;
};

/// "theatre.toml:12: zones[2].strength: is -5 (must be at least 0) write a range such as [10, 20]"
std::string to_string(const Problem& problem);

/// Collects every problem of an input, so that all are reported together.
///
///     Problems problems;
///     if (latitude > 90) problems.add({.file = f, .line = 3, .field = "latitude", …});
///     problems.throw_if_any();
class Problems {
 public:
  void add(Problem problem) { all_.push_back(std::move(problem)); }
  void add(const Problems& others) {
    all_.insert(all_.end(), others.all_.begin(), others.all_.end());
  }
  bool empty() const { return all_.empty(); }
  std::size_t size() const { return all_.size(); }
  auto begin() const { return all_.begin(); }
  auto end() const { return all_.end(); }
  const std::vector<Problem>& all() const { return all_; }

  /// Throws InvalidInput with all of them, ordered by file and line.
  void throw_if_any() const;

 private:
  std::vector<Problem> all_;
};

/// What a user wrote cannot be used. The program ends with exit code 3 and has written nothing.
class InvalidInput : public std::runtime_error {
 public:
  explicit InvalidInput(Problem problem);
  explicit InvalidInput(std::vector<Problem> problems);
  const std::vector<Problem>& problems() const { return problems_; }

 private:
  std::vector<Problem> problems_;
};

/// The valid name most like `name` (edit distance, letter case ignored), or empty when none is near
/// enough to be a slip of the pen.
std::string nearest_name(std::string_view name, std::span<const std::string> valid);

/// "did you mean 'posts'?", or what there is: "one of: a, b, c"; of more than twenty only a few.
std::string suggest_name(std::string_view name, std::span<const std::string> valid);

}  // namespace panj
