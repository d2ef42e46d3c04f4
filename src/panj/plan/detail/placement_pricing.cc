// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/detail/placement_pricing.h"

#include <algorithm>

#include "panj/core/contract.h"
#include "panj/core/number.h"
#include "panj/core/parallel.h"

namespace panj::plan::detail {
namespace {

/// Cost of one more unit, of kind k at level h and above, that enters service in year t; infinite
/// before the first delivery.
std::vector<double> step_costs(const PlacementModel& model, const StateSpace& states,
                               const Prices& prices) {
  std::vector<double> costs(states.steps().size() * model.years, kInfinity);
  for (std::size_t s = 0; s < states.steps().size(); ++s) {
    const StateSpace::Step& step = states.steps()[s];
    for (std::size_t t = model.lag[step.kind]; t < model.years; ++t) {
      const double* spend = model.spend_of(step.kind, t);
      double cost = 0;
      for (std::size_t h = step.level; h < model.levels; ++h) {
        for (std::size_t row = 0; row < model.years; ++row) {
          cost += prices.money[h * model.years + row] * spend[row];
        }
      }
      costs[s * model.years + t] = cost;
    }
  }
  return costs;
}

/// The dynamic programme for `Lanes` neighbouring stretches; values are [(state, lane)].
template <std::size_t Lanes>
class LaneProgramme {
 public:
  LaneProgramme(const PlacementModel& model, const StateSpace& states, std::size_t first)
      : model_(model), states_(states), first_(first) {}

  /// V of every year; what is not allowed is infinite.
  void run(const Prices& prices, const UnitLimits& limits, const std::vector<double>& costs) {
    values_.resize(model_.years);
    if constexpr (Lanes == 1) arrivals_.resize(model_.years);
    std::vector<double> current(states_.size() * Lanes, kInfinity);
    std::fill_n(current.begin(), Lanes, 0.0);
    for (std::size_t t = 0; t < model_.years; ++t) {
      for (std::size_t s = 0; s < states_.steps().size(); ++s) {
        const double cost = costs[s * model_.years + t];
        if (cost < kInfinity) sweep(current.data(), states_.steps()[s], cost);
      }
      if constexpr (Lanes == 1) arrivals_[t] = current;
      add_losses(current.data(), prices, t);
      for (std::size_t h = 0; h < model_.levels; ++h) forbid(current.data(), limits, h, t);
      values_[t] = current;
    }
  }

  double value(std::size_t t, std::size_t state, std::size_t lane) const {
    return values_[t][state * Lanes + lane];
  }
  /// The value without the loss of year t itself; kept for a stretch alone.
  double arrival(std::size_t t, std::size_t state) const { return arrivals_[t][state]; }

 private:
  void sweep(double* values, const StateSpace::Step& step, double cost) const {
    const std::size_t stride = states_.stride(step.kind) * Lanes;
    const std::size_t block = stride * states_.points(step.kind);
    const std::size_t end = states_.size() * Lanes;
    for (std::size_t base = 0; base < end; base += block) {
      for (const auto& [from, to] : step.from_to) {
        const double* source = values + base + from * stride;
        double* target = values + base + to * stride;
        for (std::size_t x = 0; x < stride; x += Lanes) {
          for (std::size_t lane = 0; lane < Lanes; ++lane) {
            const double moved = source[x + lane] + cost;
            target[x + lane] = moved < target[x + lane] ? moved : target[x + lane];
          }
        }
      }
    }
  }

  void add_losses(double* values, const Prices& prices, std::size_t t) const {
    for (std::size_t h = 0; h < model_.levels; ++h) {
      for (std::size_t a = 0; a < model_.types; ++a) {
        double weight[Lanes] = {};
        for (std::size_t lane = 0; lane < Lanes && first_ + lane < model_.stretches; ++lane) {
          const std::size_t i = first_ + lane;
          weight[lane] = prices.weight[h * model_.cells() + model_.cell(t, i, a)] *
                         model_.initial_loss[i * model_.types + a];
        }
        const double* missed = states_.missed(h, a).data();
        for (std::size_t n = 0; n < states_.size(); ++n) {
          for (std::size_t lane = 0; lane < Lanes; ++lane) {
            values[n * Lanes + lane] += weight[lane] * missed[n];
          }
        }
      }
    }
  }

  void forbid(double* values, const UnitLimits& limits, std::size_t h, std::size_t t) const {
    for (std::size_t lane = 0; lane < Lanes && first_ + lane < model_.stretches; ++lane) {
      for (std::size_t k = 0; k < model_.kinds; ++k) {
        const std::size_t at =
            ((h * model_.years + t) * model_.stretches + first_ + lane) * model_.kinds + k;
        if (limits.low[at] <= 0 && limits.high[at] >= model_.cap[k]) continue;
        for (std::size_t p = 0; p < states_.points(k); ++p) {
          const int units = states_.units_at(k, h, p);
          if (units < limits.low[at] || units > limits.high[at]) forbid_point(values, k, p, lane);
        }
      }
    }
  }

  void forbid_point(double* values, std::size_t k, std::size_t p, std::size_t lane) const {
    const std::size_t stride = states_.stride(k);
    const std::size_t block = stride * states_.points(k);
    for (std::size_t base = p * stride; base < states_.size(); base += block) {
      for (std::size_t n = base; n < base + stride; ++n) values[n * Lanes + lane] = kInfinity;
    }
  }

  const PlacementModel& model_;
  const StateSpace& states_;
  std::size_t first_;
  std::vector<std::vector<double>> values_;
  std::vector<std::vector<double>> arrivals_;
};

/// Calls `visit(n', cost of going from n' to n in year t)` for every n' that n can come from.
/// Costs are additive over kinds and levels: `costs` as from step_costs.
class Predecessors {
 public:
  Predecessors(const PlacementModel& model, const StateSpace& states,
               const std::vector<double>& costs)
      : model_(model), states_(states), costs_(costs) {}

  template <class Visit>
  void visit(std::size_t state, std::size_t t, const Visit& visit) const {
    visit_kind(state, t, 0, 0, 0.0, visit);
  }

 private:
  template <class Visit>
  void visit_kind(std::size_t state, std::size_t t, std::size_t k, std::size_t before, double cost,
                  const Visit& visit) const {  // NOLINT(misc-no-recursion)
    const std::size_t to = states_.point(state, k);
    const bool is_last = k + 1 == model_.kinds;
    const bool has_levels = model_.levels > 1;
    const double each = costs_[k * model_.levels * model_.years + t];
    for (std::size_t from = 0; from <= to; ++from, before += states_.stride(k)) {
      const double more = has_levels   ? cost_between(k, from, to, t)
                          : from == to ? 0
                                       : static_cast<double>(to - from) * each;
      if (more == kInfinity) continue;
      if (is_last) {
        visit(before, cost + more);
      } else {
        visit_kind(state, t, k + 1, before, cost + more, visit);
      }
    }
  }

  double cost_between(std::size_t k, std::size_t from, std::size_t to, std::size_t t) const {
    double cost = 0;
    int below = 0;
    for (std::size_t h = 0; h < model_.levels; ++h) {
      const int bought = states_.units_at(k, h, to) - states_.units_at(k, h, from);
      if (bought < below) return kInfinity;
      if (bought > below) {
        const double each = costs_[(k * model_.levels + h) * model_.years + t];
        if (each == kInfinity) return kInfinity;
        cost += (bought - below) * each;
      }
      below = bought;
    }
    return cost;
  }

  const PlacementModel& model_;
  const StateSpace& states_;
  const std::vector<double>& costs_;
};

/// The cheapest path to a state in the last year.
template <class Programme>
Path trace(const PlacementModel& model, const Programme& programme,
           const Predecessors& predecessors, std::size_t lane, std::size_t end) {
  Path path;
  path.states.assign(model.years, 0);
  path.cost = programme.value(model.years - 1, end, lane);
  if (path.cost == kInfinity) return path;
  std::size_t state = end;
  for (std::size_t t = model.years; t-- > 0;) {
    path.states[t] = static_cast<std::uint32_t>(state);
    if (t == 0) break;
    double least = kInfinity;
    std::size_t from = 0;
    predecessors.visit(state, t, [&](std::size_t before, double cost) {
      const double value = programme.value(t - 1, before, lane) + cost;
      if (value < least) {
        least = value;
        from = before;
      }
    });
    state = from;
  }
  return path;
}

template <class Programme>
std::size_t cheapest_end(const PlacementModel& model, const StateSpace& states,
                         const Programme& programme, std::size_t lane) {
  std::size_t best = 0;
  for (std::size_t n = 1; n < states.size(); ++n) {
    if (programme.value(model.years - 1, n, lane) < programme.value(model.years - 1, best, lane)) {
      best = n;
    }
  }
  return best;
}

constexpr std::size_t kLanes = 8;

template <std::size_t Lanes>
void cheapest_of_group(const PlacementModel& model, const StateSpace& states, const Prices& prices,
                       const UnitLimits& limits, std::size_t first, std::vector<Path>& paths) {
  const std::vector<double> costs = step_costs(model, states, prices);
  LaneProgramme<Lanes> programme(model, states, first);
  programme.run(prices, limits, costs);
  const Predecessors predecessors(model, states, costs);
  for (std::size_t lane = 0; lane < Lanes && first + lane < model.stretches; ++lane) {
    paths[first + lane] =
        trace(model, programme, predecessors, lane, cheapest_end(model, states, programme, lane));
    paths[first + lane].stretch = first + lane;
  }
}

/// Depth-first over all paths, last year first and cheapest end first, cut by the exact cost to
/// come.
class PathList {
 public:
  PathList(const PlacementModel& model, const StateSpace& states, const LaneProgramme<1>& programme,
           const Predecessors& predecessors)
      : model_(model), states_(states), programme_(programme), predecessors_(predecessors) {}

  std::vector<Path> collect(double window, const PathCount& most) {
    const std::size_t last = model_.years - 1;
    ceiling_ = window + programme_.value(last, cheapest_end(model_, states_, programme_, 0), 0);
    limit_ = most.paths;
    states_of_path_.assign(model_.years, 0);
    std::vector<std::pair<double, std::size_t>> ends;
    for (std::size_t n = 0; n < states_.size(); ++n) {
      const double value = programme_.value(last, n, 0);
      if (value <= ceiling_) ends.emplace_back(value, n);
    }
    std::ranges::sort(ends);
    for (const auto& [value, n] : ends) {
      if (!is_too_dear(value)) extend(last, n, value, 0.0);
    }
    for (std::size_t e = 0; e < std::min(ends.size(), most.ends); ++e) {
      paths_.push_back(trace(model_, programme_, predecessors_, 0, ends[e].second));
    }
    return in_order();
  }

 private:
  /// Of equal cost the first in the order of states, so that the order is one.
  static bool is_cheaper(const Path& a, const Path& b) {
    return a.cost != b.cost ? a.cost < b.cost : a.states < b.states;
  }

  /// Cheapest first, each once.
  std::vector<Path> in_order() {
    std::ranges::stable_sort(paths_, {}, &Path::states);
    const auto same = [](const Path& a, const Path& b) { return a.states == b.states; };
    paths_.erase(std::unique(paths_.begin(), paths_.end(), same), paths_.end());
    std::ranges::sort(paths_, is_cheaper);
    return std::move(paths_);
  }

  bool is_too_dear(double cost) const {
    return cost > ceiling_ || limit_ == 0 || (paths_.size() == limit_ && cost >= dearest_);
  }

  void keep(double cost) {
    if (is_too_dear(cost)) return;
    if (paths_.size() == limit_) {
      std::ranges::pop_heap(paths_, is_cheaper);
      paths_.pop_back();
    }
    paths_.push_back({0, cost, states_of_path_});
    std::ranges::push_heap(paths_, is_cheaper);
    dearest_ = paths_.front().cost;
  }

  /// `value`: cost to come of `state` in year t; `after`: cost of all that follows.
  void extend(std::size_t t, std::size_t state, double value, double after) {
    states_of_path_[t] = static_cast<std::uint32_t>(state);
    if (t == 0) return keep(value + after);
    // V_t(n) = f_t(n) + least way in; the same f_t(n) counts for every way in.
    const double loss = programme_.value(t, state, 0) - programme_.arrival(t, state);
    predecessors_.visit(state, t, [&](std::size_t before, double cost) {
      const double earlier = programme_.value(t - 1, before, 0);
      if (is_too_dear(earlier + cost + loss + after)) return;
      extend(t - 1, before, earlier, cost + loss + after);
    });
  }

  const PlacementModel& model_;
  const StateSpace& states_;
  const LaneProgramme<1>& programme_;
  const Predecessors& predecessors_;
  double ceiling_ = 0;
  std::size_t limit_ = 0;
  std::vector<std::uint32_t> states_of_path_;
  std::vector<Path> paths_;  ///< a heap, the dearest at its top
  double dearest_ = kInfinity;
};

}  // namespace

UnitLimits::UnitLimits(const PlacementModel& model) {
  for (std::size_t h = 0; h < model.levels; ++h) {
    for (std::size_t t = 0; t < model.years; ++t) {
      for (std::size_t i = 0; i < model.stretches; ++i) {
        for (std::size_t k = 0; k < model.kinds; ++k) {
          const int needed = k == 0 ? model.required[t * model.stretches + i] : 0;
          low.push_back(static_cast<std::int16_t>(needed));
          high.push_back(static_cast<std::int16_t>(model.cap[k]));
        }
      }
    }
  }
}

PathPricer::PathPricer(const PlacementModel& model, const StateSpace& states, unsigned threads)
    : model_(model), states_(states), threads_(threads) {}

std::vector<Path> PathPricer::cheapest(const Prices& prices, const UnitLimits& limits) const {
  std::vector<Path> paths(model_.stretches);
  constexpr std::size_t kStatesSideBySide = 200000;
  if (states_.size() > kStatesSideBySide) {
    parallel_for(model_.stretches, threads_, [&](std::size_t i) {
      cheapest_of_group<1>(model_, states_, prices, limits, i, paths);
    });
    return paths;
  }
  parallel_for((model_.stretches + kLanes - 1) / kLanes, threads_, [&](std::size_t group) {
    cheapest_of_group<kLanes>(model_, states_, prices, limits, group * kLanes, paths);
  });
  return paths;
}

std::vector<std::vector<Path>> PathPricer::near(const Prices& prices, const UnitLimits& limits,
                                                double window, const PathCount& most) const {
  const std::vector<double> costs = step_costs(model_, states_, prices);
  const Predecessors predecessors(model_, states_, costs);
  std::vector<std::vector<Path>> paths(model_.stretches);
  parallel_for(model_.stretches, threads_, [&](std::size_t i) {
    LaneProgramme<1> programme(model_, states_, i);
    programme.run(prices, limits, costs);
    paths[i] = PathList(model_, states_, programme, predecessors).collect(window, most);
    for (Path& path : paths[i]) path.stretch = i;
  });
  return paths;
}

double PathPricer::cost(const Path& path, const Prices& prices) const {
  const std::vector<double> costs = step_costs(model_, states_, prices);
  double cost = 0;
  std::size_t before = 0;
  for (std::size_t t = 0; t < model_.years; ++t) {
    const std::size_t state = path.states[t];
    for (std::size_t k = 0; k < model_.kinds; ++k) {
      int below = 0;
      for (std::size_t h = 0; h < model_.levels; ++h) {
        const int bought = states_.units(state, k, h) - states_.units(before, k, h);
        if (bought > below)
          cost += (bought - below) * costs[(k * model_.levels + h) * model_.years + t];
        below = bought;
      }
    }
    for (std::size_t h = 0; h < model_.levels; ++h) {
      for (std::size_t a = 0; a < model_.types; ++a) {
        cost += prices.weight[h * model_.cells() + model_.cell(t, path.stretch, a)] *
                model_.initial_loss[path.stretch * model_.types + a] * states_.missed(h, a)[state];
      }
    }
    before = state;
  }
  return cost;
}

}  // namespace panj::plan::detail
