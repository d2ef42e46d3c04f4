// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/interdiction_local.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <set>

#include "panj/plan/detail/rounding.h"

namespace panj::plan {
namespace {

using detail::kRounding;

constexpr double kBetter = 1e-12;

/// Whether each checkpoint is equipped.
using Flags = std::vector<char>;

/// Routes of all evaders in one list, of each in falling order of P, so that a scan ends early.
class Evaluator {
 public:
  explicit Evaluator(const InterdictionProblem& problem) : probability_(problem.probability) {
    for (std::vector<EvaderRoute> routes : problem.routes) {
      std::ranges::stable_sort(routes, std::ranges::greater{}, &EvaderRoute::unequipped);
      routes_.insert(routes_.end(), routes.begin(), routes.end());
      start_.push_back(routes_.size());
    }
  }

  double operator()(const Flags& equipped) const {
    double expected = 0;
    for (std::size_t w = 0; w < probability_.size(); ++w) {
      expected += probability_[w] * best_of(w, equipped).pass;
    }
    return expected;
  }

  /// What each checkpoint prevents when it is equipped as well. Returns what passes before.
  double gains(Flags& equipped, std::vector<double>& gain) const {
    gain.assign(equipped.size(), 0.0);
    double expected = 0;
    for (std::size_t w = 0; w < probability_.size(); ++w) {
      const Best best = best_of(w, equipped);
      expected += probability_[w] * best.pass;
      if (best.checkpoint == kNone || equipped[best.checkpoint] != 0) continue;
      equipped[best.checkpoint] = 1;
      gain[best.checkpoint] += probability_[w] * (best.pass - best_of(w, equipped).pass);
      equipped[best.checkpoint] = 0;
    }
    return expected;
  }

 private:
  static constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();
  struct Best {
    double pass = 0;
    std::size_t checkpoint = kNone;
  };

  Best best_of(std::size_t w, const Flags& equipped) const {
    Best best;
    for (std::size_t r = start_[w]; r < start_[w + 1]; ++r) {
      const EvaderRoute& route = routes_[r];
      if (route.unequipped <= best.pass) break;
      const double pass = equipped[route.checkpoint] != 0 ? route.equipped : route.unequipped;
      if (pass > best.pass) best = {pass, route.checkpoint};
    }
    return best;
  }

  std::vector<double> probability_;
  std::vector<EvaderRoute> routes_;
  std::vector<std::size_t> start_{0};  ///< of each evader in routes_, and the end
};

struct Filling {
  Flags equipped;
  double left = 0;  ///< budget
  double value = 0;
};

/// The best single swap or addition; false when none helps.
bool improve(const InterdictionProblem& problem, const Evaluator& evaluate, Filling& at) {
  const std::size_t n = problem.cost.size();
  std::size_t best_out = n;
  std::size_t best_in = n;
  double best = at.value - kBetter;
  Flags trial = at.equipped;
  std::vector<double> gain;
  for (std::size_t out = 0; out <= n; ++out) {  // n: nothing is taken out
    if (out < n && at.equipped[out] == 0) continue;
    const double budget = at.left + (out < n ? problem.cost[out] : 0.0);
    if (out < n) trial[out] = 0;
    const double before = evaluate.gains(trial, gain);
    for (std::size_t in = 0; in < n; ++in) {
      if (at.equipped[in] != 0 || problem.cost[in] > budget + kRounding) continue;
      if (before - gain[in] >= best) continue;
      best = before - gain[in];
      best_out = out;
      best_in = in;
    }
    if (out < n) trial[out] = 1;
  }
  if (best_in == n) return false;
  if (best_out < n) {
    at.equipped[best_out] = 0;
    at.left += problem.cost[best_out];
  }
  at.equipped[best_in] = 1;
  at.left -= problem.cost[best_in];
  at.value = evaluate(at.equipped);
  return true;
}

/// Equips in this order, from `first` round to it again, what the budget allows.
Filling filled(const InterdictionProblem& problem, const Evaluator& evaluate,
               const std::vector<std::size_t>& order, std::size_t first) {
  Filling at{Flags(order.size(), 0), problem.budget, 0};
  for (std::size_t i = 0; i < order.size(); ++i) {
    const std::size_t k = order[(first + i) % order.size()];
    if (problem.cost[k] > at.left + kRounding) continue;
    at.equipped[k] = 1;
    at.left -= problem.cost[k];
  }
  at.value = evaluate(at.equipped);
  return at;
}

}  // namespace

std::vector<bool> local_search(const InterdictionProblem& problem) {
  const std::size_t n = problem.cost.size();
  const Evaluator evaluate(problem);
  std::vector<double> passed(n, 0.0);
  for (std::size_t w = 0; w < problem.routes.size(); ++w) {
    const auto route = best_route(problem.routes[w], std::vector<bool>(n, false));
    if (!route) continue;
    const EvaderRoute& first = problem.routes[w][*route];
    passed[first.checkpoint] += problem.probability[w] * (first.unequipped - first.equipped);
  }
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::ranges::greater{}, [&](std::size_t k) { return passed[k]; });
  constexpr std::size_t kStarts = 31;
  Filling best{Flags(n, 0), problem.budget, 0};
  best.value = evaluate(best.equipped);
  std::set<Flags> seen;  // from where another start has gone on already
  for (std::size_t start = 0; start < std::min(n, kStarts); ++start) {
    Filling at = filled(problem, evaluate, order, start);
    while (seen.insert(at.equipped).second && improve(problem, evaluate, at)) {
    }
    if (at.value < best.value - kBetter) best = at;
  }
  return {best.equipped.begin(), best.equipped.end()};
}

}  // namespace panj::plan
