// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/placement_units.h"

#include <algorithm>
#include <cmath>

namespace panj::plan {
namespace {

/// Sums from 1 to this, and factors of losses up to its root, suit the solver as they are.
constexpr double kLargestSum = 1e9;

/// Times two to the power of −`exponent` for the solver, and back.
struct Unit {
  int exponent = 0;

  void to_solver(double& number) const { number = std::ldexp(number, -exponent); }
  void to_solver(std::vector<double>& numbers) const {
    for (double& number : numbers) to_solver(number);
  }
  void from_solver(double& number) const { number = std::ldexp(number, exponent); }
  void from_solver(std::vector<double>& numbers) const {
    for (double& number : numbers) from_solver(number);
  }
};

/// What brings `number` to 1 or a little more.
Unit unit_of(double number) {
  return {number > 0 ? std::ilogb(number) : 0};
}

void widen(MoneyRange& range, double sum) {
  if (sum <= 0) return;
  range.least = range.largest > 0 ? std::min(range.least, sum) : sum;
  range.largest = std::max(range.largest, sum);
}

double largest_of(const std::vector<double>& numbers) {
  return numbers.empty() ? 0.0 : std::ranges::max(numbers);
}

/// What is lost in the worst future if nothing is bought.
double largest_loss(const PlacementInstance& instance) {
  double largest = 0;
  for (const AttemptScenario& future : instance.scenarios) {
    double loss = 0;
    for (std::size_t c = 0; c < future.attempts.size(); ++c) {
      loss += future.attempts[c] * instance.loss[c % instance.loss.size()];
    }
    largest = std::max(largest, loss);
  }
  return largest;
}

/// Units of all that is summed.
struct Units {
  Unit money;
  Unit attempts;
  Unit loss;
  Unit weight;

  explicit Units(const PlacementInstance& instance) {
    const MoneyRange range = budget_range(instance);
    if (range.least < 1 || range.largest > kLargestSum) money = unit_of(range.least);
    double most_attempts = 0;
    for (const AttemptScenario& future : instance.scenarios) {
      most_attempts = std::max(most_attempts, largest_of(future.attempts));
    }
    const bool nested = instance.goal == PlacementGoal::nested;
    const double most_weight = nested ? largest_of(instance.level_weights) : 1;
    const double lost = largest_loss(instance);
    const double factor = std::sqrt(kLargestSum);
    if (most_attempts <= factor && most_weight <= factor && lost * most_weight >= 1 &&
        lost * most_weight <= kLargestSum) {
      return;
    }
    attempts = unit_of(most_attempts);
    weight = unit_of(most_weight);
    constexpr int kThousand = 10;
    loss = {unit_of(lost).exponent - attempts.exponent - kThousand};
  }

  bool own() const {
    return money.exponent == 0 && attempts.exponent == 0 && loss.exponent == 0 &&
           weight.exponent == 0;
  }
  /// Of a future's loss, and of the goal.
  Unit future() const { return {attempts.exponent + loss.exponent}; }
  Unit value() const { return {future().exponent + weight.exponent}; }
};

PlacementInstance in_units(PlacementInstance instance, const Units& units) {
  for (EquipmentKind& kind : instance.kinds) {
    units.money.to_solver(kind.price);
    units.money.to_solver(kind.upkeep_per_year);
  }
  units.money.to_solver(instance.budget_per_year);
  for (std::vector<double>& level : instance.budget_levels) units.money.to_solver(level);
  for (AttemptScenario& future : instance.scenarios) units.attempts.to_solver(future.attempts);
  units.loss.to_solver(instance.loss);
  units.weight.to_solver(instance.level_weights);
  return instance;
}

void to_own_units(PlacementResult& result, const Units& units) {
  for (double* number :
       {&result.value, &result.bound, &result.root_bound, &result.value_low, &result.value_high}) {
    units.value().from_solver(*number);
  }
  units.future().from_solver(result.best_losses);
  units.future().from_solver(result.best_bounds);
  const Unit price{units.value().exponent - units.money.exponent};
  for (std::vector<double>& level : result.budget_prices) price.from_solver(level);
  if (result.repair) units.money.from_solver(result.repair->extra_budget_per_year);
}

}  // namespace

MoneyRange budget_range(const PlacementInstance& instance) {
  MoneyRange range;
  for (std::size_t h = 0; h < instance.levels(); ++h) {
    double sum = 0;
    for (const double amount : instance.budget(h)) {
      sum = instance.carry_over ? sum + amount : amount;
      widen(range, sum);
    }
  }
  return range;
}

PlacementResult solve_placement_in_its_units(const PlacementInstance& instance,
                                             const PlacementOptions& options) {
  const Units units(instance);
  if (units.own()) return solve_placement(instance, options);
  PlacementResult result = solve_placement(in_units(instance, units), options);
  to_own_units(result, units);
  return result;
}

}  // namespace panj::plan
