// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/detail/placement_master.h"

#include <CbcModel.hpp>
#include <ClpSimplex.hpp>
#include <CoinPackedMatrix.hpp>
#include <OsiClpSolverInterface.hpp>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "panj/core/contract.h"

namespace panj::plan::detail {
namespace {

double mean_attempts(const PlacementModel& model, const std::vector<double>& future,
                     std::size_t cell) {
  double sum = 0;
  for (std::size_t s = 0; s < future.size(); ++s) sum += future[s] * model.attempts[s][cell];
  return sum;
}

/// The nearest point of the risk set, near enough: clip, then scale or fill up.
void project_futures(const PlacementModel& model, std::vector<double>& future) {
  double sum = 0;
  for (std::size_t s = 0; s < future.size(); ++s) {
    future[s] = std::clamp(future[s], 0.0, model.weight_limit(s));
    sum += future[s];
  }
  if (sum >= 1) {
    for (double& weight : future) weight /= sum;
    return;
  }
  double room = 0;
  for (std::size_t s = 0; s < future.size(); ++s) room += model.weight_limit(s) - future[s];
  const double part = room > 0 ? std::min(1.0, (1 - sum) / room) : 0.0;
  for (std::size_t s = 0; s < future.size(); ++s) {
    future[s] += part * (model.weight_limit(s) - future[s]);
  }
}

/// From stretch i to all in reach of it, in one year.
void add_links(const PlacementModel& model, std::size_t level, std::size_t year, std::size_t i,
               std::vector<DisplacementLink>& links) {
  const std::size_t before = level * model.cells();
  const std::size_t first = i < model.reach ? 0 : i - model.reach;
  const std::size_t last = std::min(model.stretches - 1, i + model.reach);
  for (std::size_t j = first; j <= last; ++j) {
    for (std::size_t a = 0; a < model.types; ++a) {
      links.push_back({before + model.cell(year, i, a), before + model.cell(year, j, a),
                       model.attenuation[i < j ? j - i : i - j]});
    }
  }
}

}  // namespace

std::vector<DisplacementLink> displacement_links(const PlacementModel& model) {
  std::vector<DisplacementLink> links;
  if (!model.has_displacement()) return links;
  for (std::size_t h = 0; h < model.levels; ++h) {
    for (std::size_t t = 0; t < model.years; ++t) {
      for (std::size_t i = 0; i < model.stretches; ++i) add_links(model, h, t, i, links);
    }
  }
  return links;
}

Prices to_prices(const PlacementModel& model, const std::vector<DisplacementLink>& links,
                 Multipliers multipliers) {
  project_futures(model, multipliers.future);
  const double share = model.has_displacement() ? model.share : 0.0;
  Prices prices;
  prices.money = multipliers.money;
  std::vector<double> attempts(model.cells());
  for (std::size_t c = 0; c < attempts.size(); ++c) {
    attempts[c] = mean_attempts(model, multipliers.future, c);
  }
  std::vector<double> room;
  for (std::size_t h = 0; h < model.levels; ++h) {
    for (const double mean : attempts) {
      prices.weight.push_back(model.level_weight[h] * (1 - share) * mean);
      room.push_back(model.level_weight[h] * share * mean);
    }
  }
  std::vector<double> asked(room.size());
  for (std::size_t l = 0; l < links.size(); ++l) {
    asked[links[l].hit] += std::max(0.0, multipliers.displacement[l]);
  }
  for (std::size_t l = 0; l < links.size(); ++l) {
    const double wanted = std::max(0.0, multipliers.displacement[l]);
    const double sum = asked[links[l].hit];
    double given = sum > room[links[l].hit] ? wanted * (room[links[l].hit] / sum) : wanted;
    if (links[l].hit == links[l].from) given += std::max(0.0, room[links[l].hit] - sum);
    prices.weight[links[l].from] += links[l].attenuation * given;
  }
  for (std::size_t row = 0; row < prices.money.size(); ++row) {
    prices.money[row] = std::max(0.0, prices.money[row]);
    prices.constant -= prices.money[row] * model.budget[row];
  }
  if (model.goal == PlacementGoal::regret) {
    for (std::size_t s = 0; s < multipliers.future.size(); ++s) {
      prices.constant -= multipliers.future[s] * model.best_losses[s];
    }
  }
  return prices;
}

/// Rows: stretches, budgets, then (when losses are variables) cells, links and futures.
struct MasterProgram::Program {
  ClpSimplex clp;
  std::size_t first_path = 0;  ///< columns before it are losses, risk and overspending
  std::size_t paths = 0;
  bool losses_are_variables = false;
  std::vector<double> fixed_weight;  ///< on losses, when they are no variables
  double penalty = 0;
  std::size_t budget_row = 0;
  std::size_t cell_row = 0;
  std::size_t link_row = 0;
  std::size_t future_row = 0;
  std::size_t overspend = 0;  ///< first column

  void build(const PlacementModel& model, const std::vector<DisplacementLink>& links);
  void add_overspending(const PlacementModel& model);
  void add_losses(const PlacementModel& model, const std::vector<DisplacementLink>& links);
  void add_risk(const PlacementModel& model);
  int add_variable(double cost, double low, const std::vector<int>& rows,
                   const std::vector<double>& values);
};

int MasterProgram::Program::add_variable(double cost, double low, const std::vector<int>& rows,
                                         const std::vector<double>& values) {
  clp.addColumn(static_cast<int>(rows.size()), rows.data(), values.data(), low, COIN_DBL_MAX, cost);
  return clp.numberColumns() - 1;
}

void MasterProgram::Program::build(const PlacementModel& model,
                                   const std::vector<DisplacementLink>& links) {
  clp.setLogLevel(0);
  losses_are_variables = model.has_risk() || model.has_displacement();
  budget_row = model.stretches;
  cell_row = budget_row + model.budget.size();
  const std::size_t cells = losses_are_variables ? model.levels * model.cells() : 0;
  link_row = cell_row + cells;
  future_row = link_row + links.size();
  const std::size_t rows = future_row + (model.has_risk() ? model.probability.size() : 0);
  std::vector<double> low(rows, 0.0);
  std::vector<double> high(rows, COIN_DBL_MAX);
  for (std::size_t i = 0; i < model.stretches; ++i) low[i] = high[i] = 1;
  for (std::size_t b = 0; b < model.budget.size(); ++b) {
    low[budget_row + b] = -COIN_DBL_MAX;
    high[budget_row + b] = model.budget[b];
  }
  if (model.goal == PlacementGoal::regret) {
    for (std::size_t s = 0; s < model.probability.size(); ++s) {
      low[future_row + s] = -model.best_losses[s];
    }
  }
  clp.resize(static_cast<int>(rows), 0);
  for (std::size_t r = 0; r < rows; ++r) {
    clp.setRowBounds(static_cast<int>(r), low[r], high[r]);
  }
  add_overspending(model);
  if (losses_are_variables) {
    add_losses(model, links);
  } else {
    fixed_weight =
        to_prices(model, links, {std::vector<double>(model.budget.size()), {1.0}, {}}).weight;
  }
  if (model.has_risk()) add_risk(model);
  first_path = static_cast<std::size_t>(clp.numberColumns());
}

void MasterProgram::Program::add_overspending(const PlacementModel& model) {
  double most = 0;
  for (const auto& attempts : model.attempts) {
    double loss = 0;
    for (std::size_t c = 0; c < attempts.size(); ++c) {
      loss += attempts[c] * model.initial_loss[c % (model.stretches * model.types)];
    }
    most = std::max(most, loss);
  }
  double cheapest = COIN_DBL_MAX;
  for (const double spend : model.unit_spend) {
    if (spend > 0) cheapest = std::min(cheapest, spend);
  }
  // What costs less is rounding beside the budget, and a penalty without end is too.
  constexpr double kNoCost = 1e-9;
  cheapest = std::max(cheapest, kNoCost * std::ranges::max(model.budget));
  penalty = 100 * std::max(1.0, most) / std::min(cheapest, 1e6);
  overspend = static_cast<std::size_t>(clp.numberColumns());
  for (std::size_t b = 0; b < model.budget.size(); ++b) {
    add_variable(penalty, 0, {static_cast<int>(budget_row + b)}, {-1.0});
  }
}

void MasterProgram::Program::add_losses(const PlacementModel& model,
                                        const std::vector<DisplacementLink>& links) {
  const double share = model.has_displacement() ? model.share : 0.0;
  const std::size_t cells = model.levels * model.cells();
  for (const bool moved : {false, true}) {
    if (moved && !model.has_displacement()) continue;
    std::vector<std::vector<int>> rows(cells);
    std::vector<std::vector<double>> values(cells);
    for (std::size_t c = 0; c < cells && !moved; ++c) {
      rows[c].push_back(static_cast<int>(cell_row + c));
      values[c].push_back(1.0);
    }
    for (std::size_t l = 0; l < links.size(); ++l) {
      const std::size_t c = moved ? links[l].hit : links[l].from;
      rows[c].push_back(static_cast<int>(link_row + l));
      values[c].push_back(moved ? 1.0 : -links[l].attenuation);
    }
    const double part = moved ? share : 1 - share;
    for (std::size_t c = 0; c < cells; ++c) {
      const std::size_t cell = c % model.cells();
      double cost = 0;
      if (!model.has_risk()) {
        cost = part * model.level_weight[c / model.cells()] * model.attempts[0][cell];
      }
      for (std::size_t s = 0; s < model.attempts.size() && model.has_risk(); ++s) {
        if (model.attempts[s][cell] == 0) continue;
        rows[c].push_back(static_cast<int>(future_row + s));
        values[c].push_back(-part * model.attempts[s][cell]);
      }
      add_variable(cost, 0, rows[c], values[c]);
    }
  }
}

void MasterProgram::Program::add_risk(const PlacementModel& model) {
  std::vector<int> rows(model.probability.size());
  std::iota(rows.begin(), rows.end(), static_cast<int>(future_row));
  add_variable(1, -COIN_DBL_MAX, rows, std::vector<double>(rows.size(), 1.0));
  if (model.goal != PlacementGoal::cvar) return;
  for (std::size_t s = 0; s < rows.size(); ++s) {
    add_variable(model.weight_limit(s), 0, {rows[s]}, {1.0});
  }
}

MasterProgram::MasterProgram(const PlacementModel& model)
    : model_(model), links_(displacement_links(model)), program_(std::make_unique<Program>()) {
  program_->build(model, links_);
}

MasterProgram::~MasterProgram() = default;

std::size_t MasterProgram::columns() const {
  return program_->paths;
}

void MasterProgram::add(const Column& column) {
  std::vector<int> rows{static_cast<int>(column.path.stretch)};
  std::vector<double> values{1.0};
  for (std::size_t b = 0; b < column.spend.size(); ++b) {
    if (column.spend[b] == 0) continue;
    rows.push_back(static_cast<int>(program_->budget_row + b));
    values.push_back(column.spend[b]);
  }
  double cost = 0;
  for (std::size_t x = 0; x < column.loss.size(); ++x) {
    const std::size_t ht = x / model_.types;
    const std::size_t cell = (ht / model_.years) * model_.cells() +
                             model_.cell(ht % model_.years, column.path.stretch, x % model_.types);
    if (!program_->losses_are_variables) {
      cost += program_->fixed_weight[cell] * column.loss[x];
    } else if (column.loss[x] != 0) {
      rows.push_back(static_cast<int>(program_->cell_row + cell));
      values.push_back(-column.loss[x]);
    }
  }
  program_->add_variable(cost, 0, rows, values);
  ++program_->paths;
}

MasterProgram::Answer MasterProgram::solve(const std::vector<char>& allowed) {
  PANJ_EXPECT(allowed.size() == program_->paths);
  ClpSimplex& clp = program_->clp;
  bool tightened = false;
  for (std::size_t p = 0; p < allowed.size(); ++p) {
    const int c = static_cast<int>(program_->first_path + p);
    const double upper = allowed[p] ? COIN_DBL_MAX : 0.0;
    if (clp.columnUpper()[c] == upper) continue;
    tightened = tightened || upper == 0;
    clp.setColumnUpper(c, upper);
  }
  if (tightened) {
    clp.dual();
  } else {
    clp.primal(1);
  }
  if (clp.status() != 0) clp.primal();
  Answer answer;
  answer.value = clp.objectiveValue();
  answer.work = 2.7e-6 * static_cast<double>(clp.numberRows()) *
                (1 + 0.02 * static_cast<double>(clp.numberIterations()));
  const double* x = clp.primalColumnSolution();
  const double* dual = clp.dualRowSolution();
  for (std::size_t b = 0; b < model_.budget.size(); ++b) {
    answer.overspend += x[program_->overspend + b];
    answer.multipliers.money.push_back(std::max(0.0, -dual[program_->budget_row + b]));
  }
  for (std::size_t l = 0; l < links_.size(); ++l) {
    answer.multipliers.displacement.push_back(dual[program_->link_row + l]);
  }
  answer.multipliers.future.assign(model_.probability.size(), 1.0);
  for (std::size_t s = 0; s < model_.probability.size() && model_.has_risk(); ++s) {
    answer.multipliers.future[s] = dual[program_->future_row + s];
  }
  answer.use.assign(x + program_->first_path, x + program_->first_path + allowed.size());
  return answer;
}

std::vector<std::size_t> MasterProgram::solve_integer(const std::vector<std::size_t>& columns,
                                                      double cutoff, int nodes) const {
  const ClpSimplex& clp = program_->clp;
  std::vector<int> kept(program_->first_path);
  std::iota(kept.begin(), kept.end(), 0);
  for (const std::size_t p : columns) kept.push_back(static_cast<int>(program_->first_path + p));
  std::vector<int> rows(static_cast<std::size_t>(clp.numberRows()));
  std::iota(rows.begin(), rows.end(), 0);
  ClpSimplex part(&clp, clp.numberRows(), rows.data(), static_cast<int>(kept.size()), kept.data());
  OsiClpSolverInterface solver(&part);
  solver.setHintParam(OsiDoReducePrint, true, OsiHintTry);
  solver.messageHandler()->setLogLevel(0);
  for (std::size_t b = 0; b < model_.budget.size(); ++b) {
    solver.setColUpper(static_cast<int>(program_->overspend + b), 0.0);
  }
  for (std::size_t p = 0; p < columns.size(); ++p) {
    const int c = static_cast<int>(program_->first_path + p);
    solver.setColUpper(c, 1.0);
    solver.setInteger(c);
  }
  CbcModel cbc(solver);
  cbc.setLogLevel(0);
  cbc.setCutoff(cutoff);
  cbc.setMaximumNodes(nodes);
  cbc.setRandomSeed(1);
  cbc.branchAndBound();
  std::vector<std::size_t> chosen;
  const double* best = cbc.bestSolution();
  for (std::size_t p = 0; best != nullptr && p < columns.size(); ++p) {
    if (best[program_->first_path + p] > 0.5) chosen.push_back(columns[p]);
  }
  return chosen;
}

}  // namespace panj::plan::detail
