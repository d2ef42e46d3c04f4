// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <set>
#include <vector>

#include "panj/plan/detail/placement_exchange.h"
#include "panj/plan/detail/placement_master.h"
#include "panj/plan/detail/placement_state.h"

namespace panj::plan::detail {

/// Branch and price: column generation at each node, branching on units in service, which leaves
/// the dynamic programme as it is. The work done is counted, not timed.
class PriceTree {
 public:
  PriceTree(const PlacementInstance& instance, const PlacementModel& model,
            const StateSpace& states, unsigned threads);

  /// Column generation without branching, from the plan's paths. Gives the root's bound.
  void solve_root(const std::vector<Purchases>& start);

  /// Branches, best bound first, until the gap to `best_value` is closed or the work is used up.
  /// Whole-number plans met on the way are handed to `found`, which returns the best value so far.
  using Found = std::function<double(const std::vector<Purchases>&)>;
  void branch(double best_value, double tolerance, double work_limit, const Found& found);

  /// Whole columns chosen by CBC; nothing when none beats `cutoff`.
  std::optional<std::vector<Purchases>> integer_plan(double cutoff, int nodes);

  /// The root's relaxation made whole, for goals that are sums over stretches. No more stretches
  /// are split between paths than budget rows bind; for those the best paths that can be paid
  /// together are searched. Nothing when there are none, or too many are split.
  std::optional<std::vector<Purchases>> rounded_root() const;

  /// Adds the paths that are within `window` of each stretch's cheapest at the root's prices.
  void add_near_paths(double window, std::size_t limit_per_stretch);

  /// The plan's paths and, of each stretch, those within `window` of the cheapest at the root's
  /// prices, and back.
  PathChoice choice_around(const std::vector<Purchases>& plan, double window,
                           const PathCount& most) const;
  std::vector<Purchases> plan_of(const PathChoice& choice) const;

  /// The purchases of those paths, as often as they occur.
  std::vector<UnitChange> near_purchases(double window, std::size_t limit_per_stretch) const;

  double bound() const { return bound_; }
  double relaxation() const { return relaxation_; }
  const Prices& prices() const { return root_prices_; }
  const PathPricer& pricer() const { return pricer_; }
  const UnitLimits& limits() const { return root_limits_; }
  std::size_t nodes() const { return nodes_; }
  std::size_t columns() const { return pool_.size(); }
  double work() const { return work_; }
  bool overspends() const { return overspends_; }
  void stop_when(std::function<bool()> stop) { stop_ = std::move(stop); }

 private:
  struct Node {
    double bound = 0;
    std::uint64_t order = 0;
    UnitLimits limits;
    Multipliers multipliers;
    bool operator<(const Node& other) const {
      return bound != other.bound ? bound < other.bound : order < other.order;
    }
  };
  /// Where to cut: units of `at` are either at most `floor` or above.
  struct Cut {
    std::size_t at = 0;
    int floor = 0;
    double score = -1;
  };
  struct Relaxed {
    double bound = -std::numeric_limits<double>::infinity();
    MasterProgram::Answer answer;
    Prices prices;
    bool possible = true;
  };

  bool add_path(Path path);
  Relaxed relax(const UnitLimits& limits, Multipliers multipliers, double cutoff,
                double close_enough);
  std::vector<char> allowed(const UnitLimits& limits) const;
  double expected_loss(const Column& column) const;
  std::vector<double> mean_units(const std::vector<double>& use) const;
  Cut choose_cut(const std::vector<double>& units, const Prices& prices) const;
  std::vector<Purchases> rounded(const std::vector<double>& units) const;
  std::vector<Path> near_paths(double window, std::size_t limit_per_stretch) const;
  void push_child(const Node& node, const Cut& cut, bool above, const Relaxed& relaxed);
  void count_pricing();

  const PlacementInstance& instance_;
  const PlacementModel& model_;
  const StateSpace& states_;
  PathPricer pricer_;
  MasterProgram master_;
  std::vector<Column> pool_;
  std::set<std::vector<std::uint32_t>> known_;  ///< stretch, then states
  UnitLimits root_limits_;
  Prices root_prices_;
  Multipliers root_multipliers_;
  MasterProgram::Answer root_answer_;
  double bound_ = -std::numeric_limits<double>::infinity();
  double relaxation_ = 0;
  bool overspends_ = false;
  std::multiset<Node> open_;
  std::uint64_t orders_ = 0;
  std::size_t nodes_ = 0;
  double work_ = 0;
  std::function<bool()> stop_ = [] { return false; };
};

}  // namespace panj::plan::detail
