// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace panj::plan {

/// One way for an evader: through one checkpoint, with its chance to get through.
struct EvaderRoute {
  std::size_t checkpoint = 0;
  double unequipped = 0;  ///< P: product along the best path to and from the checkpoint
  double equipped = 0;    ///< Q ≤ P
};

/// Where to equip checkpoints against evaders who see the equipment and take the route that is then
/// best for them: min Σ p_w θ_w, θ_w = max_k (Q_wk where k is equipped, else P_wk), Σ c_k ≤ budget.
/// NP-hard.
struct InterdictionProblem {
  std::vector<double> cost;                      ///< [checkpoint], ≥ 0
  double budget = 0;                             ///< ≥ 0
  std::vector<double> probability;               ///< [evader], adds up to 1
  std::vector<std::vector<EvaderRoute>> routes;  ///< [evader]; without a route it never passes
};

/// Expected chance that the evader passes under a set of equipped checkpoints.
double pass_probability(const InterdictionProblem& problem, const std::vector<bool>& equipped);

/// The evader's best route under that set: an index into its routes, the first of equally good
/// ones; nothing without a route.
std::optional<std::size_t> best_route(const std::vector<EvaderRoute>& routes,
                                      const std::vector<bool>& equipped);

struct InterdictionOptions {
  /// Pairs looked at in bounds; this many take about half a minute.
  std::uint64_t most_work = 2'000'000'000;
  double time_limit_seconds = 0;  ///< 0: none; a limit makes the answer depend on the machine
};

/// Equipment that lowers the expected chance to pass by no more than this prevents nothing.
inline constexpr double kPrevention = 1e-12;

struct InterdictionPlan {
  std::vector<std::size_t> equip;  ///< in order of index; each of them prevents something
  double value = 0;
  double bound = 0;  ///< no plan lets fewer pass
  std::uint64_t nodes = 0;
};

/// Branch and bound on which checkpoints to equip, with cost splitting on pairs.
///
/// Evader w prefers its routes in falling order of P; equipping its first h checkpoints, and only
/// then, lowers θ_w from level l₁ to l_{h+1} (never below max Q). So the passes prevented are
/// Σ_T a_T [T equipped] over sets T of checkpoints with weights a_T ≥ 0 (the step inequalities as
/// sets). Each weight is split over ordered pairs (j, k) of its set, and with them
///     Σ_T a_T [T ⊆ S] ≤ max_S Σ_{j∈S} (a_j + max_{S'∌j} Σ_{k∈S'} C_jk),
/// where S and each S' obey the budget: the reformulation of Adams and Sherali, which knows that at
/// most b − 1 checkpoints go with any one, solved as Caprara, Pisinger and Toth (1999) do for the
/// quadratic knapsack. A subgradient method shifts the split. On 60 checkpoints and 456 evaders
/// this bound leaves a gap of 0.5 % where the linear relaxation of the step inequalities leaves 9
/// %.
///
/// Nodes fix checkpoints and pairs by reduced cost and branch on the most valuable checkpoint,
/// equipped first; the start is a local search with swaps. The answer is the same on every machine
/// unless a time limit is set.
InterdictionPlan solve_interdiction(const InterdictionProblem& problem,
                                    const InterdictionOptions& options = {});

}  // namespace panj::plan
