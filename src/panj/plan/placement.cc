// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/placement.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

#include "panj/core/contract.h"
#include "panj/core/parallel.h"
#include "panj/plan/detail/placement_posts.h"
#include "panj/plan/detail/placement_search.h"
#include "panj/plan/detail/placement_tidy.h"
#include "panj/plan/detail/placement_tree.h"
#include "panj/plan/placement_evaluate.h"

namespace panj::plan {
namespace {

using detail::PlacementModel;
using detail::PriceTree;
using detail::SearchOptions;
using detail::StateSpace;
using Clock = std::chrono::steady_clock;
using Plan = std::vector<Purchases>;

/// What is left of the time limit, if there is one.
class Deadline {
 public:
  explicit Deadline(double seconds) : limited_(seconds > 0) {
    const auto limit = std::chrono::duration<double>(std::min(seconds, 1e8));
    end_ = Clock::now() + std::chrono::duration_cast<Clock::duration>(limit);
  }
  bool passed() const { return limited_ && Clock::now() >= end_; }
  double seconds_left() const {
    if (!limited_) return 0;
    return std::max(1e-3, std::chrono::duration<double>(end_ - Clock::now()).count());
  }

 private:
  bool limited_;
  Clock::time_point end_;
};

/// One solve with the plans found so far.
class Solve {
 public:
  Solve(const PlacementInstance& instance, const PlacementOptions& options,
        std::vector<double> best_losses, const Deadline& deadline)
      : instance_(instance),
        options_(options),
        deadline_(deadline),
        model_(instance),
        states_((model_.best_losses = std::move(best_losses), model_)),
        tree_(instance, model_, states_, options.threads) {
    tree_.stop_when([&deadline] { return deadline.passed(); });
  }

  void run(const Purchases& posts) {
    best_ = Plan(model_.levels, posts);
    value_ = value_of(best_);
    tree_.solve_root(best_);
    root_bound_ = tree_.bound();
    // Takes no time, so that there is a plan even when the time is up.
    if (!proven() && model_.stretches >= kManyStretches) take_rounding();
    if (!done()) take_integer_master();
    if (!done() && model_.stretches >= kManyStretches) take_rounding();
    if (!done() && is_sum()) take_exchanges();
    if (!done() && !is_sum()) take_searches(kFirstSearch);
    if (!done()) take_tree(kFirstTree);
    if (!done() && !is_sum()) take_searches(kSecondSearch);
    if (!done() && !is_sum()) take_searches(kThirdSearch);
    if (!done()) take_tree(kSecondTree);
    best_ = detail::tidy_plan(instance_, model_, best_);
    value_ = value_of(best_);
  }

  const Plan& best() const { return best_; }
  double value() const { return value_; }
  double bound() const { return std::min(tree_.bound(), value_); }
  double root_bound() const { return std::min(root_bound_, value_); }
  bool done() const { return value_ - tree_.bound() <= tolerance() || deadline_.passed(); }
  bool proven() const { return value_ - tree_.bound() <= tolerance(); }
  const PriceTree& tree() const { return tree_; }
  const PlacementModel& model() const { return model_; }

 private:
  /// Nominal seconds of one core on the 24 × 6 × 4 reference size; docs/methods/placement.md.
  struct Effort {
    std::uint32_t first_chain;
    std::uint32_t chains;
    double seconds;
    double start_temperature;
  };
  static constexpr Effort kFirstSearch{0, 2, 0.15, 1e-3};
  static constexpr Effort kSecondSearch{2, 2, 1.4, 1e-3};
  static constexpr Effort kThirdSearch{4, 3, 0.7, 3e-4};
  static constexpr double kEndTemperature = 5e-5;
  static constexpr double kFirstTree = 0.3;
  static constexpr double kSecondTree = 1;
  static constexpr std::size_t kGuidePaths = 200;
  /// From here on the few stretches that are split between paths matter little.
  static constexpr std::size_t kManyStretches = 64;

  /// The goal is a sum over stretches: only money ties them together.
  bool is_sum() const { return !model_.has_risk() && !model_.has_displacement(); }
  double tolerance() const { return options_.gap_tolerance * std::max(1e-9, std::abs(value_)); }
  double value_of(const Plan& plan) const {
    return evaluate(instance_, plan, model_.best_losses).value;
  }
  void offer(Plan plan) {
    const double value = value_of(plan);
    if (value >= value_) return;
    value_ = value;
    best_ = std::move(plan);
  }

  void take_rounding() {
    if (auto plan = tree_.rounded_root()) {
      if (!evaluate(instance_, *plan).violations.empty()) return;
      rounded_ = true;
      offer(std::move(*plan));
    }
  }

  void take_integer_master() {
    constexpr std::size_t kMostColumns = 4000;
    const double window = 0.25 * (value_ - tree_.bound()) / static_cast<double>(model_.stretches);
    tree_.add_near_paths(window, kMostColumns / model_.stretches);
    const int nodes = static_cast<int>((is_sum() ? 200 : 20) * options_.effort);
    if (auto plan = tree_.integer_plan(value_, nodes)) offer(std::move(*plan));
  }

  /// Exchanges of whole paths, until two rounds in a row find nothing. A better plan leaves less
  /// gap to spend on a few stretches, and so other paths to look at.
  void take_exchanges() {
    constexpr std::uint32_t kMostRounds = 8;
    double window = std::numeric_limits<double>::infinity();
    detail::PathChoice choice;
    int idle = 0;
    for (std::uint32_t round = 0; round < kMostRounds && idle < 2 && !done(); ++round) {
      if (exchange_window() < 0.5 * window) {
        window = exchange_window();
        choice = choice_within(window);
      }
      const double before = value_;
      exchange_from(choice, round);
      idle = value_ < before ? 0 : idle + 1;
    }
  }

  /// The gap of a longer border is made of more stretches.
  double exchange_window() const {
    const double part = 1.5 / std::sqrt(static_cast<double>(model_.stretches));
    return std::min(1.0, part) * (value_ - root_bound_);
  }

  detail::PathChoice choice_within(double window) const {
    constexpr double kFewest = 20;
    constexpr double kMost = 500;
    constexpr double kInAll = 25000;
    const double share = std::clamp(std::sqrt(options_.effort), 0.15, 1.0);
    const auto paths = static_cast<std::size_t>(std::clamp(
        share * std::min(kMost, kInAll / static_cast<double>(model_.stretches)), kFewest, kMost));
    return tree_.choice_around(best_, window, {.paths = paths, .ends = paths / 2});
  }

  /// Independent searches; where one finds a better plan, `choice` becomes the best of them.
  void exchange_from(detail::PathChoice& choice, std::uint32_t round) {
    constexpr std::uint32_t kChains = 4;
    constexpr double kSteps = 1e7;
    std::vector<detail::PathChoice> found(kChains);
    parallel_for(kChains, options_.threads, [&](std::size_t c) {
      detail::ExchangeOptions exchange;
      exchange.steps = static_cast<std::uint64_t>(kSteps * options_.effort * scale());
      exchange.seed = options_.seed;
      exchange.chain = round * kChains + static_cast<std::uint32_t>(c);
      exchange.stop = [this] { return deadline_.passed(); };
      found[c] = detail::exchange_paths(choice, exchange);
    });
    for (detail::PathChoice& better : found) {
      const double before = value_;
      offer(tree_.plan_of(better));
      if (value_ < before) choice = std::move(better);
    }
  }

  /// Independent searches from the same plan; the best of them, the first among equals.
  void take_searches(const Effort& effort) {
    std::vector<Plan> found(effort.chains);
    const double window = 0.12 * (value_ - tree_.bound());
    const std::vector<detail::UnitChange> guide = tree_.near_purchases(window, kGuidePaths);
    parallel_for(effort.chains, options_.threads, [&](std::size_t c) {
      if (deadline_.passed()) return;
      SearchOptions search;
      search.steps = steps(effort.seconds);
      search.start_temperature = effort.start_temperature * heat();
      search.end_temperature = kEndTemperature * heat();
      search.seed = options_.seed;
      search.chain = effort.first_chain + static_cast<std::uint32_t>(c);
      search.guide = guide;
      search.stop = [this] { return deadline_.passed(); };
      found[c] = detail::search_plan(instance_, model_, best_, search);
    });
    for (Plan& plan : found) {
      if (!plan.empty()) offer(std::move(plan));
    }
  }

  /// Of local search that take about so many nominal seconds: more for larger instances.
  std::uint64_t steps(double seconds) const {
    const double futures = model_.has_risk() ? static_cast<double>(model_.probability.size()) : 0;
    const double each = 2.5e-7 + (model_.has_displacement() ? 5e-8 : 0.0) + 1.1e-8 * futures;
    constexpr double kFewest = 20000;
    return static_cast<std::uint64_t>(
        std::max(kFewest, options_.effort * scale() * seconds / each));
  }

  /// Of the instance, in parts of the reference size.
  double size() const {
    constexpr double kReference = 24 * 6 * 4;
    return static_cast<double>(model_.stretches * model_.years * model_.kinds * model_.levels) /
           kReference;
  }
  double scale() const { return std::clamp(size(), 0.02, rounded_ ? 1.5 : 4.0); }
  /// What one unit changes is a larger part of a small instance's value.
  double heat() const { return std::clamp(1 / size(), 0.02, 20.0); }

  void take_tree(double work) {
    tree_.branch(value_, tolerance(), work * options_.effort, [this](const Plan& plan) {
      offer(plan);
      return value_;
    });
  }

  const PlacementInstance& instance_;
  const PlacementOptions& options_;
  const Deadline& deadline_;
  PlacementModel model_;
  StateSpace states_;
  PriceTree tree_;
  Plan best_;
  double value_ = 0;
  double root_bound_ = 0;
  bool rounded_ = false;  ///< a plan near the bound is known: searches find little more
};

/// Best loss of each future alone, and its bound: step 1 of regret.
void solve_futures(const PlacementInstance& instance, const PlacementOptions& options,
                   const Purchases& posts, const Deadline& deadline, PlacementResult& result) {
  const std::size_t futures = instance.scenarios.size();
  result.best_losses.assign(futures, 0.0);
  result.best_bounds.assign(futures, 0.0);
  parallel_for(futures, options.threads, [&](std::size_t s) {
    PlacementInstance alone = instance;
    alone.goal = PlacementGoal::expected;
    alone.scenarios = {instance.scenarios[s]};
    alone.scenarios[0].probability = 1;
    PlacementOptions part = options;
    part.threads = 1;
    part.effort = options.effort * std::min(1.0, 2.0 / static_cast<double>(futures));
    Solve solve(alone, part, {}, deadline);
    solve.run(posts);
    result.best_losses[s] = solve.value();
    result.best_bounds[s] = solve.bound();
  });
}

/// Regret is never below 0, whatever rounding says, and is a difference of losses: it is closed
/// when nothing is left of it beside what is lost if nothing is bought.
void close_regret(const PlacementInstance& instance, PlacementResult& result) {
  constexpr double kRoundingOfLoss = 1e-9;
  const double nothing = evaluate(instance, {Purchases(instance)}, result.best_losses).value;
  result.value = std::max(0.0, result.value);
  result.bound = std::clamp(result.bound, 0.0, result.value);
  result.root_bound = std::clamp(result.root_bound, 0.0, result.value);
  if (result.value - result.bound > kRoundingOfLoss * std::max(1.0, nothing)) return;
  result.bound = result.value;
  result.proven = true;
}

void report_regret(const PlacementInstance& instance, PlacementResult& result) {
  close_regret(instance, result);
  const PlacementEvaluation evaluation = evaluate(instance, result.plan, result.best_losses);
  result.value_low = result.value;
  result.value_high = result.value;
  for (std::size_t s = 0; s < result.best_bounds.size(); ++s) {
    result.value_high =
        std::max(result.value_high, evaluation.losses[0][s] - result.best_bounds[s]);
    result.proven = result.proven && result.best_losses[s] - result.best_bounds[s] <=
                                         1e-9 * std::max(1.0, result.best_losses[s]);
  }
}

}  // namespace

PlacementResult solve_placement(const PlacementInstance& instance,
                                const PlacementOptions& options) {
  PANJ_EXPECT(!instance.stretches.empty() && !instance.years.empty());
  const Deadline deadline(options.time_limit_seconds);
  PlacementResult result;
  const detail::PostPlan posts = detail::plan_posts(instance);
  if (!posts.feasible()) {
    result.repair = posts.repair;
    return result;
  }
  if (instance.goal == PlacementGoal::regret) {
    solve_futures(instance, options, posts.purchases, deadline, result);
  }
  Solve solve(instance, options, result.best_losses, deadline);
  solve.run(posts.purchases);
  result.plan = solve.best();
  result.value = solve.value();
  result.bound = solve.bound();
  result.root_bound = solve.root_bound();
  result.proven = solve.proven();
  result.nodes = solve.tree().nodes();
  result.columns = solve.tree().columns();
  const std::vector<double>& money = solve.tree().prices().money;
  for (std::size_t h = 0; h < instance.levels(); ++h) {
    const auto first = money.begin() + static_cast<std::ptrdiff_t>(h * instance.years.size());
    result.budget_prices.emplace_back(first,
                                      first + static_cast<std::ptrdiff_t>(instance.years.size()));
  }
  if (instance.goal == PlacementGoal::regret) report_regret(instance, result);
  return result;
}

}  // namespace panj::plan
