// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <toml++/toml.h>

#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "panj/core/date.h"
#include "panj/core/problem.h"
#include "panj/theatre/assumption.h"

namespace panj::theatre::detail {

/// What a number must be; always finite.
struct Bounds {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();

  bool hold(double value) const { return low <= value && value <= high; }
  std::string describe() const;
};
inline constexpr Bounds kAny{};
inline constexpr Bounds kNonNegative{.low = 0.0};
inline constexpr Bounds kShare{.low = 0.0, .high = 1.0};
/// No border is longer; half way round the Earth.
inline constexpr double kLongestLineKm = 20000.0;
inline constexpr Bounds kChainage{.low = 0.0, .high = kLongestLineKm};

/// Where the readers of one file put what they find.
struct ReadLog {
  std::string file;
  Problems& problems;
  std::vector<Assumption>& assumptions;
};

/// What an assumption looks like: a single number, a list by `rows`, or a matrix rows × columns.
struct Shape {
  std::string unit{};
  Bounds bounds{};
  std::vector<std::string> rows{};
  std::vector<std::string> columns{};
  bool labelled_by_dates = false;  ///< rows are whatever dates the file gives
};

/// Reads one table key by key, notes every problem, and on leaving its scope reports the keys that
/// nobody asked for. A value that cannot be read is replaced by an empty one, so that reading goes
/// on and finds the other problems.
class TableReader {
 public:
  using Visit = std::function<void(TableReader&)>;

  /// `key` says where the table stands in the file ("alliance.member[2]"); `name` says the same by
  /// its id ("alliance.member.BY") and is the key when not given.
  TableReader(const toml::table& table, std::string key, ReadLog& log, std::string name = {})
      : table_(table),
        key_(std::move(key)),
        name_(name.empty() ? key_ : std::move(name)),
        log_(log) {}
  TableReader(const TableReader&) = delete;
  TableReader& operator=(const TableReader&) = delete;
  ~TableReader();

  std::string text(std::string_view key);
  std::string optional_text(std::string_view key);
  std::vector<std::string> texts(std::string_view key);
  double number(std::string_view key, Bounds bounds = kAny);
  std::optional<double> optional_number(std::string_view key, Bounds bounds = kAny);
  int integer(std::string_view key, int low, int high);
  std::optional<int> optional_integer(std::string_view key, int low, int high);
  bool flag(std::string_view key);  ///< false when absent
  Date date(std::string_view key);
  Basis basis(std::string_view key = "basis");
  /// One of the names; `names.front()` when it is not.
  std::string choice(std::string_view key, std::span<const std::string> names);
  /// A name that must be among `names`; what is said when it is not ends in `of_what`.
  std::string reference(std::string_view key, std::span<const std::string> names,
                        std::string_view of_what);
  std::string optional_reference(std::string_view key, std::span<const std::string> names,
                                 std::string_view of_what);

  Assumption assumption(std::string_view key, const Shape& shape = {});
  std::optional<Assumption> optional_assumption(std::string_view key, const Shape& shape = {});

  void within(std::string_view key, const Visit& visit);
  bool optional_within(std::string_view key, const Visit& visit);
  /// Every table of an array of tables, in order; none when absent.
  void each(std::string_view key, const Visit& visit);
  /// Says of each table of an array of tables whose id an earlier one has, where it stands.
  void check_ids(std::string_view key);

  /// Whether the table holds it. A key that is asked after is known, also when it is absent.
  bool has(std::string_view key);
  const toml::node* find(std::string_view key);
  std::vector<std::string> keys() const;
  const std::string& key() const { return key_; }
  const std::string& name() const { return name_; }
  std::size_t line() const;
  void problem(std::string_view key, std::string what, std::string why,
               std::string suggestion = {});
  ReadLog& log() { return log_; }

 private:
  const toml::node* need(std::string_view key, std::string_view why);
  void know(std::string_view key);

  const toml::table& table_;
  std::string key_;
  std::string name_;
  ReadLog& log_;
  std::vector<std::string> known_;
};

std::string dotted(std::string_view parent, std::string_view key);
/// "the text 'abc'", "a table", "-5".
std::string describe(const toml::node& node);
std::size_t line_of(const toml::node& node);
/// A number that is finite and within bounds, or nothing and a problem.
std::optional<double> checked_number(const toml::node& node, const std::string& key, Bounds bounds,
                                     ReadLog& log);

/// Says so when a name occurs twice in a list.
void check_unique(std::span<const std::string> ids, std::string_view key, std::size_t line,
                  ReadLog& log);

}  // namespace panj::theatre::detail
