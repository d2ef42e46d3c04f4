// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/interdiction.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <numeric>

#include "panj/core/contract.h"
#include "panj/plan/detail/pair_bound.h"
#include "panj/plan/detail/set_cover_game.h"
#include "panj/plan/interdiction_local.h"

namespace panj::plan {
namespace {

using detail::Fate;
using detail::PairBound;
using detail::PairTable;
using detail::SetGame;
using detail::Split;

/// Differences below this count as none.
constexpr double kSame = 1e-10;
constexpr int kRootSteps = 600;
constexpr int kNodeSteps = 60;

class Search {
 public:
  Search(const InterdictionProblem& problem, const InterdictionOptions& options,
         std::vector<bool> start)
      : problem_(problem), options_(options), best_(std::move(start)) {
    nothing_ = pass_probability(problem, std::vector<bool>(problem.cost.size(), false));
    prevented_ = nothing_ - pass_probability(problem, best_);
  }

  /// The most passes that any set inside this node prevents, at most.
  double explore(SetGame game, Split split, PairTable conflict, std::vector<bool> chosen) {
    ++nodes_;
    const int steps = nodes_ == 1 ? kRootSteps : kNodeSteps;
    for (;;) {
      try_set(chosen);
      PairBound bound(game, split);
      bound.improve(prevented_ + kSame, steps);
      work_ += bound.work();
      const double most = bound.bound();
      if (game.size() == 0 || most <= prevented_ + kSame) return std::min(most, prevented_ + kSame);
      try_taken(game, bound, chosen);
      std::vector<Fate> fate = fates(game, bound);
      const bool pairs = note_conflicts(game, bound, conflict);
      const bool fixed = std::ranges::any_of(fate, [](Fate f) { return f != Fate::open; });
      if (fixed || pairs) {
        for (std::size_t j = 0; j < fate.size(); ++j) {
          if (fate[j] == Fate::in) chosen[game.id[j]] = true;
        }
        const std::size_t before = game.size();
        game = detail::reduced(game, fate, conflict);
        if (game.size() < before) continue;
      }
      if (out_of_time()) return most;
      return branch(game, split, conflict, chosen, bound.values(), most);
    }
  }

  const std::vector<bool>& best() const { return best_; }
  double nothing() const { return nothing_; }
  std::uint64_t nodes() const { return nodes_; }

 private:
  double branch(const SetGame& game, const Split& split, const PairTable& conflict,
                const std::vector<bool>& chosen, const std::vector<double>& values, double most) {
    const auto at = std::ranges::max_element(values) - values.begin();
    const auto j = static_cast<std::size_t>(
        std::min<std::ptrdiff_t>(at, static_cast<std::ptrdiff_t>(game.size()) - 1));
    std::vector<Fate> fate(game.size(), Fate::open);
    std::vector<bool> with = chosen;
    with[game.id[j]] = true;
    fate[j] = Fate::in;
    double reached = explore(detail::reduced(game, fate, conflict), split, conflict, with);
    if (out_of_time()) return most;
    fate[j] = Fate::out;
    reached =
        std::max(reached, explore(detail::reduced(game, fate, conflict), split, conflict, chosen));
    return std::min(most, reached);
  }

  std::vector<Fate> fates(const SetGame& game, const PairBound& bound) const {
    std::vector<Fate> fate(game.size(), Fate::open);
    const double slack = bound.bound() - prevented_ - kSame;
    for (std::size_t j = 0; j < game.size(); ++j) {
      if (bound.loss_in(j) >= slack) fate[j] = Fate::out;
      if (bound.loss_out(j) >= slack) fate[j] = Fate::in;
    }
    return fate;
  }

  bool note_conflicts(const SetGame& game, const PairBound& bound, PairTable& conflict) const {
    bool any = false;
    const double slack = bound.bound() - prevented_ - kSame;
    for (std::size_t j = 0; j < game.size(); ++j) {
      for (std::size_t k = j + 1; k < game.size(); ++k) {
        double& together = conflict.at(game.id[j], game.id[k]);
        if (together > 0 || bound.loss_pair(j, k) < slack) continue;
        together = 1;
        any = true;
      }
    }
    return any;
  }

  void try_set(const std::vector<bool>& equipped) {
    const double prevented = nothing_ - pass_probability(problem_, equipped);
    if (prevented <= prevented_ + kSame) return;
    prevented_ = prevented;
    best_ = equipped;
  }

  /// The set that the bound takes, as far as it is whole.
  void try_taken(const SetGame& game, const PairBound& bound, std::vector<bool> chosen) {
    for (std::size_t j = 0; j < game.size(); ++j) {
      if (bound.taken()[j] == 1) chosen[game.id[j]] = true;
    }
    try_set(chosen);
  }

  bool out_of_time() const {
    if (work_ >= options_.most_work) return true;
    if (options_.time_limit_seconds <= 0) return false;
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start_;
    return spent.count() > options_.time_limit_seconds;
  }

  const InterdictionProblem& problem_;
  InterdictionOptions options_;
  std::vector<bool> best_;
  double nothing_ = 0;
  double prevented_ = 0;
  std::uint64_t nodes_ = 0;
  std::uint64_t work_ = 0;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// The set without checkpoints that prevent nothing, the dearest dropped first, of equally dear
/// ones the last. One pass does: what cannot be dropped from a set cannot be dropped from a part of
/// it.
std::vector<bool> without_idle(const InterdictionProblem& problem, std::vector<bool> equipped) {
  std::vector<std::size_t> order(equipped.size());
  std::iota(order.rbegin(), order.rend(), std::size_t{0});
  std::ranges::stable_sort(order, std::ranges::greater{},
                           [&](std::size_t k) { return problem.cost[k]; });
  const double most = pass_probability(problem, equipped) + kPrevention;
  for (const std::size_t k : order) {
    if (!equipped[k]) continue;
    equipped[k] = false;
    if (pass_probability(problem, equipped) > most) equipped[k] = true;
  }
  return equipped;
}

}  // namespace

double pass_probability(const InterdictionProblem& problem, const std::vector<bool>& equipped) {
  double expected = 0;
  for (std::size_t w = 0; w < problem.routes.size(); ++w) {
    double most = 0;
    for (const EvaderRoute& route : problem.routes[w]) {
      most = std::max(most, equipped[route.checkpoint] ? route.equipped : route.unequipped);
    }
    expected += problem.probability[w] * most;
  }
  return expected;
}

std::optional<std::size_t> best_route(const std::vector<EvaderRoute>& routes,
                                      const std::vector<bool>& equipped) {
  std::optional<std::size_t> best;
  double most = -1;
  for (std::size_t r = 0; r < routes.size(); ++r) {
    const double pass = equipped[routes[r].checkpoint] ? routes[r].equipped : routes[r].unequipped;
    if (pass <= most) continue;
    most = pass;
    best = r;
  }
  return best;
}

InterdictionPlan solve_interdiction(const InterdictionProblem& problem,
                                    const InterdictionOptions& options) {
  PANJ_EXPECT(problem.routes.size() == problem.probability.size() && problem.budget >= 0);
  const std::size_t n = problem.cost.size();
  Search search(problem, options, local_search(problem));
  const double most = search.explore(detail::set_game(problem), Split(n), PairTable(n),
                                     std::vector<bool>(n, false));
  const std::vector<bool> equipped = without_idle(problem, search.best());
  InterdictionPlan plan;
  for (std::size_t k = 0; k < n; ++k) {
    if (equipped[k]) plan.equip.push_back(k);
  }
  plan.value = pass_probability(problem, equipped);
  plan.bound = std::min(plan.value, search.nothing() - most);
  if (plan.value - plan.bound < 2 * kSame) plan.bound = plan.value;
  plan.nodes = search.nodes();
  return plan;
}

}  // namespace panj::plan
