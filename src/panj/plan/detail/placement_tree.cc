// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/detail/placement_tree.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>

#include "panj/core/contract.h"
#include "panj/core/number.h"
#include "panj/plan/detail/rounding.h"

namespace panj::plan::detail {
namespace {

constexpr double kWhole = 1e-6;

/// A choice of one column for each of a few stretches: the least loss that the money left can pay.
class FewColumns {
 public:
  FewColumns(const std::vector<Column>& pool, std::vector<double> money)
      : pool_(pool), money_(std::move(money)), least_spend_{std::vector(money_.size(), 0.0)} {}

  struct Choice {
    std::size_t column = 0;
    double loss = 0;
  };
  /// One stretch more, with what can be chosen for it.
  void add(std::vector<Choice> choices) {
    std::ranges::stable_sort(choices, {}, &Choice::loss);
    std::vector<double> least = least_spend_.back();
    for (std::size_t row = 0; row < money_.size(); ++row) {
      double spend = kInfinity;
      for (const Choice& c : choices) spend = std::min(spend, pool_[c.column].spend[row]);
      least[row] += spend;
    }
    least_spend_.push_back(std::move(least));
    least_loss_.push_back(least_loss_.back() + choices.front().loss);
    choices_.push_back(std::move(choices));
  }

  /// Columns in the order of `add`; empty when nothing can be paid.
  std::vector<std::size_t> search() {
    chosen_.clear();
    choose(choices_.size(), 0);
    return best_;
  }

 private:
  static constexpr std::size_t kMostSteps = 1'000'000;

  /// Chooses for the first `left` stretches.
  void choose(std::size_t left, double loss) {
    if (left == 0) {
      best_loss_ = loss;
      best_ = {chosen_.rbegin(), chosen_.rend()};
      return;
    }
    for (const Choice& choice : choices_[left - 1]) {
      if (++steps_ > kMostSteps) return;
      if (loss + choice.loss + least_loss_[left - 1] >= best_loss_) return;
      const std::vector<double>& spend = pool_[choice.column].spend;
      if (!can_pay(spend, left - 1)) continue;
      pay(spend, 1);
      chosen_.push_back(choice.column);
      choose(left - 1, loss + choice.loss);
      chosen_.pop_back();
      pay(spend, -1);
    }
  }
  bool can_pay(const std::vector<double>& spend, std::size_t left) const {
    for (std::size_t row = 0; row < money_.size(); ++row) {
      if (spend[row] + least_spend_[left][row] > money_[row] + kMoneyRounding) return false;
    }
    return true;
  }
  void pay(const std::vector<double>& spend, double sign) {
    for (std::size_t row = 0; row < money_.size(); ++row) money_[row] -= sign * spend[row];
  }

  const std::vector<Column>& pool_;
  std::vector<double> money_;
  std::vector<std::vector<double>> least_spend_;  ///< [stretches][row], sums
  std::vector<double> least_loss_{0.0};           ///< [stretches], sums
  std::vector<std::vector<Choice>> choices_;
  std::vector<std::size_t> chosen_;
  std::vector<std::size_t> best_;
  double best_loss_ = kInfinity;
  std::size_t steps_ = 0;
};

}  // namespace

PriceTree::PriceTree(const PlacementInstance& instance, const PlacementModel& model,
                     const StateSpace& states, unsigned threads)
    : instance_(instance),
      model_(model),
      states_(states),
      pricer_(model, states, threads),
      master_(model),
      root_limits_(model) {}

bool PriceTree::add_path(Path path) {
  std::vector<std::uint32_t> key{static_cast<std::uint32_t>(path.stretch)};
  key.insert(key.end(), path.states.begin(), path.states.end());
  if (!known_.insert(std::move(key)).second) return false;
  pool_.push_back(make_column(model_, states_, std::move(path)));
  master_.add(pool_.back());
  return true;
}

std::vector<char> PriceTree::allowed(const UnitLimits& limits) const {
  std::vector<char> flags;
  flags.reserve(pool_.size());
  for (const Column& column : pool_) {
    flags.push_back(obeys(model_, states_, limits, column.path) ? 1 : 0);
  }
  return flags;
}

/// In nominal seconds of one core, so that a limit means about the same for every instance.
void PriceTree::count_pricing() {
  const double terms = static_cast<double>(states_.steps().size() + model_.levels * model_.types);
  work_ += 1.2e-9 * terms * static_cast<double>(states_.size() * model_.years * model_.stretches);
}

PriceTree::Relaxed PriceTree::relax(const UnitLimits& limits, Multipliers multipliers,
                                    double cutoff, double close_enough) {
  Relaxed best;
  constexpr int kMostRounds = 500;
  for (int round = 0; round < kMostRounds; ++round) {
    Prices prices = to_prices(model_, master_.links(), multipliers);
    std::vector<Path> paths = pricer_.cheapest(prices, limits);
    count_pricing();
    double bound = prices.constant;
    for (const Path& path : paths) bound += path.cost;
    best.possible = bound < kInfinity;
    if (!best.possible) return best;
    if (bound > best.bound) {
      best.bound = bound;
      best.prices = std::move(prices);
    }
    bool grew = false;
    for (Path& path : paths) grew = add_path(std::move(path)) || grew;
    const bool close = round > 0 && best.answer.value - best.bound <= close_enough;
    if (best.bound >= cutoff || (round > 0 && !grew) || close || stop_()) return best;
    best.answer = master_.solve(allowed(limits));
    work_ += best.answer.work;
    multipliers = best.answer.multipliers;
  }
  return best;
}

void PriceTree::solve_root(const std::vector<Purchases>& start) {
  for (Path& path : to_paths(model_, states_, start)) add_path(std::move(path));
  root_answer_ = master_.solve(std::vector<char>(pool_.size(), 1));
  Relaxed root = relax(root_limits_, root_answer_.multipliers, kInfinity,
                       1e-10 * std::max(1.0, std::abs(root_answer_.value)));
  PANJ_EXPECT(root.possible);
  bound_ = root.bound;
  relaxation_ = root.answer.value;
  overspends_ = root.answer.overspend > kWhole;
  root_prices_ = root.prices;
  root_answer_ = std::move(root.answer);
  root_multipliers_ = root_answer_.multipliers;
  nodes_ = 1;
}

std::vector<Path> PriceTree::near_paths(double window, std::size_t limit_per_stretch) const {
  std::vector<Path> all;
  for (std::vector<Path>& near :
       pricer_.near(root_prices_, root_limits_, window, {.paths = limit_per_stretch})) {
    std::ranges::move(near, std::back_inserter(all));
  }
  return all;
}

void PriceTree::add_near_paths(double window, std::size_t limit_per_stretch) {
  for (Path& path : near_paths(window, limit_per_stretch)) add_path(std::move(path));
}

PathChoice PriceTree::choice_around(const std::vector<Purchases>& plan, double window,
                                    const PathCount& most) const {
  PathChoice choice{.stretches = {}, .budget = model_.budget, .money_price = root_prices_.money};
  std::vector<std::vector<Path>> near = pricer_.near(root_prices_, root_limits_, window, most);
  std::vector<Path> current = to_paths(model_, states_, plan);
  for (std::size_t i = 0; i < model_.stretches; ++i) {
    PathChoice::Stretch& stretch = choice.stretches.emplace_back();
    stretch.paths = std::move(near[i]);
    const double cheapest = stretch.paths.front().cost;
    auto now = std::ranges::find(stretch.paths, current[i].states, &Path::states);
    if (now == stretch.paths.end()) {
      current[i].cost = pricer_.cost(current[i], root_prices_);
      now = std::ranges::upper_bound(stretch.paths, current[i].cost, {}, &Path::cost);
      now = stretch.paths.insert(now, std::move(current[i]));
    }
    stretch.chosen = static_cast<std::size_t>(now - stretch.paths.begin());
    for (const Path& path : stretch.paths) {
      stretch.excess.push_back(path.cost - cheapest);
      std::ranges::copy(make_column(model_, states_, path).spend,
                        std::back_inserter(stretch.spend));
    }
  }
  return choice;
}

std::vector<Purchases> PriceTree::plan_of(const PathChoice& choice) const {
  return to_purchases(instance_, states_, choice.chosen());
}

std::vector<UnitChange> PriceTree::near_purchases(double window,
                                                  std::size_t limit_per_stretch) const {
  std::vector<UnitChange> purchases;
  for (const Path& path : near_paths(window, limit_per_stretch)) {
    std::size_t before = 0;
    for (std::size_t t = 0; t < model_.years; ++t) {
      for (std::size_t k = 0; k < model_.kinds; ++k) {
        int below = 0;
        for (std::size_t h = 0; h < model_.levels; ++h) {
          const int bought = states_.units(path.states[t], k, h) - states_.units(before, k, h);
          if (bought > below) purchases.push_back({path.stretch, k, h, t, 1});
          below = bought;
        }
      }
      before = path.states[t];
    }
  }
  return purchases;
}

std::optional<std::vector<Purchases>> PriceTree::integer_plan(double cutoff, int nodes) {
  std::vector<std::size_t> columns(pool_.size());
  std::iota(columns.begin(), columns.end(), std::size_t{0});
  const std::vector<std::size_t> chosen = master_.solve_integer(columns, cutoff, nodes);
  if (chosen.size() != model_.stretches) return std::nullopt;
  std::vector<Path> paths;
  paths.reserve(chosen.size());
  for (const std::size_t p : chosen) paths.push_back(pool_[p].path);
  return to_purchases(instance_, states_, paths);
}

double PriceTree::expected_loss(const Column& column) const {
  double loss = 0;
  for (std::size_t h = 0; h < model_.levels; ++h) {
    for (std::size_t t = 0; t < model_.years; ++t) {
      for (std::size_t a = 0; a < model_.types; ++a) {
        loss += model_.level_weight[h] *
                model_.attempts.front()[model_.cell(t, column.path.stretch, a)] *
                column.loss[(h * model_.years + t) * model_.types + a];
      }
    }
  }
  return loss;
}

std::optional<std::vector<Purchases>> PriceTree::rounded_root() const {
  if (model_.has_risk() || model_.has_displacement()) return std::nullopt;
  const std::size_t none = pool_.size();
  std::vector<std::size_t> whole(model_.stretches, none);
  for (std::size_t p = 0; p < root_answer_.use.size(); ++p) {
    if (root_answer_.use[p] > 1 - kWhole) whole[pool_[p].path.stretch] = p;
  }
  std::vector<double> money = model_.budget;
  std::vector<std::size_t> split;
  for (std::size_t i = 0; i < model_.stretches; ++i) {
    if (whole[i] == none) split.push_back(i);
    for (std::size_t row = 0; row < money.size() && whole[i] != none; ++row) {
      money[row] -= pool_[whole[i]].spend[row];
    }
  }
  if (split.size() > model_.budget.size() + 2) return std::nullopt;
  FewColumns few(pool_, std::move(money));
  for (const std::size_t i : split) {
    std::vector<FewColumns::Choice> choices;
    for (std::size_t p = 0; p < pool_.size(); ++p) {
      if (pool_[p].path.stretch == i) choices.push_back({p, expected_loss(pool_[p])});
    }
    few.add(std::move(choices));
  }
  const std::vector<std::size_t> found = few.search();
  if (found.size() != split.size()) return std::nullopt;
  for (std::size_t s = 0; s < split.size(); ++s) whole[split[s]] = found[s];
  std::vector<Path> paths;
  paths.reserve(whole.size());
  for (const std::size_t p : whole) paths.push_back(pool_[p].path);
  return to_purchases(instance_, states_, paths);
}

std::vector<double> PriceTree::mean_units(const std::vector<double>& use) const {
  std::vector<double> units(root_limits_.low.size());
  for (std::size_t p = 0; p < use.size(); ++p) {
    if (use[p] <= 1e-9) continue;
    const Path& path = pool_[p].path;
    for (std::size_t h = 0; h < model_.levels; ++h) {
      for (std::size_t t = 0; t < model_.years; ++t) {
        for (std::size_t k = 0; k < model_.kinds; ++k) {
          units[((h * model_.years + t) * model_.stretches + path.stretch) * model_.kinds + k] +=
              use[p] * states_.units(path.states[t], k, h);
        }
      }
    }
  }
  return units;
}

PriceTree::Cut PriceTree::choose_cut(const std::vector<double>& units, const Prices& prices) const {
  Cut best;
  for (std::size_t at = 0; at < units.size(); ++at) {
    const double part = units[at] - std::floor(units[at]);
    const double apart = std::min(part, 1 - part);
    if (apart <= kWhole) continue;
    const std::size_t k = at % model_.kinds;
    const std::size_t t = at / model_.kinds / model_.stretches % model_.years;
    const std::size_t h = at / model_.kinds / model_.stretches / model_.years;
    double cost = 1e-6;
    for (std::size_t row = 0; row < model_.years; ++row) {
      cost += prices.money[h * model_.years + row] * model_.spend_of(k, t)[row];
    }
    if (apart * cost > best.score)
      best = {at, static_cast<int>(std::floor(units[at])), apart * cost};
  }
  return best;
}

/// The plan that has these mean units, which are whole.
std::vector<Purchases> PriceTree::rounded(const std::vector<double>& units) const {
  std::vector<Purchases> plan(model_.levels, Purchases(instance_));
  for (std::size_t h = 0; h < model_.levels; ++h) {
    for (std::size_t i = 0; i < model_.stretches; ++i) {
      for (std::size_t k = 0; k < model_.kinds; ++k) {
        long before = 0;
        for (std::size_t t = model_.lag[k]; t < model_.years; ++t) {
          const long now = std::lround(
              units[((h * model_.years + t) * model_.stretches + i) * model_.kinds + k]);
          plan[h].at(i, k, t - model_.lag[k]) = static_cast<int>(now - before);
          before = now;
        }
      }
    }
  }
  return plan;
}

void PriceTree::push_child(const Node& node, const Cut& cut, bool above, const Relaxed& relaxed) {
  Node child{relaxed.bound, ++orders_, node.limits, relaxed.answer.multipliers};
  if (above) {
    child.limits.low[cut.at] = static_cast<std::int16_t>(cut.floor + 1);
  } else {
    child.limits.high[cut.at] = static_cast<std::int16_t>(cut.floor);
  }
  open_.insert(std::move(child));
}

void PriceTree::branch(double best_value, double tolerance, double work_limit, const Found& found) {
  const double work_end = work_ + work_limit;
  if (open_.empty()) open_.insert({bound_, ++orders_, root_limits_, root_multipliers_});
  double dropped = kInfinity;  // least bound among nodes closed because they reach best_value
  while (!open_.empty()) {
    bound_ = std::max(bound_, std::min({open_.begin()->bound, dropped, best_value}));
    if (best_value - bound_ <= tolerance || work_ >= work_end || stop_()) return;
    Node node = std::move(open_.extract(open_.begin()).value());
    ++nodes_;
    Relaxed relaxed = relax(node.limits, node.multipliers, best_value - tolerance,
                            std::max(1e-9, 0.02 * (best_value - node.bound)));
    if (!relaxed.possible) continue;
    relaxed.bound = std::max(relaxed.bound, node.bound);
    if (relaxed.bound >= best_value - tolerance) {
      dropped = std::min(dropped, relaxed.bound);
      continue;
    }
    if (stop_() && relaxed.answer.use.empty()) {
      open_.insert(std::move(node));
      return;
    }
    std::vector<double> units = mean_units(relaxed.answer.use);
    Cut cut = choose_cut(units, relaxed.prices);
    if (cut.score < 0) {
      relaxed = relax(node.limits, relaxed.answer.multipliers, kInfinity, 0);
      relaxed.bound = std::max(relaxed.bound, node.bound);
      units = mean_units(relaxed.answer.use);
      cut = choose_cut(units, relaxed.prices);
    }
    if (cut.score < 0) {
      if (relaxed.answer.overspend > kWhole) continue;
      best_value = std::min(best_value, found(rounded(units)));
      dropped = std::min(dropped, relaxed.bound);
      continue;
    }
    push_child(node, cut, false, relaxed);
    push_child(node, cut, true, relaxed);
  }
  bound_ = std::max(bound_, std::min(dropped, best_value));
}

}  // namespace panj::plan::detail
