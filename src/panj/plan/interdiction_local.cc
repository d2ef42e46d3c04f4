// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/interdiction_local.h"

#include <algorithm>
#include <numeric>

namespace panj::plan {
namespace {

constexpr double kRounding = 1e-9;
constexpr double kBetter = 1e-12;

/// Routes in falling order of P, so that a scan ends early.
class Evaluator {
 public:
  explicit Evaluator(const InterdictionProblem& problem) : sorted_(problem) {
    for (auto& routes : sorted_.routes) {
      std::ranges::stable_sort(routes, std::ranges::greater{}, &EvaderRoute::unequipped);
    }
  }
  double operator()(const std::vector<bool>& equipped) const {
    double expected = 0;
    for (std::size_t w = 0; w < sorted_.routes.size(); ++w) {
      double most = 0;
      for (const EvaderRoute& route : sorted_.routes[w]) {
        if (route.unequipped <= most) break;
        most = std::max(most, equipped[route.checkpoint] ? route.equipped : route.unequipped);
      }
      expected += sorted_.probability[w] * most;
    }
    return expected;
  }

 private:
  InterdictionProblem sorted_;
};

struct Candidate {
  std::vector<bool> equipped;
  double left = 0;  ///< budget
  double value = 0;
};

/// The best single swap or addition; false when none helps.
bool improve(const InterdictionProblem& problem, const Evaluator& evaluate, Candidate& at) {
  const std::size_t n = problem.cost.size();
  std::size_t best_out = n;
  std::size_t best_in = n;
  double best = at.value - kBetter;
  std::vector<bool> trial = at.equipped;
  for (std::size_t out = 0; out <= n; ++out) {  // n: nothing is taken out
    if (out < n && !at.equipped[out]) continue;
    const double budget = at.left + (out < n ? problem.cost[out] : 0.0);
    if (out < n) trial[out] = false;
    for (std::size_t in = 0; in < n; ++in) {
      if (at.equipped[in] || problem.cost[in] > budget + kRounding) continue;
      trial[in] = true;
      const double value = evaluate(trial);
      trial[in] = false;
      if (value >= best) continue;
      best = value;
      best_out = out;
      best_in = in;
    }
    if (out < n) trial[out] = true;
  }
  if (best_in == n) return false;
  if (best_out < n) {
    at.equipped[best_out] = false;
    at.left += problem.cost[best_out];
  }
  at.equipped[best_in] = true;
  at.left -= problem.cost[best_in];
  at.value = best;
  return true;
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
  Candidate best{std::vector<bool>(n, false), problem.budget, 0};
  best.value = evaluate(best.equipped);
  for (std::size_t start = 0; start < std::min(n, kStarts); ++start) {
    Candidate at{std::vector<bool>(n, false), problem.budget, 0};
    for (std::size_t i = 0; i < n; ++i) {
      const std::size_t k = order[(start + i) % n];
      if (problem.cost[k] > at.left + kRounding) continue;
      at.equipped[k] = true;
      at.left -= problem.cost[k];
    }
    at.value = evaluate(at.equipped);
    while (improve(problem, evaluate, at)) {
    }
    if (at.value < best.value - kBetter) best = at;
  }
  return best.equipped;
}

}  // namespace panj::plan
