// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/calendar_of_theatre.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "panj/core/problem.h"
#include "panj/spillover/schedule.h"

namespace panj::plan {
namespace {

constexpr double kHalvedAtKm = 200;

struct Region {
  std::string name;
  double from_km;
  double to_km;
};

/// The theatre's landscapes on the length scale of the model, or the border as a whole.
std::vector<Region> regions_of(const Ground& ground) {
  const auto& border = ground.theatre.border;
  const double scale = ground.geometry.length_km / border.line().length_km();
  std::vector<Region> regions;
  for (const theatre::Terrain& terrain : border.terrain) {
    regions.push_back({terrain.name, scale * terrain.from_km, scale * terrain.to_km});
  }
  if (regions.empty()) regions.push_back({border.name, 0, ground.geometry.length_km});
  return regions;
}

/// How far an exercise in a region reaches each stretch; 1 in the mean over the border.
std::vector<double> cover_of(const Region& region, const spillover::Geometry& geometry) {
  std::vector<double> cover;
  double mean = 0;
  for (const geo::Stretch& stretch : geometry.stretches) {
    const double middle = stretch.middle_km();
    const double off = std::max({0.0, region.from_km - middle, middle - region.to_km});
    cover.push_back(std::exp2(-off / kHalvedAtKm));
    mean += cover.back() * stretch.length_km() / geometry.length_km;
  }
  for (double& share : cover) share /= mean;
  return cover;
}

bool exercises_in_practice(const Ground& ground, std::size_t member) {
  const auto& p = ground.parameters;
  return member == p.exposed || p.members[member].id == ground.theatre.alliance.leader;
}

void add_members(const Ground& ground, CalendarProblem& problem) {
  const auto& p = ground.parameters;
  if (p.members.size() > kMostMembers) {
    throw InvalidInput(Problem{
        .file = ground.theatre.file.string(),
        .field = "alliance.member",
        .what = std::to_string(p.members.size()) + " members",
        .why = "at most " + std::to_string(kMostMembers) + " can be combined in exercises"});
  }
  double full = 0;  // weight that makes an exercise as practised
  for (std::size_t m = 0; m < p.members.size(); ++m) {
    if (exercises_in_practice(ground, m)) full += p.members[m].weight;
  }
  for (std::size_t m = 0; m < p.members.size(); ++m) {
    if (exercises_in_practice(ground, m)) problem.required.push_back(m);
  }
  for (const spillover::MemberParameters& member : p.members) {
    problem.members.push_back(member.id);
    problem.member_share.push_back(full > 0 ? member.weight / full
                                            : 1.0 / static_cast<double>(p.members.size()));
    problem.cost.emplace_back(problem.regions.size(),
                              p.defence.exercise_cost * problem.member_share.back());
  }
}

/// What the simulator does when exercises are held as practised.
spillover::Schedule practised(const Ground& ground) {
  return {ground.parameters, ground.geometry, ground.settings,
          spillover::practised_levers(ground.parameters)};
}

int planned_years(const Ground& ground, const TheatreCalendarOptions& options) {
  return std::clamp(options.years, 1, static_cast<int>(ground.years.size()));
}

}  // namespace

CalendarProblem calendar_of(const Ground& ground, const TheatreCalendarOptions& options) {
  constexpr std::size_t kMonths = 12;
  const auto& defence = ground.parameters.defence;
  const int years = planned_years(ground, options);
  CalendarProblem problem;
  problem.first = Month(ground.years.front(), 1);
  problem.months = kMonths * static_cast<std::size_t>(years);
  for (const Region& region : regions_of(ground)) {
    problem.regions.push_back(region.name);
    problem.cover.push_back(cover_of(region, ground.geometry));
    for (double& cover : problem.cover.back()) cover *= defence.exercise_gain;
  }
  problem.stretches = ground.stretches;
  add_members(ground, problem);
  const int exercises = options.exercises_per_year.value_or(
      static_cast<int>(std::lround(ground.parameters.practice.exercises)));
  const auto count = static_cast<std::size_t>(years);
  problem.fewest_per_year.assign(count, exercises);
  problem.most_per_year.assign(count, exercises);
  problem.budget_per_year.assign(
      count, options.budget_musd_per_year.value_or(exercises * defence.exercise_cost) + 1e-9);
  problem.min_members = problem.members.size() > 1 ? 2 : 1;
  // The theatre holds no member to a number.
  problem.member_exercises_per_year.assign(problem.members.size(), static_cast<int>(kMonths));
  problem.half_life_months = 12 * std::numbers::ln2 / defence.readiness_decay;
  problem.floor = defence.readiness_floor;
  problem.rule = LiftRule::close_gap;
  const int before = ground.first_year_index() * ground.settings.steps_per_year;
  const double start =
      before > 0 ? practised(ground).step(before - 1).readiness : defence.readiness;
  const double decayed =
      problem.floor + (start - problem.floor) * std::exp2(-1 / problem.half_life_months);
  problem.start_readiness.assign(problem.stretches.size(), decayed);
  problem.closed.assign(problem.months, false);
  problem.region_closed.assign(problem.regions.size(), problem.closed);
  problem.member_away.assign(problem.members.size(), problem.closed);
  return problem;
}

double practised_readiness(const Ground& ground, const TheatreCalendarOptions& options) {
  CalendarProblem problem = calendar_of(ground, {.years = options.years});
  const spillover::Schedule schedule = practised(ground);
  const int steps_a_month = std::max(1, ground.settings.steps_per_year / 12);
  for (std::size_t t = 0; t < problem.months; ++t) {
    const int step = ground.first_year_index() * ground.settings.steps_per_year +
                     static_cast<int>(t) * steps_a_month;
    problem.closed[t] = schedule.step(step).exercises == 0;
  }
  for (std::size_t m = 0; m < problem.members.size(); ++m) {
    if (!exercises_in_practice(ground, m)) problem.member_away[m].assign(problem.months, true);
  }
  const auto calendar = solve_calendar(problem);
  return calendar ? calendar->value : 0.0;
}

TheatreCalendar plan_calendar(const Ground& ground, const TheatreCalendarOptions& options) {
  TheatreCalendar plan{.problem = calendar_of(ground, options),
                       .calendar = {},
                       .practised = practised_readiness(ground, options)};
  plan.calendar = solve_calendar(plan.problem);
  return plan;
}

}  // namespace panj::plan
