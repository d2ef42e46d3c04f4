// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/calendar.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "panj/core/contract.h"
#include "panj/plan/detail/calendar_search.h"
#include "panj/plan/detail/rounding.h"

namespace panj::plan {
namespace {

using detail::CalendarSearch;
using detail::kRounding;
using detail::MonthAction;

/// Values closer than this count as the same.
constexpr double kSameValue = 1e-10;

double lowest(const CalendarProblem& problem, const std::vector<Exercise>& exercises) {
  double value = 1;
  for (const auto& month : readiness(problem, exercises)) {
    value = std::min(value, *std::ranges::min_element(month));
  }
  return value;
}

/// Whether a year of months [from, to) has a calendar that obeys its rules, by dynamic programming
/// over months with the exercises held and the members' uses as state and the cost as value.
/// Nothing when that takes more than `most_steps`.
std::optional<bool> year_has_calendar(const CalendarProblem& problem, std::size_t year,
                                      std::size_t most_steps) {
  using State = std::vector<int>;  // count, then uses of each member
  const auto actions = detail::actions_by_month(problem);
  std::map<State, double> states{{State(problem.members.size() + 1, 0), 0.0}};
  const std::size_t end = std::min(problem.months, 12 * (year + 1));
  std::size_t steps = 0;
  for (std::size_t t = 12 * year; t < end; ++t) {
    steps += states.size() * actions[t].size();
    if (steps > most_steps) return std::nullopt;
    std::map<State, double> next = states;
    for (const auto& [state, cost] : states) {
      for (const MonthAction& action : actions[t]) {
        State reached = state;
        reached[0] += action.count;
        bool fits = reached[0] <= problem.most_per_year[year] &&
                    cost + action.cost <= problem.budget_per_year[year] + kRounding;
        for (std::size_t k = 0; k < action.member_uses.size(); ++k) {
          reached[k + 1] += action.member_uses[k];
          fits = fits && reached[k + 1] <= problem.member_exercises_per_year[k];
        }
        if (!fits) continue;
        const auto [at, is_new] = next.try_emplace(reached, cost + action.cost);
        if (!is_new) at->second = std::min(at->second, cost + action.cost);
      }
    }
    states = std::move(next);
  }
  return std::ranges::any_of(
      states, [&](const auto& state) { return state.first[0] >= problem.fewest_per_year[year]; });
}

constexpr std::size_t kNoLimit = std::numeric_limits<std::size_t>::max();

struct Rule {
  const char* name;
  void (*lift)(CalendarProblem& problem);
};

const Rule kRules[] = {
    {"blackout_all", [](CalendarProblem& p) { p.closed.assign(p.months, false); }},
    {"blackout_region",
     [](CalendarProblem& p) {
       for (auto& region : p.region_closed) region.assign(p.months, false);
     }},
    {"blackout_member",
     [](CalendarProblem& p) {
       for (auto& member : p.member_away) member.assign(p.months, false);
     }},
    {"budget_per_year",
     [](CalendarProblem& p) {
       for (double& budget : p.budget_per_year) budget = std::numeric_limits<double>::infinity();
     }},
    {"member_exercises_per_year",
     [](CalendarProblem& p) {
       for (int& most : p.member_exercises_per_year) most = static_cast<int>(p.months);
     }},
    {"min_members_per_exercise", [](CalendarProblem& p) { p.min_members = 1; }},
    {"at_most_one_per_month", [](CalendarProblem& p) { p.one_per_month = false; }},
};

/// The rules without any one of which the year has a calendar; nothing after `most_steps`.
std::optional<std::vector<std::string>> rules_without_which(const CalendarProblem& problem,
                                                            std::size_t year,
                                                            std::size_t most_steps) {
  std::vector<std::string> rules;
  for (const Rule& rule : kRules) {
    CalendarProblem lifted = problem;
    rule.lift(lifted);
    const auto has_calendar = year_has_calendar(lifted, year, most_steps);
    if (!has_calendar) return std::nullopt;
    if (*has_calendar) rules.emplace_back(rule.name);
  }
  return rules;
}

/// What the dearest exercise costs that a year can hold.
double dearest_exercise(const CalendarProblem& problem, std::size_t year) {
  double dearest = 0;
  const std::size_t end = std::min(problem.months, 12 * (year + 1));
  for (std::size_t t = 12 * year; t < end; ++t) {
    for (std::size_t g = 0; g < problem.regions.size(); ++g) {
      if (problem.closed[t] || problem.region_closed[g][t]) continue;
      double cost = 0;
      for (std::size_t k = 0; k < problem.members.size(); ++k) {
        if (!problem.member_away[k][t]) cost += problem.cost[k][g];
      }
      dearest = std::max(dearest, cost);
    }
  }
  return dearest;
}

}  // namespace

std::vector<std::vector<double>> readiness(const CalendarProblem& problem,
                                           const std::vector<Exercise>& exercises) {
  const double decay = std::exp2(-1 / problem.half_life_months);
  std::vector<std::vector<double>> all;
  std::vector<double> now = problem.start_readiness;
  for (std::size_t t = 0; t < problem.months; ++t) {
    for (double& r : now) r = t > 0 ? problem.floor + decay * (r - problem.floor) : r;
    std::vector<double> lift(now.size(), 0.0);
    for (const Exercise& exercise : exercises) {
      if (exercise.month != t) continue;
      double share = 0;
      for (const std::size_t k : exercise.members) share += problem.member_share[k];
      for (std::size_t i = 0; i < now.size(); ++i) {
        lift[i] += problem.cover[exercise.region][i] * share;
      }
    }
    for (std::size_t i = 0; i < now.size(); ++i) {
      now[i] = lifted(problem.rule, now[i], lift[i]);
    }
    all.push_back(now);
  }
  return all;
}

double total_cost(const CalendarProblem& problem, const std::vector<Exercise>& exercises) {
  double cost = 0;
  for (const Exercise& exercise : exercises) {
    for (const std::size_t k : exercise.members) cost += problem.cost[k][exercise.region];
  }
  return cost;
}

std::vector<std::string> broken_rules(const CalendarProblem& problem,
                                      const std::vector<Exercise>& exercises) {
  std::vector<std::string> broken;
  std::set<std::pair<std::size_t, std::size_t>> held;
  std::vector<int> count(problem.years(), 0);
  std::vector<double> cost(problem.years(), 0.0);
  std::map<std::pair<std::size_t, std::size_t>, int> uses;
  for (const Exercise& e : exercises) {
    const std::string month = to_string(problem.first + static_cast<int>(e.month));
    if (problem.closed[e.month] || problem.region_closed[e.region][e.month]) {
      broken.push_back(fmt::format("{}: {} is closed", month, problem.regions[e.region]));
    }
    if (!held.insert({e.month, problem.one_per_month ? 0 : e.region}).second) {
      broken.push_back(month + ": more than one exercise");
    }
    if (static_cast<int>(e.members.size()) < problem.min_members) {
      broken.push_back(month + ": too few members");
    }
    for (const std::size_t k : problem.required) {
      if (std::ranges::find(e.members, k) == e.members.end()) {
        broken.push_back(fmt::format("{}: {} does not take part", month, problem.members[k]));
      }
    }
    ++count[e.month / 12];
    cost[e.month / 12] += total_cost(problem, {e});
    for (const std::size_t k : e.members) {
      if (problem.member_away[k][e.month]) {
        broken.push_back(fmt::format("{}: {} is away", month, problem.members[k]));
      }
      if (++uses[{e.month / 12, k}] == problem.member_exercises_per_year[k] + 1) {
        broken.push_back(fmt::format("{}: {} takes part too often", month, problem.members[k]));
      }
    }
  }
  for (std::size_t y = 0; y < problem.years(); ++y) {
    if (count[y] < problem.fewest_per_year[y] || count[y] > problem.most_per_year[y]) {
      broken.push_back(fmt::format("year {}: {} exercises", y + 1, count[y]));
    }
    if (cost[y] > problem.budget_per_year[y] + kRounding) {
      broken.push_back(fmt::format("year {}: costs {}", y + 1, cost[y]));
    }
  }
  return broken;
}

std::optional<CalendarBlock> find_block(const CalendarProblem& problem) {
  for (std::size_t year = 0; year < problem.years(); ++year) {
    if (problem.fewest_per_year[year] == 0) continue;
    if (year_has_calendar(problem, year, kNoLimit).value()) continue;
    return CalendarBlock{year, rules_without_which(problem, year, kNoLimit).value()};
  }
  return std::nullopt;
}

std::optional<Calendar> solve_calendar(const CalendarProblem& problem, std::uint64_t most_nodes) {
  PANJ_EXPECT(problem.months > 0 && !problem.stretches.empty() && problem.half_life_months > 0);
  if (find_block(problem)) return std::nullopt;
  CalendarSearch search(problem, most_nodes);
  Calendar best;
  best.exercises = search.find(0).value();
  best.value = lowest(problem, best.exercises);
  double high = std::max(search.alone_bound(), best.value);
  constexpr double kCoarse = 1e-4;
  constexpr double kOpen = 1.5 * kSameValue;  // above what rounding makes of kSameValue
  while (high - best.value > kOpen && !search.ran_out()) {
    const double target =
        high - best.value > kCoarse ? 0.5 * (best.value + high) : best.value + kSameValue;
    if (const auto found = search.find(target)) {
      best.exercises = *found;
      best.value = std::max(best.value, lowest(problem, *found));
    } else if (!search.ran_out()) {
      high = target;
    }
  }
  const bool is_closed = high - best.value <= kOpen;
  if (const auto cheapest = search.find_cheapest(best.value)) {
    if (total_cost(problem, *cheapest) <= total_cost(problem, best.exercises)) {
      best.exercises = *cheapest;
    }
  }
  best.value = lowest(problem, best.exercises);
  best.bound = is_closed ? best.value : high;  // the cheaper calendar may be a rounding below
  best.cost = total_cost(problem, best.exercises);
  best.cost_is_proven = !search.ran_out();
  best.nodes = search.nodes();
  return best;
}

std::optional<Improvement> improved_value(const CalendarProblem& problem, double value,
                                          std::uint64_t most_nodes) {
  CalendarSearch search(problem, most_nodes);
  double low = value;
  double high = search.alone_bound();
  constexpr double kFine = 1e-5;
  while (high - low > kFine) {
    const double target = low == value ? low + kFine : 0.5 * (low + high);
    if (const auto found = search.find(target)) {
      low = std::max(target, lowest(problem, *found));
    } else if (!search.ran_out()) {
      high = target;
      if (low == value) break;
    } else if (low == value) {
      return std::nullopt;
    } else {
      return Improvement{.value = low, .is_proven = false};
    }
  }
  return Improvement{.value = low};
}

std::optional<double> lowest_cost(const CalendarProblem& problem, double value,
                                  std::uint64_t most_nodes) {
  CalendarSearch search(problem, most_nodes);
  const auto cheapest = search.find_cheapest(value);
  if (!cheapest || search.ran_out()) return std::nullopt;
  return total_cost(problem, *cheapest);
}

std::optional<std::vector<std::string>> rules_that_block(const CalendarProblem& problem,
                                                         std::size_t year) {
  constexpr std::size_t kMostSteps = 1'000'000;
  const auto has_calendar = year_has_calendar(problem, year, kMostSteps);
  if (!has_calendar) return std::nullopt;
  if (*has_calendar) return std::vector<std::string>{};
  auto rules = rules_without_which(problem, year, kMostSteps);
  if (rules && rules->empty()) rules->emplace_back("several rules together");
  return rules;
}

CalendarProblem with_one_more(const CalendarProblem& problem,
                              const std::vector<Exercise>& exercises, std::size_t year) {
  CalendarProblem more = problem;
  const auto held = std::ranges::count_if(
      exercises, [&](const Exercise& exercise) { return exercise.month / 12 == year; });
  more.fewest_per_year[year] = more.most_per_year[year] = static_cast<int>(held) + 1;
  more.budget_per_year[year] += dearest_exercise(problem, year);
  return more;
}

}  // namespace panj::plan
