// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/placement_marginal.h"

#include <algorithm>
#include <functional>
#include <numeric>

#include "panj/core/number.h"
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

/// One after the other, singles and at first pairs, while something fits and helps.
std::vector<UnitChange> greedy_additions(const PlacementModel& model, PlanState& state) {
  const double before = state.value();
  std::vector<UnitChange> additions;
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
    additions.insert(additions.end(), best.changes.begin(), best.changes.end());
  }
  return additions;
}

/// Looks at every set of additions, those that avoid most for their money first, and leaves out
/// sets that cannot be better: even if all money left were spent as well as the next addition is.
class AdditionSearch {
 public:
  /// Money is counted in all budget rows; with carry-over the last one holds all of it.
  AdditionSearch(const PlacementModel& model, PlanState& state)
      : model_(model),
        state_(state),
        first_row_(model.carry_over ? model.years - 1 : 0),
        before_(state.value()) {
    for (const Option& option : singles(model, state)) {
      const double gain = before_ - option.value;
      if (gain > tolerance()) single_.push_back({option.changes[0], gain, cost(option.changes[0])});
    }
    std::ranges::stable_sort(single_, std::greater<>(), &Single::rate);
  }

  /// Goes on from what is known to be possible.
  void run(std::vector<UnitChange> known, double avoided) {
    best_ = std::move(known);
    avoided_ = avoided;
    extend(0, money_left(), 0);
  }

  const std::vector<UnitChange>& best() const { return best_; }
  double avoided() const { return avoided_; }
  bool complete() const { return tried_ <= kMostTried && looks_ <= kMostLooks; }

 private:
  static constexpr std::size_t kMostTried = 10'000;  // sets; larger ones count for several
  static constexpr std::size_t kMostLooks = 5'000'000;
  static constexpr std::size_t kSmallSet = 32;
  static constexpr double kMoneyRounding = 1e-6;

  struct Single {
    UnitChange change;
    double gain = 0;
    double cost = 0;
    double rate() const { return cost > 0 ? gain / cost : kInfinity; }
  };

  double tolerance() const { return 1e-12 * std::max(1e-9, before_); }
  double cost(const UnitChange& change) const {
    const double* const spend = model_.spend_of(change.kind, change.year);
    return std::accumulate(spend + first_row_, spend + model_.years, 0.0);
  }
  double money_left() const {
    double left = 0;
    for (std::size_t row = first_row_; row < model_.years; ++row) left += state_.slack(row);
    return left;
  }

  void extend(std::size_t from, double money, double avoided) {
    for (std::size_t s = from; s < single_.size() && complete(); ++s) {
      const Single& single = single_[s];
      if (money * single.rate() <= avoided_ - avoided + tolerance()) return;
      ++looks_;
      if (single.cost > money + kMoneyRounding) continue;
      chosen_.push_back(single.change);
      tried_ += 1 + chosen_.size() * chosen_.size() / kSmallSet;
      if (state_.allows(chosen_)) {
        const double now = before_ - state_.apply(chosen_);
        state_.undo();
        if (now > avoided_ + tolerance()) {
          avoided_ = now;
          best_ = chosen_;
        }
        extend(s, money - single.cost, now);
      }
      chosen_.pop_back();
    }
  }

  const PlacementModel& model_;
  PlanState& state_;
  std::size_t first_row_;
  double before_;
  std::vector<Single> single_;
  std::vector<UnitChange> chosen_;
  std::vector<UnitChange> best_;
  double avoided_ = 0;
  std::size_t tried_ = 0;  ///< sets
  std::size_t looks_ = 0;  ///< at single additions
};

/// By weak duality: the prices of money prove a bound for any budget.
std::optional<double> most_avoided(const PlacementInstance& instance, const PlacementModel& richer,
                                   const PlacementResult& result, const BudgetStep& step) {
  if (PlacementModel(instance).cap != richer.cap) return std::nullopt;
  const std::vector<double>& prices = result.budget_prices.back();
  double price = prices[step.year];
  for (std::size_t t = step.year + 1; instance.carry_over && t < prices.size(); ++t) {
    price += prices[t];
  }
  const double weight =
      instance.goal == PlacementGoal::nested ? instance.level_weights.back() : 1.0;
  const double most = result.value - result.root_bound + price * step.extra_budget;
  if (!(weight > 0)) return std::nullopt;
  return std::max(step.loss_avoided, most / weight);
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
  const std::vector<UnitChange> greedy = greedy_additions(model, state);
  const double avoided = before - state.value();
  state.load({result.plan.back()});
  AdditionSearch search(model, state);
  search.run(greedy, avoided);
  BudgetStep step{extra_budget, year, search.avoided(), {}, false, std::nullopt};
  step.proven = search.complete() && !model.has_risk() && !model.has_displacement();
  for (const UnitChange& change : search.best()) {
    add_purchase(step.buys,
                 {change.stretch, change.kind, change.year - model.lag[change.kind], change.units});
  }
  step.loss_avoided_at_most = most_avoided(instance, model, result, step);
  return step;
}

double default_extra_budget(const PlacementInstance& instance) {
  double most = 0;
  for (const EquipmentKind& kind : instance.kinds) most = std::max(most, kind.price);
  return most;
}

}  // namespace panj::plan
