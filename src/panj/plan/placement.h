// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace panj::plan {

/// A kind of equipment that can be bought. Units on one stretch detect independently of each other:
/// an assumption that matters where they look at the same place.
struct EquipmentKind {
  std::string name;
  double price = 0;            ///< paid in the year of purchase
  double upkeep_per_year = 0;  ///< paid from the year of delivery on
  int delivery_lag_years = 0;
  std::vector<double> detect;  ///< by attempt type: chance that one unit sees an attempt, below 1
  /// Units that can be bought for one stretch, over all years; nothing: as many as can be paid.
  std::optional<int> max_per_stretch;
};

/// One future of the attempts, with its probability.
struct AttemptScenario {
  double probability = 0;
  std::vector<double> attempts;  ///< [year][stretch][type], see PlacementInstance::cell
};

/// The mobile share of the attempts takes the best stretch within reach: on stretch i it causes the
/// largest of attenuation^|i−j| × undetected loss of j over |i−j| ≤ reach.
struct Displacement {
  double share = 0;
  int reach = 0;
  double attenuation = 1;
};

enum class PlacementGoal {
  expected,  ///< mean loss
  cvar,      ///< mean loss in the worst 1 − alpha of the futures
  regret,    ///< largest loss above the best possible of each future
  nested,    ///< weighted mean loss of several budget levels, each plan part of the next
};

/// Which stretch gets which equipment in which year. Money is in one unit, undiscounted; stretches
/// are in line order; everything is indexed from 0.
struct PlacementInstance {
  std::string name;
  std::vector<int> years;
  std::vector<std::string> stretches;
  std::vector<std::string> types;
  std::vector<EquipmentKind> kinds;
  std::vector<double> budget_per_year;
  bool carry_over = true;       ///< what is left of a year may be spent later
  std::vector<int> existing;    ///< [stretch][kind]; their upkeep is paid elsewhere
  std::vector<int> min_posts;   ///< by stretch, of kind 0, bought or existing
  int min_posts_from_year = 0;  ///< a year such as 2028
  std::vector<double> loss;     ///< [stretch][type] per undetected attempt
  Displacement displacement;
  std::vector<AttemptScenario> scenarios;
  PlacementGoal goal = PlacementGoal::expected;
  double alpha = 0;                                ///< of cvar, in [0, 1)
  std::vector<std::vector<double>> budget_levels;  ///< of nested: [level][year]
  std::vector<double> level_weights;               ///< of nested

  std::size_t cell(std::size_t year, std::size_t stretch, std::size_t type) const {
    return (year * stretches.size() + stretch) * types.size() + type;
  }
  /// 1, but for nested.
  std::size_t levels() const { return goal == PlacementGoal::nested ? budget_levels.size() : 1; }
  const std::vector<double>& budget(std::size_t level) const {
    return goal == PlacementGoal::nested ? budget_levels[level] : budget_per_year;
  }
};

/// Units bought, by stretch, kind and year.
class Purchases {
 public:
  Purchases() = default;
  explicit Purchases(const PlacementInstance& instance)
      : kinds_(instance.kinds.size()),
        years_(instance.years.size()),
        units_(instance.stretches.size() * kinds_ * years_) {}

  int& at(std::size_t stretch, std::size_t kind, std::size_t year) {
    return units_[(stretch * kinds_ + kind) * years_ + year];
  }
  int at(std::size_t stretch, std::size_t kind, std::size_t year) const {
    return units_[(stretch * kinds_ + kind) * years_ + year];
  }
  std::size_t stretches() const { return years_ == 0 ? 0 : units_.size() / (kinds_ * years_); }
  std::size_t kinds() const { return kinds_; }
  std::size_t years() const { return years_; }
  bool operator==(const Purchases&) const = default;

 private:
  std::size_t kinds_ = 0;
  std::size_t years_ = 0;
  std::vector<int> units_;
};

/// The smallest extra budget that makes the minimum posts payable, or why no budget does.
struct PlacementRepair {
  std::vector<double> extra_budget_per_year;  ///< empty when money does not help
  std::vector<std::string> undeliverable;     ///< what no budget repairs, in words
};

/// How long to search. The defaults stop by counts of steps, so that the answer is the same on
/// every machine and for any number of threads; `time_limit_seconds` (0: none) may stop earlier and
/// then makes the answer depend on the machine.
struct PlacementOptions {
  double gap_tolerance = 1e-9;  ///< relative; stop when value and bound are that near
  double effort = 1;            ///< scales every count of steps
  unsigned threads = 0;
  std::uint64_t seed = 1;
  double time_limit_seconds = 0;
};

/// A plan with its proof.
struct PlacementResult {
  std::vector<Purchases> plan;      ///< one for each level; empty when infeasible
  double value = 0;                 ///< of the goal, re-evaluated by `evaluate`
  double bound = 0;                 ///< no plan is below it
  double root_bound = 0;            ///< that bound before branching: what `budget_prices` prove
  bool proven = false;              ///< value = bound to the tolerance
  std::vector<double> best_losses;  ///< regret: best loss found for each future alone
  std::vector<double> best_bounds;  ///< regret: proven bound for each
  double value_low = 0;             ///< regret: against best_losses; the true regret of the plan
  double value_high = 0;            ///< lies between value_low and value_high
  std::vector<std::vector<double>> budget_prices;  ///< [level][year]: loss avoided per unit of
                                                   ///< budget more in that year
  std::optional<PlacementRepair> repair;           ///< when infeasible
  std::size_t nodes = 0;
  std::size_t columns = 0;
};

/// Solves the instance, which must be valid (see read_placement).
///
/// A dynamic programme for each stretch prices whole purchase paths; a master linear programme
/// (CLP) sets the price of money, the weight of each future and of each displacement; together they
/// prove the bound. Plans come from an integer master over the paths (CBC), exchanges of whole
/// paths or a randomised local search over units, and branching on units in service.
/// docs/methods/placement.md has the formulas.
PlacementResult solve_placement(const PlacementInstance& instance, const PlacementOptions& options);

}  // namespace panj::plan
