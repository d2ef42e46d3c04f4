// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "panj/plan/calendar.h"

namespace panj::plan::detail {

/// What can be held in one month: an exercise, or several in different regions.
struct MonthAction {
  std::vector<Exercise> exercises;
  int count = 0;
  double cost = 0;
  double share = 0;              ///< of members, of a single exercise
  std::vector<int> member_uses;  ///< [member]
  std::vector<double> lift;      ///< [stretch]
};

/// The actions of each month that obey closures, the smallest number of members, the year's budget
/// and the members' yearly limits, each by itself; cheapest first. An exercise that another in the
/// same region outdoes (no less lift, no more cost, no more use of members who are short) is left
/// out.
std::vector<std::vector<MonthAction>> actions_by_month(const CalendarProblem& problem);

/// Depth-first search over months.
class CalendarSearch {
 public:
  CalendarSearch(const CalendarProblem& problem, std::uint64_t most_nodes);

  /// The first calendar whose readiness never falls below `target`.
  std::optional<std::vector<Exercise>> find(double target);
  /// The cheapest of them.
  std::optional<std::vector<Exercise>> find_cheapest(double target);
  /// A value that no calendar exceeds, by each stretch alone.
  double alone_bound();

  bool ran_out() const { return nodes_ > most_nodes_; }
  std::uint64_t nodes() const { return nodes_; }

 private:
  struct YearUse {
    int count = 0;
    double cost = 0;
    std::array<int, kMostMembers> member_uses{};
  };

  void set_target(double target);
  bool visit(std::size_t month, const YearUse& before);
  bool take_any(std::size_t month, const YearUse& use);
  bool go_on(std::size_t month, const MonthAction* action, const YearUse& before);
  bool fits(std::size_t month, const MonthAction& action, const YearUse& use) const;
  bool year_can_be_filled(std::size_t month, const YearUse& use) const;
  bool advance(std::size_t month, const MonthAction* action, int left);
  bool stretches_can_hold() const;
  void note_solution();
  std::size_t needed_at(std::size_t month, int left) const;

  const CalendarProblem* problem_;
  std::vector<std::vector<MonthAction>> actions_;
  std::vector<std::vector<double>> best_lift_;  ///< [month][stretch]
  std::vector<int> exercises_left_;             ///< [month] that can still be held in its year
  std::vector<double> cheapest_;                ///< [month] of the rest of the year, per exercise
  std::vector<double> least_cost_after_;        ///< [month] of all later years
  double decay_;
  int most_left_;
  std::uint64_t most_nodes_;
  std::uint64_t nodes_ = 0;

  double target_ = 0;
  bool cheapest_wanted_ = false;
  double best_cost_ = std::numeric_limits<double>::infinity();
  double cost_ = 0;
  std::vector<double> needed_;               ///< [month][left][stretch]
  std::vector<std::size_t> weakest_first_;   ///< stretches: those that failed last before others
  std::vector<std::vector<double>> before_;  ///< [month][stretch] readiness before its action
  std::vector<const MonthAction*> chosen_;   ///< [month], null for none
  /// [month][region]: the largest share of members that lifted some stretch too little just now.
  std::vector<std::vector<double>> too_little_;
  std::optional<std::vector<Exercise>> best_;
};

}  // namespace panj::plan::detail
