// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstddef>
#include <filesystem>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "panj/core/problem.h"

namespace panj::plan {

/// A planning problem as a JSON file: what to plan ("problem") and its numbers. The schemas are in
/// docs/guide/plan.md.
struct InstanceFile {
  std::string file;     ///< for messages
  std::string name;     ///< "name" of the file; may be empty
  std::string problem;  ///< "patrol_zero_sum", "place_equipment", …
  nlohmann::json root;  ///< an object
};

/// Throws InvalidInput when the file is missing, is no JSON (with the line) or no object, has
/// a member twice in one object, or names no problem. NaN and Infinity, which other programs write
/// although JSON has none, are kept as null, so that the reader can name their field.
InstanceFile read_instance(const std::filesystem::path& path);
InstanceFile parse_instance(std::string_view text, std::string file);

/// Sums, and products of two numbers up to this size, stay finite. Larger ones are refused.
inline constexpr double kLargestNumber = 1e100;

/// What a number may be.
struct Allowed {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  std::string_view text = "a number";
  bool low_open = false;
  bool high_open = false;
  bool whole = false;

  bool contains(double x) const {
    return std::abs(x) <= kLargestNumber && (low_open ? x > low : x >= low) &&
           (high_open ? x < high : x <= high) && (!whole || x == std::floor(x));
  }
  /// Stands in for a value that cannot be used, so that reading can go on.
  double stand_in() const;
};
inline constexpr Allowed kAnyNumber{};
inline constexpr Allowed kNotNegative{.low = 0, .text = "a number of 0 or more"};
inline constexpr Allowed kPositive{.low = 0, .text = "a number above 0", .low_open = true};
inline constexpr Allowed kShare{.low = 0, .high = 1, .text = "a number in [0, 1]"};
inline constexpr Allowed kShareBelow1{
    .low = 0, .high = 1, .text = "a number in [0, 1)", .high_open = true};

/// How long a list must be, and what it has one entry for.
struct Length {
  std::size_t size = 0;
  std::string_view of{};
};

/// Reads one object of an instance strictly. Every fault is noted in `problems` with its place
/// ("kinds[1].price"), what was found and what is allowed, and a stand-in of the right shape is
/// returned, so that one pass finds all faults.
///
///     InstanceReader reader(file, problems);
///     const auto stretches = reader.names("stretches");
///     const auto loss = reader.numbers("loss", kNotNegative, Length{stretches.size(),
///     "stretches"}); reader.finish(); problems.throw_if_any();
class InstanceReader {
 public:
  InstanceReader(const InstanceFile& file, Problems& problems);
  /// `object` must outlive the reader; `where` is its place, without a dot at the end.
  InstanceReader(const nlohmann::json& object, std::string where, std::string file,
                 Problems& problems);

  bool has(const std::string& name);

  double number(const std::string& name, Allowed allowed = kAnyNumber);
  double number_or(const std::string& name, double fallback, Allowed allowed = kAnyNumber);
  /// Whole numbers may be written as 3 or 3.0.
  int whole(const std::string& name, int low, int high);
  int whole_or(const std::string& name, int fallback, int low, int high);
  bool flag(const std::string& name);
  bool flag_or(const std::string& name, bool fallback);
  std::string text(const std::string& name);
  std::string text_or(const std::string& name, std::string fallback);

  std::vector<double> numbers(const std::string& name, Allowed allowed,
                              std::optional<Length> length = std::nullopt);
  std::vector<std::vector<double>> table(const std::string& name, Allowed allowed, Length rows,
                                         Length columns);
  std::vector<std::string> texts(const std::string& name);
  /// Texts that are neither empty nor repeated, at least one.
  std::vector<std::string> names(const std::string& name);

  InstanceReader object(const std::string& name);
  /// The objects of a list that must not be empty.
  std::vector<InstanceReader> objects(const std::string& name);
  /// Any JSON, for shapes that have no function of their own; null when missing.
  const nlohmann::json& value(const std::string& name);

  /// A number at a place of its own: `reader.number_at(row[2], "routes[4][2]", kShare)`.
  double number_at(const nlohmann::json& value, const std::string& place, Allowed allowed);

  /// Notes a fault of the member `place` ("budget", "routes[3]").
  void fault(const std::string& place, std::string what, std::string why,
             std::string suggestion = {});
  /// Notes members that are needed and not there, with the member that looks like a slip of the
  /// pen; and members that nobody asked for but are one letter off one that may be left out. Other
  /// members that nobody asked for are comments. Call it once, after all reading.
  void finish();

  const std::string& where() const { return where_; }

 private:
  bool holds(const std::string& name) const;
  const nlohmann::json* find(const std::string& name, std::string_view needed);
  const nlohmann::json* list(const std::string& name, std::optional<Length> length,
                             std::string_view needed);
  std::string place(const std::string& name) const;

  const nlohmann::json* object_;
  std::string where_;
  std::string file_;
  Problems* problems_;
  std::set<std::string> asked_;
  std::vector<std::pair<std::string, std::string>> missing_;  ///< name, what is needed
};

/// Notes every place at which the list `low` is above the list `high`.
void expect_order(InstanceReader& reader, const std::string& low_name,
                  const std::vector<double>& low, const std::string& high_name,
                  const std::vector<double>& high);

}  // namespace panj::plan
