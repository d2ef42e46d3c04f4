// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/detail/linear_programme.h"

#include <ClpSimplex.hpp>
#include <CoinError.hpp>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace panj::plan::detail {
namespace {

double clp_bound(double bound) {
  if (std::isinf(bound)) return bound > 0 ? COIN_DBL_MAX : -COIN_DBL_MAX;
  return bound;
}

/// Rows or columns waiting to be handed over, one behind the other.
struct Pack {
  void add(std::span<const LinearProgramme::Entry> entries, double low, double high) {
    for (const auto& entry : entries) {
      index.push_back(static_cast<int>(entry.index));
      value.push_back(entry.value);
    }
    start.push_back(static_cast<CoinBigIndex>(index.size()));
    lows.push_back(clp_bound(low));
    highs.push_back(clp_bound(high));
  }
  int size() const { return static_cast<int>(lows.size()); }

  std::vector<CoinBigIndex> start{0};
  std::vector<int> index{};
  std::vector<double> value{};
  std::vector<double> lows{};
  std::vector<double> highs{};
};

}  // namespace

struct LinearProgramme::Data {
  ClpSimplex model;
  Pack rows;
  bool solved = false;
};

LinearProgramme::LinearProgramme(std::size_t columns, double low, double high)
    : data_(std::make_unique<Data>()) {
  data_->model.setLogLevel(0);
  data_->model.resize(0, static_cast<int>(columns));
  for (std::size_t c = 0; c < columns; ++c) {
    set_cost(c, 0);
    set_bounds(c, low, high);
  }
}

LinearProgramme::~LinearProgramme() = default;
LinearProgramme::LinearProgramme(LinearProgramme&&) noexcept = default;
LinearProgramme& LinearProgramme::operator=(LinearProgramme&&) noexcept = default;

void LinearProgramme::set_cost(std::size_t column, double cost) {
  data_->model.setObjectiveCoefficient(static_cast<int>(column), cost);
}

void LinearProgramme::set_bounds(std::size_t column, double low, double high) {
  data_->model.setColumnBounds(static_cast<int>(column), clp_bound(low), clp_bound(high));
}

void LinearProgramme::add_row(std::span<const Entry> entries, double low, double high) {
  data_->rows.add(entries, low, high);
}

void LinearProgramme::hand_over() {
  const Pack rows = std::exchange(data_->rows, Pack());
  if (rows.size() == 0) return;
  data_->model.addRows(rows.size(), rows.lows.data(), rows.highs.data(), rows.start.data(),
                       rows.index.data(), rows.value.data());
}

void LinearProgramme::add_column(std::span<const Entry> entries, double low, double high,
                                 double cost) {
  hand_over();
  Pack column;
  column.add(entries, low, high);
  data_->model.addColumns(1, column.lows.data(), column.highs.data(), &cost, column.start.data(),
                          column.index.data(), column.value.data());
}

void LinearProgramme::solve() {
  try {
    hand_over();
    if (data_->solved) {
      data_->model.primal(1);
    } else {
      data_->model.initialSolve();
      data_->solved = true;
    }
  } catch (const CoinError& error) {
    throw std::runtime_error("the linear programme failed: " + error.message());
  }
}

std::optional<LinearProgramme::Solution> LinearProgramme::minimise() {
  solve();
  const ClpSimplex& model = data_->model;
  if (model.isProvenPrimalInfeasible()) return std::nullopt;
  if (!model.isProvenOptimal()) throw std::runtime_error("the linear programme has no solution");
  const auto columns = static_cast<std::size_t>(model.numberColumns());
  const auto rows = static_cast<std::size_t>(model.numberRows());
  const double* x = model.primalColumnSolution();
  const double* price = model.dualRowSolution();
  const double* reduced = model.dualColumnSolution();
  return Solution{model.objectiveValue(), std::vector<double>(x, x + columns),
                  std::vector<double>(price, price + rows),
                  std::vector<double>(reduced, reduced + columns)};
}

}  // namespace panj::plan::detail
