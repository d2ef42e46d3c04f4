// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "panj/core/contract.h"

namespace panj::explore {

/// A table of numbers: rows are points (futures, packages, policies), columns are dimensions or
/// outcomes. Row by row in memory.
class Matrix {
 public:
  Matrix() = default;
  Matrix(std::size_t rows, std::size_t columns, double fill = 0.0)
      : rows_(rows), columns_(columns), values_(rows * columns, fill) {}

  std::size_t rows() const { return rows_; }
  std::size_t columns() const { return columns_; }
  double& operator()(std::size_t row, std::size_t column) {
    return values_[row * columns_ + column];
  }
  double operator()(std::size_t row, std::size_t column) const {
    return values_[row * columns_ + column];
  }
  std::span<double> row(std::size_t index) { return {&values_[index * columns_], columns_}; }
  std::span<const double> row(std::size_t index) const {
    return {&values_[index * columns_], columns_};
  }
  std::vector<double> column(std::size_t index) const {
    std::vector<double> values(rows_);
    for (std::size_t r = 0; r < rows_; ++r) values[r] = (*this)(r, index);
    return values;
  }
  void set_column(std::size_t index, std::span<const double> values) {
    PANJ_EXPECT(values.size() == rows_);
    for (std::size_t r = 0; r < rows_; ++r) (*this)(r, index) = values[r];
  }
  /// Adds one row; the first sets the number of columns of an empty table.
  void push_row(std::span<const double> row) {
    if (rows_ == 0 && columns_ == 0) columns_ = row.size();
    PANJ_EXPECT(row.size() == columns_);
    values_.insert(values_.end(), row.begin(), row.end());
    ++rows_;
  }
  std::span<const double> values() const { return values_; }

  bool operator==(const Matrix&) const = default;

 private:
  std::size_t rows_ = 0;
  std::size_t columns_ = 0;
  std::vector<double> values_;
};

}  // namespace panj::explore
