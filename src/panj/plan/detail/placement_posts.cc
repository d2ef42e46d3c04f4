// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/detail/placement_posts.h"

#include <fmt/format.h>

#include <CbcModel.hpp>
#include <OsiClpSolverInterface.hpp>
#include <algorithm>
#include <cmath>

#include "panj/core/contract.h"
#include "panj/plan/detail/rounding.h"
#include "panj/plan/placement_evaluate.h"

namespace panj::plan::detail {
namespace {

std::vector<int> missing_posts(const PlacementInstance& instance) {
  std::vector<int> missing;
  missing.reserve(instance.stretches.size());
  for (std::size_t i = 0; i < instance.stretches.size(); ++i) {
    missing.push_back(
        std::max(0, instance.min_posts[i] - instance.existing[i * instance.kinds.size()]));
  }
  return missing;
}

void check_deliverable(const PlacementInstance& instance, const std::vector<int>& missing,
                       std::size_t due, PlacementRepair& repair) {
  const EquipmentKind& post = instance.kinds[0];
  for (std::size_t i = 0; i < missing.size(); ++i) {
    if (missing[i] > 0 && due < static_cast<std::size_t>(post.delivery_lag_years)) {
      repair.undeliverable.push_back(fmt::format(
          "{}: {} {} must be in service in {}, but one bought in {} comes {} years later",
          instance.stretches[i], missing[i], post.name, instance.years[due], instance.years.front(),
          post.delivery_lag_years));
    }
    if (post.max_per_stretch && missing[i] > *post.max_per_stretch) {
      repair.undeliverable.push_back(fmt::format("{}: {} {} are missing, only {} can be bought",
                                                 instance.stretches[i], missing[i], post.name,
                                                 *post.max_per_stretch));
    }
  }
}

/// How many posts to buy in each year so that the least extra money is needed, and that late.
/// Variables: posts by year of purchase, extra money by year.
std::vector<int> posts_by_year(const PlacementInstance& instance, int total, std::size_t due) {
  const std::size_t years = instance.years.size();
  const EquipmentKind& post = instance.kinds[0];
  const auto lag = static_cast<std::size_t>(post.delivery_lag_years);
  const std::size_t bought_years = due - lag + 1;
  // In units of a post's cost, and never more than all posts can take: the solver's tolerances are
  // absolute.
  const double dearer = std::max(post.price, post.upkeep_per_year);
  const double unit = dearer > 0 ? dearer : 1;
  const double enough = static_cast<double>(total) * static_cast<double>(1 + years);
  CoinPackedMatrix matrix(false, 0, 0);
  matrix.setDimensions(0, static_cast<int>(bought_years + years));
  std::vector<double> low(years + 1, -COIN_DBL_MAX);
  std::vector<double> high(instance.budget(0));
  high.push_back(total);
  low[years] = total;
  for (std::size_t t = 0; t < years; ++t) {
    CoinPackedVector row;
    for (std::size_t b = 0; b < bought_years; ++b) {
      double spent = 0;
      for (std::size_t u = instance.carry_over ? 0 : t; u <= t; ++u) {
        spent += (u == b ? post.price : 0) + (u >= b + lag ? post.upkeep_per_year : 0);
      }
      if (spent > 0) row.insert(static_cast<int>(b), spent / unit);
    }
    for (std::size_t u = instance.carry_over ? 0 : t; u <= t; ++u) {
      row.insert(static_cast<int>(bought_years + u), -1.0);
    }
    if (instance.carry_over && t > 0) high[t] += high[t - 1];
    matrix.appendRow(row);
  }
  for (std::size_t t = 0; t < years; ++t) high[t] = std::min(high[t] / unit, enough);
  CoinPackedVector sum;
  for (std::size_t b = 0; b < bought_years; ++b) sum.insert(static_cast<int>(b), 1.0);
  matrix.appendRow(sum);
  std::vector<double> cost(bought_years + years, 0.0);
  for (std::size_t t = 0; t < years; ++t) {
    cost[bought_years + t] = 1 + 1e-6 * static_cast<double>(years - t);
  }
  std::vector<double> upper(bought_years + years, COIN_DBL_MAX);
  std::fill_n(upper.begin(), bought_years, total);
  OsiClpSolverInterface solver;
  solver.messageHandler()->setLogLevel(0);
  solver.loadProblem(matrix, nullptr, upper.data(), cost.data(), low.data(), high.data());
  for (std::size_t b = 0; b < bought_years; ++b) solver.setInteger(static_cast<int>(b));
  CbcModel cbc(solver);
  cbc.setLogLevel(0);
  cbc.branchAndBound();
  PANJ_EXPECT(cbc.bestSolution() != nullptr);
  std::vector<int> posts;
  posts.reserve(bought_years);
  for (std::size_t b = 0; b < bought_years; ++b) {
    posts.push_back(static_cast<int>(std::lround(cbc.bestSolution()[b])));
  }
  return posts;
}

std::vector<double> extra_money(const PlacementInstance& instance, const Purchases& plan) {
  PlacementInstance plain = instance;
  plain.goal = PlacementGoal::expected;
  plain.budget_per_year = instance.budget(0);
  const std::vector<double> spend = evaluate(plain, {plan}).spend[0];
  std::vector<double> extra(spend.size());
  double carried = 0;
  for (std::size_t t = 0; t < spend.size(); ++t) {
    const double money = plain.budget_per_year[t] + carried;
    const double left = money - spend[t];
    extra[t] = left < -kRounding * money ? -left : 0.0;
    carried = instance.carry_over ? std::max(0.0, left) : 0.0;
  }
  return extra;
}

}  // namespace

bool PostPlan::feasible() const {
  return repair.undeliverable.empty() &&
         std::ranges::all_of(repair.extra_budget_per_year, [](double x) { return x == 0; });
}

PostPlan plan_posts(const PlacementInstance& instance) {
  PostPlan plan{Purchases(instance), {std::vector<double>(instance.years.size()), {}}};
  const std::vector<int> missing = missing_posts(instance);
  int total = 0;
  for (const int posts : missing) total += posts;
  const auto first = std::ranges::find_if(
      instance.years, [&](int year) { return year >= instance.min_posts_from_year; });
  if (total == 0 || first == instance.years.end()) return plan;
  const auto due = static_cast<std::size_t>(first - instance.years.begin());
  check_deliverable(instance, missing, due, plan.repair);
  if (!plan.repair.undeliverable.empty()) {
    plan.repair.extra_budget_per_year.clear();
    return plan;
  }
  std::vector<int> posts = posts_by_year(instance, total, due);
  std::size_t year = 0;
  for (std::size_t i = 0; i < missing.size(); ++i) {
    for (int n = 0; n < missing[i]; ++n) {
      while (posts[year] == 0) ++year;
      --posts[year];
      ++plan.purchases.at(i, 0, year);
    }
  }
  plan.repair.extra_budget_per_year = extra_money(instance, plan.purchases);
  return plan;
}

}  // namespace panj::plan::detail
