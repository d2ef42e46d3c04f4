// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "panj/core/date.h"

namespace panj::plan {

/// Every set of members is looked at, so that there may not be many.
inline constexpr std::size_t kMostMembers = 12;

/// What an exercise does to the readiness R of a stretch, with lift Λ = cover × Σ shares of
/// members:
enum class LiftRule {
  add_cap,    ///< R ← min(1, R + Λ)
  reset,      ///< R ← max(R, min(1, Λ))
  close_gap,  ///< R ← R + min(1, Λ)(1 − R): a share of what is missing, as in the simulator
};
inline double lifted(LiftRule rule, double readiness, double lift) {
  const double most = lift < 1 ? lift : 1;
  switch (rule) {
    case LiftRule::add_cap:
      return readiness + lift < 1 ? readiness + lift : 1;
    case LiftRule::reset:
      return readiness < most ? most : readiness;
    case LiftRule::close_gap:
      break;
  }
  return readiness + most * (1 - readiness);
}

/// When and where to hold joint exercises, so that the lowest readiness of any stretch in any month
/// is as high as can be. Years are runs of 12 months from the first month.
struct CalendarProblem {
  Month first;
  std::size_t months = 0;
  std::vector<std::string> regions;
  std::vector<std::string> members;
  std::vector<std::string> stretches;

  /// One entry for each year.
  std::vector<int> fewest_per_year;
  std::vector<int> most_per_year;
  std::vector<double> budget_per_year;
  bool one_per_month = true;  ///< else one per month and region
  int min_members = 1;
  std::vector<std::size_t> required{};  ///< members without whom no exercise is held

  double half_life_months = 12;  ///< of readiness above the floor
  double floor = 0;              ///< what readiness decays to
  LiftRule rule = LiftRule::add_cap;
  std::vector<double> start_readiness;         ///< [stretch], in month 0, before any decay
  std::vector<std::vector<double>> cover;      ///< [region][stretch]
  std::vector<double> member_share;            ///< [member]
  std::vector<std::vector<double>> cost;       ///< [member][region]
  std::vector<int> member_exercises_per_year;  ///< [member]

  std::vector<bool> closed;                      ///< [month], nobody exercises
  std::vector<std::vector<bool>> region_closed;  ///< [region][month]
  std::vector<std::vector<bool>> member_away;    ///< [member][month]

  std::size_t years() const { return (months + 11) / 12; }
};

struct Exercise {
  std::size_t month = 0;
  std::size_t region = 0;
  std::vector<std::size_t> members;

  bool operator==(const Exercise&) const = default;
};

/// Readiness [month][stretch] under a list of exercises. A month takes R to floor + d (R − floor),
/// d = 2^(−1/half-life); an exercise counts in its own month.
std::vector<std::vector<double>> readiness(const CalendarProblem& problem,
                                           const std::vector<Exercise>& exercises);
double total_cost(const CalendarProblem& problem, const std::vector<Exercise>& exercises);
/// Every rule that a list of exercises breaks, in words; empty when it is a calendar.
std::vector<std::string> broken_rules(const CalendarProblem& problem,
                                      const std::vector<Exercise>& exercises);

struct Calendar {
  std::vector<Exercise> exercises;  ///< in order of month, region
  double value = 0;                 ///< lowest readiness
  double cost = 0;                  ///< the lowest at that value
  double bound = 0;                 ///< no calendar keeps readiness above this
  bool cost_is_proven = true;
  std::uint64_t nodes = 0;
};

/// Why no calendar obeys the rules: the first year that has none, and the rules without any one of
/// which it would have ("blackout_all", "budget_per_year", …; none when several block together).
struct CalendarBlock {
  std::size_t year = 0;
  std::vector<std::string> rules;
};
std::optional<CalendarBlock> find_block(const CalendarProblem& problem);

/// Search month by month. A branch is cut when some stretch cannot stay above the target even
/// alone: counting back from the last month, the readiness it needs before each month, given how
/// many exercises are left in the year and the best lift that any of them gives. The target is
/// bisected, then raised until nothing is above it; a second search finds the lowest cost at that
/// value. Ties go to the calendar found first: later months first, then lower cost.
///
/// Nothing when the rules admit no calendar (see find_block). After `most_nodes` steps of the
/// search the best found is returned, with the bound proven so far.
std::optional<Calendar> solve_calendar(const CalendarProblem& problem,
                                       std::uint64_t most_nodes = 400'000'000);

struct Improvement {
  double value = 0;
  bool is_proven = true;  ///< else it is the best found: the highest may be higher
};
/// The highest value of `problem` above `value`, to 1e-5, or `value` when there is none; nothing
/// when `most_nodes` do not suffice to know of any. For "what would one more exercise give".
std::optional<Improvement> improved_value(const CalendarProblem& problem, double value,
                                          std::uint64_t most_nodes);
/// The lowest cost of a calendar whose readiness never falls below `value`; nothing when there is
/// none or `most_nodes` do not suffice to know.
std::optional<double> lowest_cost(const CalendarProblem& problem, double value,
                                  std::uint64_t most_nodes);

/// The rules without any one of which the year could hold the fewest exercises it must, as in
/// CalendarBlock, or "several rules together"; none when it can hold them. Nothing when that is too
/// much work to know.
std::optional<std::vector<std::string>> rules_that_block(const CalendarProblem& problem,
                                                         std::size_t year);

/// `problem` with exactly one exercise more in the year than `exercises` have there, and a budget
/// raised by what the dearest exercise costs that can be held in it: so that money does not hide
/// what the exercise would give.
CalendarProblem with_one_more(const CalendarProblem& problem,
                              const std::vector<Exercise>& exercises, std::size_t year);

}  // namespace panj::plan
