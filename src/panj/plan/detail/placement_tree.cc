// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/detail/placement_tree.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>

#include "panj/core/contract.h"
#include "panj/core/number.h"

namespace panj::plan::detail {
namespace {

constexpr double kWhole = 1e-6;

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
  const std::vector<Path> cheapest = pricer_.cheapest(root_prices_, root_limits_);
  for (std::size_t i = 0; i < model_.stretches; ++i) {
    bool complete = false;
    std::vector<Path> near = pricer_.below(i, root_prices_, root_limits_, cheapest[i].cost + window,
                                           limit_per_stretch, complete);
    std::ranges::move(near, std::back_inserter(all));
  }
  return all;
}

void PriceTree::add_near_paths(double window, std::size_t limit_per_stretch) {
  for (Path& path : near_paths(window, limit_per_stretch)) add_path(std::move(path));
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
