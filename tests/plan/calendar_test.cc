// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/calendar.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "panj/core/random.h"
#include "panj/plan/calendar_instance.h"

namespace panj::plan {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// One region, one member, one stretch: readiness 1, halved every month, one
/// exercise of lift 1.
CalendarProblem small(std::size_t months) {
  CalendarProblem p;
  p.first = Month(2027, 1);
  p.months = months;
  p.regions = {"r"};
  p.members = {"m"};
  p.stretches = {"s"};
  p.fewest_per_year.assign(p.years(), 1);
  p.most_per_year.assign(p.years(), 1);
  p.budget_per_year.assign(p.years(), 10);
  p.half_life_months = 1;
  p.start_readiness = {1};
  p.cover = {{1}};
  p.member_share = {1};
  p.cost = {{2}};
  p.member_exercises_per_year = {1};
  p.closed.assign(months, false);
  p.region_closed = {p.closed};
  p.member_away = {p.closed};
  return p;
}

CalendarProblem random_problem(std::uint32_t world, std::size_t months) {
  RandomStream random(19, {.replicate = world});
  const auto draw = [&](double low, double high) { return low + (high - low) * random.uniform(); };
  CalendarProblem p = small(months);
  p.regions = {"r1", "r2"};
  p.members = {"a", "b"};
  p.stretches = {"s1", "s2", "s3"};
  p.half_life_months = draw(2, 10);
  p.rule = world % 2 == 0 ? LiftRule::add_cap : LiftRule::reset;
  p.fewest_per_year.assign(p.years(), world % 3 == 0 ? 0 : 2);
  p.most_per_year.assign(p.years(), 2);
  p.budget_per_year.assign(p.years(), std::round(draw(3, 9)));
  p.start_readiness = {draw(0.4, 1), draw(0.4, 1), draw(0.4, 1)};
  p.cover = {{draw(0, 1), draw(0, 1), draw(0, 1)}, {draw(0, 1), draw(0, 1), draw(0, 1)}};
  p.member_share = {draw(0.2, 0.7), draw(0.2, 0.7)};
  p.cost = {{std::round(draw(1, 3)), 1}, {1, std::round(draw(1, 3))}};
  p.member_exercises_per_year = {1, 2};
  p.region_closed.assign(2, p.closed);
  p.member_away.assign(2, p.closed);
  p.closed[static_cast<std::size_t>(draw(0, static_cast<double>(months)))] = true;
  p.member_away[1][static_cast<std::size_t>(draw(0, static_cast<double>(months)))] = true;
  return p;
}

/// Small numbers that are often the same: many calendars tie in value and
/// differ in cost.
CalendarProblem coarse_problem(std::uint32_t world) {
  RandomStream random(23, {.replicate = world});
  const auto pick = [&](std::vector<double> of) {
    return of[static_cast<std::size_t>(random.uniform() * static_cast<double>(of.size()))];
  };
  const auto months = static_cast<std::size_t>(pick({3, 4, 4}));
  CalendarProblem p = small(months);
  p.regions = {"r1", "r2"};
  p.members = {"a", "b"};
  p.stretches = {"s1", "s2"};
  p.half_life_months = pick({2, 6.5, 12});
  p.rule = static_cast<LiftRule>(pick({0, 1, 2}));
  p.one_per_month = world % 4 != 0;
  p.most_per_year = {static_cast<int>(pick({1, 2, 2, 3}))};
  p.fewest_per_year = {world % 3 == 0 ? 0 : p.most_per_year[0]};
  p.budget_per_year = {pick({4, 6, 9, 30})};
  p.min_members = static_cast<int>(pick({1, 1, 2}));
  p.start_readiness = {pick({0.25, 0.5, 0.98}), pick({0.5, 0.98})};
  p.cover.assign(2, {0, 0});
  p.cost.assign(2, {0, 0});
  for (auto& region : p.cover) region = {pick({0, 0.4, 1}), pick({0.3, 1, 1.5})};
  for (auto& member : p.cost) member = {pick({0, 1, 2}), pick({1, 3.5, 5})};
  p.member_share = {pick({0, 0.5}), pick({0.3, 0.8})};
  p.member_exercises_per_year = {static_cast<int>(pick({1, 2, 3})), static_cast<int>(pick({1, 3}))};
  p.region_closed.assign(2, p.closed);
  p.member_away.assign(2, p.closed);
  p.region_closed[0][static_cast<std::size_t>(pick({0, 1, 2}))] = true;
  if (world % 2 == 0) p.member_away[1][static_cast<std::size_t>(pick({0, 1, 2}))] = true;
  return p;
}

struct Best {
  double value = -1;
  double cost = 0;
};

/// Tries every calendar from a place on: region 0 of the first month, region 1,
/// region 0 of the second …
void enumerate(const CalendarProblem& p, std::size_t place, std::vector<Exercise>& held,
               Best& best) {
  const std::size_t month = place / p.regions.size();
  if (month == p.months) {
    if (!broken_rules(p, held).empty()) return;
    double value = 1;
    for (const auto& levels : readiness(p, held)) {
      value = std::min(value, *std::ranges::min_element(levels));
    }
    const double cost = total_cost(p, held);
    if (value > best.value + 1e-12 || (value > best.value - 1e-12 && cost < best.cost)) {
      best = {value, cost};
    }
    return;
  }
  enumerate(p, place + 1, held, best);
  if (static_cast<int>(held.size()) == p.most_per_year[0]) return;
  for (const auto& members : std::vector<std::vector<std::size_t>>{{0}, {1}, {0, 1}}) {
    held.push_back({month, place % p.regions.size(), members});
    enumerate(p, place + 1, held, best);
    held.pop_back();
  }
}

/// The calendar of a problem of one year is a calendar, and no other is better,
/// or as good and cheaper.
void expect_best(const CalendarProblem& p, std::uint32_t world) {
  Best best;
  std::vector<Exercise> held;
  enumerate(p, 0, held, best);
  const auto calendar = solve_calendar(p);
  ASSERT_EQ(calendar.has_value(), best.value >= 0) << world;
  if (!calendar) return;
  EXPECT_NEAR(calendar->value, best.value, 1e-10) << world;
  EXPECT_EQ(calendar->bound, calendar->value) << world;
  EXPECT_NEAR(calendar->cost, best.cost, 1e-9) << world;
  EXPECT_TRUE(calendar->cost_is_proven);
  EXPECT_THAT(broken_rules(p, calendar->exercises), IsEmpty()) << world;
}

TEST(Calendar, ExercisesAtTheLastMomentThatKeepsTheLevel) {
  // Readiness 1, 1/2, 1/4, 1/8 without exercise; one in the third month gives
  // 1, 1/2, 1, 1/2.
  const auto calendar = solve_calendar(small(4));
  ASSERT_TRUE(calendar);
  EXPECT_EQ(calendar->value, 0.5);
  EXPECT_EQ(calendar->bound, 0.5);
  EXPECT_THAT(calendar->exercises, ElementsAre(Exercise{2, 0, {0}}));
  EXPECT_EQ(calendar->cost, 2);
}

TEST(Calendar, ResetDoesNotAdd) {
  CalendarProblem p = small(2);
  p.cover = {{0.6}};
  p.start_readiness = {0.5};
  EXPECT_EQ(solve_calendar(p)->value,
            0.5);  // 0.5 + 0.6 in the first month leaves 0.5 in the next
  p.rule = LiftRule::reset;
  EXPECT_EQ(solve_calendar(p)->value, 0.5);  // 0.6 in the second month
  p.closed[1] = true;
  EXPECT_EQ(solve_calendar(p)->value, 0.3);
}

TEST(Calendar, NoOtherCalendarIsBetterOrCheaper) {
  for (std::uint32_t world = 0; world < 40; ++world) expect_best(random_problem(world, 5), world);
}

TEST(Calendar, NoOtherCalendarIsCheaperWhereManyTie) {
  for (std::uint32_t world = 0; world < 300; ++world) expect_best(coarse_problem(world), world);
}

TEST(Calendar, HoldsNoDearerExerciseInTheLastMonth) {
  // Exercises do nothing here, and two must be held: both in the region that
  // costs 2, not 5.
  CalendarProblem p = small(3);
  p.regions = {"cheap", "dear"};
  p.most_per_year = p.fewest_per_year = p.member_exercises_per_year = {2};
  p.cover = {{0}, {1}};
  p.member_share = {0};
  p.cost = {{2, 5}};
  p.region_closed = {{false, true, false}, {false, false, false}};
  const auto calendar = solve_calendar(p);
  ASSERT_TRUE(calendar);
  EXPECT_EQ(calendar->cost, 4);
  EXPECT_TRUE(calendar->cost_is_proven);
}

TEST(Calendar, IsProvenWhenTheCheaperOneIsARoundingLower) {
  CalendarProblem p = small(4);
  p.members = {"dear", "cheap"};
  p.fewest_per_year = p.most_per_year = {2};
  p.budget_per_year = {6};
  p.half_life_months = 2;
  p.rule = LiftRule::reset;
  p.start_readiness = {0.49};
  p.cover = {{0.49}};
  p.member_share = {0.5, 0.8};
  p.cost = {{3.5}, {2}};
  p.member_exercises_per_year = {2, 1};
  p.region_closed[0][0] = true;
  p.member_away = {p.closed, {true, false, true, false}};
  const auto calendar = solve_calendar(p);
  ASSERT_TRUE(calendar);
  EXPECT_NEAR(calendar->value, 0.245, 1e-12);  // 0.49 √½²
  EXPECT_EQ(calendar->bound, calendar->value);
  EXPECT_EQ(solve_calendar_problem(p).status, Status::optimal);
}

TEST(Calendar, FreedomAndMoneyNeverHurt) {
  for (std::uint32_t world = 0; world < 20; ++world) {
    CalendarProblem p = random_problem(world, 14);
    const auto before = solve_calendar(p);
    for (double& budget : p.budget_per_year) budget += 2;
    p.closed.assign(p.months, false);
    const auto after = solve_calendar(p);
    if (!before) continue;
    EXPECT_GE(after->value, before->value - 1e-9) << world;
  }
}

TEST(Calendar, NamesTheYearAndTheRuleThatBlocks) {
  CalendarProblem p = small(24);
  p.budget_per_year = {2, 1};
  const auto money = find_block(p);
  ASSERT_TRUE(money);
  EXPECT_EQ(money->year, 1U);
  EXPECT_THAT(money->rules, ElementsAre("budget_per_year"));
  p.budget_per_year = {2, 2};
  p.closed.assign(24, true);
  EXPECT_THAT(find_block(p)->rules, ElementsAre("blackout_all"));
  p.budget_per_year = {0, 0};
  EXPECT_THAT(find_block(p)->rules, IsEmpty());  // money and months together
  EXPECT_FALSE(solve_calendar(p));
}

TEST(Calendar, StopsWithABoundWhenTheSearchIsTooLong) {
  const CalendarProblem p = random_problem(2, 24);
  const auto short_search = solve_calendar(p, 100);
  const auto full = solve_calendar(p);
  ASSERT_TRUE(short_search && full);
  EXPECT_GE(short_search->bound, full->value);
  EXPECT_LE(short_search->value, full->value);
}

TEST(Calendar, ReportsTheWeakestStretchAndWhatFreedomWouldGive) {
  CalendarProblem p = small(4);
  p.closed[2] = true;  // now 1, 1/2, 1/4, 1 is the best
  const Solution solution = solve_calendar_problem(p);
  EXPECT_EQ(solution.value, 0.25);
  EXPECT_EQ(solution.details["weakest"]["month"], "2027-03");
  EXPECT_EQ(solution.details["weakest"]["stretch"], "s");
  EXPECT_NEAR(solution.details["one_more_open_month"][0]["gain"].get<double>(), 0.25, 1e-5);
}

TEST(Calendar, PricesOneMoreExerciseThatTheBudgetDoesNotHold) {
  CalendarProblem p = small(6);  // 1, 1/2, 1/4, 1, 1/2, 1/4 with one exercise
  p.budget_per_year = {2};
  p.member_exercises_per_year = {6};
  const Solution solution = solve_calendar_problem(p);
  EXPECT_EQ(solution.value, 0.25);
  const auto& more = solution.details["one_more_exercise"][0];
  EXPECT_NEAR(more["gain"].get<double>(), 0.25, 1e-5);  // 1, 1/2, 1, 1/2, 1, 1/2 with two
  EXPECT_EQ(more["gain_is_proven"], true);
  EXPECT_NEAR(more["extra_cost"].get<double>(), 2, 1e-9);
  EXPECT_THAT(more["blocked_by"], IsEmpty());
}

TEST(Calendar, NamesTheRuleThatBlocksOneMoreExercise) {
  const CalendarProblem p = small(6);  // its member takes part once a year
  const auto of_limit = solve_calendar_problem(p).details["one_more_exercise"][0];
  EXPECT_EQ(of_limit["gain"], 0);
  EXPECT_TRUE(of_limit["extra_cost"].is_null());
  EXPECT_THAT(of_limit["blocked_by"], ElementsAre("member_exercises_per_year"));
  CalendarProblem one_month = small(6);
  one_month.member_exercises_per_year = {6};
  one_month.closed = {true, true, false, true, true, true};
  EXPECT_THAT(solve_calendar_problem(one_month).details["one_more_exercise"][0]["blocked_by"],
              ElementsAre("blackout_all"));
}

TEST(Calendar, OneMoreExerciseGivesWhatTheCalendarWithItHas) {
  for (std::uint32_t world = 0; world < 60; ++world) {
    const CalendarProblem p = coarse_problem(world);
    const auto calendar = solve_calendar(p);
    if (!calendar) continue;
    const CalendarProblem more = with_one_more(p, calendar->exercises, 0);
    Best best;
    std::vector<Exercise> held;
    enumerate(more, 0, held, best);
    const auto found = solve_calendar_problem(p).details["one_more_exercise"][0];
    EXPECT_EQ(best.value < 0, !found["blocked_by"].empty()) << world;
    EXPECT_NEAR(found["gain"].get<double>(), std::max(0.0, best.value - calendar->value), 2e-5)
        << world;
    if (found["extra_cost"].is_null()) continue;
    EXPECT_LE(found["extra_cost"].get<double>(), best.cost - calendar->cost + 1e-9) << world;
  }
}

TEST(Calendar, SaysTheSameForAnyNumberOfThreads) {
  CalendarProblem p = small(6);
  p.closed[2] = true;
  p.closed[4] = true;
  const nlohmann::ordered_json one = solve_calendar_problem(p, 1).details;
  EXPECT_EQ(one["one_more_open_month"].size(), 2U);
  EXPECT_EQ(solve_calendar_problem(p, 3).details, one);
}

TEST(CalendarInstance, NamesEveryFault) {
  const char* text =
      R"({"problem": "exercise_calendar", "months": ["2027-01", "2027-03"],
    "regions": ["r"], "members": ["m"], "stretches": ["s", "s"], "exercises_per_year": 13,
    "min_members_per_exercise": 2, "half_life_months": 0, "budget_per_year": -1,
    "lift_rule": "add_kap", "start_readiness": [1.5, 0], "cover_by_region_stretch": [[1, 1]],
    "member_share": [-1], "cost_by_member_region": [[1]], "member_exercises_per_year": [1],
    "blackout_member": {"n": []}})";
  try {
    (void)read_calendar(parse_instance(text, "c.json"));
    FAIL() << "expected InvalidInput";
  } catch (const InvalidInput& error) {
    std::vector<std::string> fields;
    for (const Problem& problem : error.problems()) fields.push_back(problem.field);
    for (const char* field :
         {"months[1]", "stretches[1]", "exercises_per_year", "min_members_per_exercise",
          "half_life_months", "budget_per_year", "lift_rule", "start_readiness[0]",
          "member_share[0]", "blackout_member.n"}) {
      EXPECT_THAT(fields, Contains(field));
    }
    EXPECT_THAT(error.what(), HasSubstr("did you mean 'add_cap'?"));
  }
}

TEST(CalendarInstance, RefusesPartsOfAnExercise) {
  const auto instance = [](const std::string& field, const nlohmann::json& value) {
    InstanceFile file = parse_instance(
        R"({"problem": "exercise_calendar", "months": ["2027-01", "2027-02"], "regions": ["r"],
    "members": ["m"], "stretches": ["s"], "exercises_per_year": 1, "half_life_months": 6,
    "budget_per_year": 1, "start_readiness": [0.5], "cover_by_region_stretch": [[1]],
    "member_share": [1], "cost_by_member_region": [[1]], "member_exercises_per_year": [1],
    "min_members_per_exercise": 1})",
        "c.json");
    file.root[field] = value;
    return file;
  };
  EXPECT_NO_THROW((void)read_calendar(instance("member_exercises_per_year", {1.0})));
  const auto fault_of = [&](const std::string& field, const nlohmann::json& value) {
    try {
      (void)read_calendar(instance(field, value));
    } catch (const InvalidInput& error) {
      return error.problems().front().field;
    }
    return std::string();
  };
  EXPECT_EQ(fault_of("member_exercises_per_year", {0.5}), "member_exercises_per_year[0]");
  EXPECT_EQ(fault_of("exercises_per_year", 1.5), "exercises_per_year");
  EXPECT_EQ(fault_of("min_members_per_exercise", 0.5), "min_members_per_exercise");
}

}  // namespace
}  // namespace panj::plan
