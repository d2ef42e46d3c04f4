// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace panj::plan::detail {

inline constexpr double kUnbounded = std::numeric_limits<double>::infinity();

/// A linear programme, min c·x with rows and columns between bounds, solved by CLP's dual or primal
/// simplex. Rows and columns may be added after a solution; the next one starts from it.
class LinearProgramme {
 public:
  struct Entry {
    std::size_t index;  ///< of a column in a row, of a row in a column
    double value;
  };
  struct Solution {
    double value = 0;
    std::vector<double> x;
    std::vector<double> row_prices;  ///< change of the value per unit of the row's binding bound
    std::vector<double> reduced_costs;
  };

  /// `columns` variables of cost 0 between `low` and `high`.
  LinearProgramme(std::size_t columns, double low, double high);
  ~LinearProgramme();
  LinearProgramme(LinearProgramme&&) noexcept;
  LinearProgramme& operator=(LinearProgramme&&) noexcept;

  void set_cost(std::size_t column, double cost);
  void set_bounds(std::size_t column, double low, double high);
  /// Rows are kept aside and handed over in one piece.
  void add_row(std::span<const Entry> entries, double low, double high);
  void add_row(std::initializer_list<Entry> entries, double low, double high) {
    add_row(std::span(entries.begin(), entries.size()), low, high);
  }
  /// A new variable in existing rows; its index is the number of columns before.
  void add_column(std::span<const Entry> entries, double low, double high, double cost);

  /// Nothing when no x obeys the rows. Throws std::runtime_error when CLP gives up.
  std::optional<Solution> minimise();

 private:
  struct Data;
  void hand_over();
  void solve();
  std::unique_ptr<Data> data_;
};

}  // namespace panj::plan::detail
