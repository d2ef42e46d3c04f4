// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "panj/plan/placement.h"
#include "panj/plan/placement_evaluate.h"

namespace panj::plan {

/// A border of `stretches` stretches and two years with a post (slow, strong) and a drone, one
/// attempt type, and `attempts` by stretch in both years.
inline PlacementInstance small_border(const std::vector<double>& attempts,
                                      std::vector<double> budget = {14, 8}) {
  PlacementInstance instance;
  instance.years = {2029, 2030};
  instance.types = {"armed"};
  instance.kinds = {{"post", 10, 1, 1, {0.35}, 2}, {"drone", 3, 0.8, 0, {0.1}, 2}};
  instance.budget_per_year = std::move(budget);
  instance.min_posts_from_year = 2030;
  AttemptScenario scenario{1, {}};
  for (int year = 0; year < 2; ++year) {
    scenario.attempts.insert(scenario.attempts.end(), attempts.begin(), attempts.end());
  }
  for (std::size_t i = 0; i < attempts.size(); ++i) {
    instance.stretches.push_back("s" + std::to_string(i + 1));
  }
  instance.scenarios = {scenario};
  instance.loss.assign(attempts.size(), 1.0);
  instance.existing.assign(2 * attempts.size(), 0);
  instance.min_posts.assign(attempts.size(), 0);
  return instance;
}

/// A random border of three stretches with everything a border can have.
inline PlacementInstance random_border(unsigned seed, PlacementGoal goal) {
  std::mt19937 random(seed);
  const auto number = [&](double low, double high) {
    return low + (high - low) * static_cast<double>(random() % 1000) / 999;
  };
  PlacementInstance instance = small_border({1, 1, 1}, {number(6, 14), number(3, 9)});
  instance.types = {"armed", "smuggling"};
  instance.goal = goal;
  instance.carry_over = random() % 2 == 0;
  for (EquipmentKind& kind : instance.kinds) {
    kind.detect = {number(0.05, 0.5), number(0.05, 0.5)};
    kind.price = number(2, 8);
    kind.max_per_stretch = 1 + static_cast<int>(random() % 2);
  }
  for (double& loss : instance.loss) loss = number(0.5, 2);
  instance.loss.insert(instance.loss.end(), {1.0, 1.3, 0.7});
  for (int& units : instance.existing) units = static_cast<int>(random() % 2);
  instance.displacement = {random() % 2 == 0 ? 0.0 : number(0, 1), static_cast<int>(random() % 3),
                           number(0, 1)};
  instance.scenarios.clear();
  const int scenarios = goal == PlacementGoal::regret || goal == PlacementGoal::cvar ? 4 : 2;
  for (int s = 0; s < scenarios; ++s) {
    AttemptScenario& scenario = instance.scenarios.emplace_back();
    scenario.probability = 1.0 / scenarios;
    for (int c = 0; c < 12; ++c) scenario.attempts.push_back(number(0, 20));
  }
  instance.alpha = number(0, 0.9);
  if (goal == PlacementGoal::nested) {
    instance.budget_levels = {instance.budget_per_year, instance.budget_per_year};
    for (double& amount : instance.budget_levels[1]) amount += number(1, 6);
    instance.level_weights = {number(0.1, 1), number(0.1, 1)};
  }
  return instance;
}

/// Calls `visit` with every plan that breaks no cap and no lag (money and posts left out).
inline void for_every_plan(const PlacementInstance& instance,
                           const std::function<void(const Purchases&)>& visit) {
  Purchases plan(instance);
  const std::size_t years = instance.years.size();
  const std::size_t kinds = instance.kinds.size();
  const std::function<void(std::size_t, int)> choose = [&](std::size_t index, int left) {
    if (index == instance.stretches.size() * kinds * years) return visit(plan);
    const std::size_t t = index % years;
    const std::size_t k = index / years % kinds;
    const std::size_t i = index / years / kinds;
    if (t == 0) left = instance.kinds[k].max_per_stretch.value_or(0);
    const bool late = t + static_cast<std::size_t>(instance.kinds[k].delivery_lag_years) >= years;
    for (int units = 0; units <= (late ? 0 : left); ++units) {
      plan.at(i, k, t) = units;
      choose(index + 1, left - units);
    }
    plan.at(i, k, t) = 0;
  };
  choose(0, 0);
}

}  // namespace panj::plan
