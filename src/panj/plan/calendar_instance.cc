// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/calendar_instance.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>

#include "panj/core/csv.h"
#include "panj/core/parallel.h"
#include "panj/plan/icalendar.h"

namespace panj::plan {
namespace {

using nlohmann::ordered_json;

/// Consecutive months from the first; faults name what is not.
Month read_months(InstanceReader& reader, std::size_t& count) {
  const std::vector<std::string> names = reader.names("months");
  count = names.size();
  Month first(2000, 1);
  for (std::size_t t = 0; t < names.size(); ++t) {
    const auto month = parse_month(names[t]);
    if (month && t == 0) first = *month;
    if (!month || *month != first + static_cast<int>(t)) {
      reader.fault(fmt::format("months[{}]", t), fmt::format("is '{}'", names[t]),
                   "must be consecutive months, as YYYY-MM");
      break;
    }
  }
  return first;
}

/// Marks the months listed at `place` in `closed`.
void mark_months(InstanceReader& reader, const nlohmann::json& months, const std::string& place,
                 Month first, std::vector<bool>& closed) {
  if (!months.is_array()) {
    reader.fault(place, "is no list", "must be a list of months, as YYYY-MM");
    return;
  }
  for (std::size_t b = 0; b < months.size(); ++b) {
    const auto month =
        months[b].is_string() ? parse_month(months[b].get<std::string>()) : std::optional<Month>();
    if (!month) {
      reader.fault(fmt::format("{}[{}]", place, b), "is " + months[b].dump(),
                   "must be a month, as YYYY-MM");
      continue;
    }
    const int at = *month - first;
    if (at >= 0 && at < static_cast<int>(closed.size()))
      closed[static_cast<std::size_t>(at)] = true;
  }
}

void read_blackouts(InstanceReader& reader, CalendarProblem& p) {
  p.closed.assign(p.months, false);
  p.region_closed.assign(p.regions.size(), p.closed);
  p.member_away.assign(p.members.size(), p.closed);
  if (reader.has("blackout_all")) {
    mark_months(reader, reader.value("blackout_all"), "blackout_all", p.first, p.closed);
  }
  const auto by_name = [&](const std::string& member, const std::vector<std::string>& names,
                           std::vector<std::vector<bool>>& closed) {
    if (!reader.has(member)) return;
    const nlohmann::json& lists = reader.value(member);
    if (!lists.is_object()) {
      reader.fault(member, "is no object", "must be an object of lists of months");
      return;
    }
    for (const auto& [name, months] : lists.items()) {
      const std::string place = fmt::format("{}.{}", member, name);
      const auto at = std::ranges::find(names, name);
      if (at == names.end()) {
        reader.fault(place, "is not in the file", "must be one of its names",
                     suggest_name(name, names));
        continue;
      }
      mark_months(reader, months, place, p.first,
                  closed[static_cast<std::size_t>(at - names.begin())]);
    }
  };
  by_name("blackout_region", p.regions, p.region_closed);
  by_name("blackout_member", p.members, p.member_away);
}

void read_yearly_rules(InstanceReader& reader, CalendarProblem& p) {
  const std::size_t years = std::max<std::size_t>(1, p.years());
  p.one_per_month = reader.flag_or("at_most_one_per_month", true);
  const int most =
      12 * (p.one_per_month ? 1 : static_cast<int>(std::max<std::size_t>(1, p.regions.size())));
  const int wanted = reader.whole("exercises_per_year", 0, most);
  const bool exactly = reader.flag_or("exactly_that_many", true);
  p.most_per_year.assign(years, wanted);
  p.fewest_per_year.assign(years, exactly ? wanted : 0);
  p.min_members = reader.whole_or("min_members_per_exercise", 1, 0, static_cast<int>(1e6));
  if (p.min_members > static_cast<int>(p.members.size())) {
    reader.fault("min_members_per_exercise", fmt::format("is {}", p.min_members),
                 fmt::format("must be at most the number of members, {}", p.members.size()));
  }
  p.min_members = std::max(1, p.min_members);
  if (reader.has("budget_per_year") && reader.value("budget_per_year").is_array()) {
    p.budget_per_year = reader.numbers("budget_per_year", kNotNegative, Length{years, "the years"});
  } else {
    p.budget_per_year.assign(years, reader.number("budget_per_year", kNotNegative));
  }
}

std::vector<std::string> member_names(const CalendarProblem& problem, const Exercise& exercise) {
  std::vector<std::string> names;
  names.reserve(exercise.members.size());
  for (const std::size_t k : exercise.members) names.push_back(problem.members[k]);
  return names;
}

ordered_json exercises_as_json(const CalendarProblem& problem,
                               const std::vector<Exercise>& exercises) {
  ordered_json all = ordered_json::array();
  for (const Exercise& e : exercises) {
    all.push_back({{"month", to_string(problem.first + static_cast<int>(e.month))},
                   {"region", problem.regions[e.region]},
                   {"members", member_names(problem, e)},
                   {"cost", total_cost(problem, {e})}});
  }
  return all;
}

void add_readiness(ordered_json& out, const CalendarProblem& problem,
                   const std::vector<std::vector<double>>& levels) {
  std::vector<double> low;
  std::size_t weak_month = 0;
  std::size_t weak_stretch = 0;
  for (std::size_t t = 0; t < levels.size(); ++t) {
    low.push_back(*std::ranges::min_element(levels[t]));
    for (std::size_t i = 0; i < levels[t].size(); ++i) {
      if (levels[t][i] >= levels[weak_month][weak_stretch]) continue;
      weak_month = t;
      weak_stretch = i;
    }
  }
  out["weakest"] = {{"stretch", problem.stretches[weak_stretch]},
                    {"month", to_string(problem.first + static_cast<int>(weak_month))},
                    {"readiness", levels[weak_month][weak_stretch]}};
  out["lowest_readiness_per_month"] = low;
  for (std::size_t i = 0; i < problem.stretches.size(); ++i) {
    std::vector<double> by_month;
    by_month.reserve(levels.size());
    for (const auto& month : levels) by_month.push_back(month[i]);
    out["readiness_by_stretch"][problem.stretches[i]] = by_month;
  }
}

/// Steps of the search for each what-if: those few that are hard end with a gain that is not
/// proven.
constexpr std::uint64_t kWhatIfNodes = 100'000;

/// Freedom that a calendar does not have, and what it would give.
struct WhatIf {
  const char* list;  ///< where it is reported
  ordered_json of;
  CalendarProblem problem;
  std::optional<std::size_t> year{};  ///< in which one exercise more is held
};

std::vector<WhatIf> what_ifs(const CalendarProblem& problem,
                             const std::vector<Exercise>& exercises) {
  std::vector<WhatIf> all;
  all.reserve(problem.years() + problem.months);
  for (std::size_t y = 0; y < problem.years(); ++y) {
    const std::string year = to_string(problem.first + static_cast<int>(12 * y)).substr(0, 4);
    all.push_back({"one_more_exercise", ordered_json::object({{"year", year}}),
                   with_one_more(problem, exercises, y), y});
  }
  for (std::size_t t = 0; t < problem.months; ++t) {
    if (!problem.closed[t]) continue;
    const std::string month = to_string(problem.first + static_cast<int>(t));
    all.push_back({"one_more_open_month", ordered_json::object({{"month", month}}), problem});
    all.back().problem.closed[t] = false;
  }
  return all;
}

/// The extra cost of an exercise that helps, and the rules that block one that cannot be held.
void add_price(ordered_json& entry, const WhatIf& what_if, const Calendar& calendar,
               std::optional<double> better) {
  entry["extra_cost"] = nullptr;
  entry["blocked_by"] = ordered_json::array();
  if (better && *better > calendar.value) {
    const auto cost = lowest_cost(what_if.problem, *better, kWhatIfNodes);
    if (cost) entry["extra_cost"] = *cost - calendar.cost;
    return;
  }
  const auto rules = rules_that_block(what_if.problem, *what_if.year);
  entry["blocked_by"] = rules ? ordered_json(*rules) : ordered_json(nullptr);
}

ordered_json answer(const WhatIf& what_if, const Calendar& calendar) {
  const auto better = improved_value(what_if.problem, calendar.value, kWhatIfNodes);
  ordered_json entry = what_if.of;
  entry["gain"] = better ? ordered_json(better->value - calendar.value) : ordered_json(nullptr);
  entry["gain_is_proven"] = better && better->is_proven;
  if (what_if.year) {
    add_price(entry, what_if, calendar,
              better ? std::optional(better->value) : std::optional<double>());
  }
  return entry;
}

void add_what_ifs(ordered_json& out, const CalendarProblem& problem, const Calendar& calendar,
                  unsigned threads) {
  const std::vector<WhatIf> all = what_ifs(problem, calendar.exercises);
  std::vector<ordered_json> answers(all.size());
  parallel_for(all.size(), threads, [&](std::size_t w) { answers[w] = answer(all[w], calendar); });
  for (std::size_t w = 0; w < all.size(); ++w) out[all[w].list].push_back(std::move(answers[w]));
}

}  // namespace

CalendarProblem read_calendar(const InstanceFile& file) {
  Problems problems;
  InstanceReader reader(file, problems);
  CalendarProblem p;
  p.first = read_months(reader, p.months);
  p.regions = reader.names("regions");
  p.members = reader.names("members");
  p.stretches = reader.names("stretches");
  if (p.members.size() > kMostMembers) {
    reader.fault("members", fmt::format("has {} entries", p.members.size()),
                 fmt::format("at most {}, because every set of them is tried", kMostMembers));
  }
  const Length stretches{p.stretches.size(), "stretches"};
  const Length members{p.members.size(), "members"};
  const Length regions{p.regions.size(), "regions"};
  read_yearly_rules(reader, p);
  p.half_life_months = reader.number("half_life_months", kPositive);
  const std::string rule = reader.text_or("lift_rule", "add_cap");
  const std::vector<std::string> rules{"add_cap", "reset", "close_gap"};
  const auto known = std::ranges::find(rules, rule);
  if (known == rules.end()) {
    reader.fault("lift_rule", "is '" + rule + "'", "must be a known rule",
                 suggest_name(rule, rules));
  } else {
    p.rule = static_cast<LiftRule>(known - rules.begin());
  }
  p.floor = reader.number_or("readiness_floor", 0, kShare);
  p.start_readiness = reader.numbers("start_readiness", kShare, stretches);
  p.cover = reader.table("cover_by_region_stretch", kNotNegative, regions, stretches);
  p.member_share = reader.numbers("member_share", kNotNegative, members);
  p.cost = reader.table("cost_by_member_region", kNotNegative, members, regions);
  constexpr Allowed kCount{
      .low = 0, .high = 1e6, .text = "a whole number of 0 or more", .whole = true};
  for (const double cap : reader.numbers("member_exercises_per_year", kCount, members)) {
    p.member_exercises_per_year.push_back(static_cast<int>(cap));
  }
  read_blackouts(reader, p);
  reader.finish();
  problems.throw_if_any();
  return p;
}

Solution solve_calendar_problem(const CalendarProblem& problem, unsigned threads) {
  Solution solution;
  const auto calendar = solve_calendar(problem);
  if (!calendar) {
    const auto block = find_block(problem);
    solution.status = Status::infeasible;
    const std::string year = to_string(problem.first + static_cast<int>(12 * block->year));
    solution.details["infeasible_year"] = year.substr(0, 4);
    solution.details["blocking_rules"] = block->rules;
    solution.details["reason"] =
        fmt::format("no calendar has {} exercises in the year from {}: blocked by {}",
                    problem.fewest_per_year[block->year], year,
                    block->rules.empty() ? std::string("several rules together")
                                         : fmt::format("{}", fmt::join(block->rules, " or ")));
    return solution;
  }
  solution.value = calendar->value;
  solution.bound = calendar->bound;
  solution.status = calendar->bound > calendar->value ? Status::feasible : Status::optimal;
  ordered_json& out = solution.details;
  out["cost"] = calendar->cost;
  out["lowest_cost_at_that_value"] = calendar->cost;
  out["cost_is_proven"] = calendar->cost_is_proven;
  out["nodes"] = calendar->nodes;
  out["exercises"] = exercises_as_json(problem, calendar->exercises);
  add_readiness(out, problem, readiness(problem, calendar->exercises));
  add_what_ifs(out, problem, *calendar, threads);
  return solution;
}

Solution solve_calendar_instance(const InstanceFile& file, const SolveOptions& options) {
  return solve_calendar_problem(read_calendar(file), options.threads);
}

std::vector<Exercise> exercises_of(const CalendarProblem& problem, const Solution& solution) {
  const auto place = [](const std::vector<std::string>& names, const ordered_json& name) {
    return static_cast<std::size_t>(std::ranges::find(names, name.get<std::string>()) -
                                    names.begin());
  };
  std::vector<Exercise> exercises;
  for (const ordered_json& one : solution.details["exercises"]) {
    const Month month = parse_month(one["month"].get<std::string>()).value();
    Exercise exercise{
        static_cast<std::size_t>(month - problem.first), place(problem.regions, one["region"]), {}};
    for (const ordered_json& member : one["members"]) {
      exercise.members.push_back(place(problem.members, member));
    }
    exercises.push_back(std::move(exercise));
  }
  return exercises;
}

std::string calendar_csv(const CalendarProblem& problem, const std::vector<Exercise>& exercises) {
  std::string text = "month,region,members,cost\n";
  for (const Exercise& e : exercises) {
    text += fmt::format("{},{},{},{}\n", to_string(problem.first + static_cast<int>(e.month)),
                        csv_quoted(problem.regions[e.region]),
                        csv_quoted(fmt::format("{}", fmt::join(member_names(problem, e), " "))),
                        total_cost(problem, {e}));
  }
  return text;
}

std::string readiness_csv(const CalendarProblem& problem, const std::vector<Exercise>& exercises) {
  const std::vector<std::vector<double>> levels = readiness(problem, exercises);
  std::string text = "stretch,month,readiness\n";
  for (std::size_t i = 0; i < problem.stretches.size(); ++i) {
    for (std::size_t t = 0; t < levels.size(); ++t) {
      text += fmt::format("{},{},{:.6g}\n", csv_quoted(problem.stretches[i]),
                          to_string(problem.first + static_cast<int>(t)), levels[t][i]);
    }
  }
  return text;
}

std::string calendar_icalendar(const CalendarProblem& problem,
                               const std::vector<Exercise>& exercises) {
  std::vector<DayEvent> events;
  events.reserve(exercises.size());
  for (const Exercise& e : exercises) {
    const Month month = problem.first + static_cast<int>(e.month);
    events.push_back({month.first_day(), month.last_day(),
                      "Joint exercise in " + problem.regions[e.region],
                      fmt::format("Members: {}", fmt::join(member_names(problem, e), ", ")),
                      problem.regions[e.region]});
  }
  return icalendar("Joint exercises", events, problem.first.first_day());
}

}  // namespace panj::plan
