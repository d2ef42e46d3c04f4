// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/placement_marginal.h"

#include <algorithm>

#include "panj/plan/detail/placement_state.h"

namespace panj::plan {
namespace {

using detail::PlacementModel;
using detail::PlanState;
using detail::UnitChange;

/// The instance of one plan with more money; of nested plans, the largest level.
PlacementInstance with_more_money(const PlacementInstance& instance, double extra,
                                  std::size_t year) {
  PlacementInstance richer = instance;
  if (instance.goal == PlacementGoal::nested) {
    richer.goal = PlacementGoal::expected;
    richer.budget_per_year = instance.budget_levels.back();
  }
  richer.budget_per_year[year] += extra;
  return richer;
}

struct Option {
  std::vector<UnitChange> changes;
  double value = 0;
};

/// All purchases of one unit that are allowed, best first.
std::vector<Option> singles(const PlacementModel& model, PlanState& state) {
  std::vector<Option> options;
  for (std::size_t i = 0; i < model.stretches; ++i) {
    for (std::size_t k = 0; k < model.kinds; ++k) {
      for (std::size_t t = model.lag[k]; t < model.years; ++t) {
        const std::vector<UnitChange> change{{i, k, 0, t, 1}};
        if (!state.allows(change)) continue;
        options.push_back({change, state.apply(change)});
        state.undo();
      }
    }
  }
  std::ranges::stable_sort(options, {}, &Option::value);
  return options;
}

Option best_pair(PlanState& state, const std::vector<Option>& options, double value) {
  constexpr std::size_t kMostTried = 500;
  const std::size_t count = std::min(kMostTried, options.size());
  Option best{{}, value};
  for (std::size_t x = 0; x < count; ++x) {
    for (std::size_t y = x; y < count; ++y) {
      const std::vector<UnitChange> both{options[x].changes[0], options[y].changes[0]};
      if (!state.allows(both)) continue;
      const double pair = state.apply(both);
      state.undo();
      if (pair < best.value) best = {both, pair};
    }
  }
  return best;
}

/// One entry for a stretch, kind and year, in the order in which they are first bought.
void add_purchase(std::vector<Purchase>& buys, const Purchase& more) {
  const auto same = std::ranges::find_if(buys, [&](const Purchase& b) {
    return b.stretch == more.stretch && b.kind == more.kind && b.year == more.year;
  });
  if (same == buys.end()) {
    buys.push_back(more);
  } else {
    same->units += more.units;
  }
}

}  // namespace

BudgetStep next_purchases(const PlacementInstance& instance, const PlacementResult& result,
                          double extra_budget, std::size_t year) {
  const PlacementInstance richer = with_more_money(instance, extra_budget, year);
  PlacementModel model(richer);
  model.best_losses = result.best_losses;
  PlanState state(model);
  state.load({result.plan.back()});
  const double before = state.value();
  BudgetStep step{extra_budget, year, 0, {}};
  for (bool first = true;; first = false) {
    const std::vector<Option> options = singles(model, state);
    if (options.empty()) break;
    Option best = options.front();
    if (first) {
      const Option pair = best_pair(state, options, best.value);
      if (pair.value < best.value) best = pair;
    }
    if (best.value >= state.value() - 1e-12 * std::max(1e-9, before)) break;
    state.apply(best.changes);
    for (const UnitChange& change : best.changes) {
      add_purchase(step.buys, {change.stretch, change.kind, change.year - model.lag[change.kind],
                               change.units});
    }
  }
  step.loss_avoided = before - state.value();
  return step;
}

double default_extra_budget(const PlacementInstance& instance) {
  double most = 0;
  for (const EquipmentKind& kind : instance.kinds) most = std::max(most, kind.price);
  return most;
}

}  // namespace panj::plan
