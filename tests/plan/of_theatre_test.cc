// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <numeric>

#include "panj/core/file.h"
#include "panj/plan/calendar_contest.h"
#include "panj/plan/calendar_instance.h"
#include "panj/plan/calendar_of_theatre.h"
#include "panj/plan/interdiction_of_theatre.h"
#include "panj/plan/patrol_of_theatre.h"
#include "panj/spillover/schedule.h"
#include "paths.h"

namespace panj::plan {
namespace {

const theatre::Theatre& reference() {
  static const theatre::Theatre theatre =
      theatre::read_theatre(test::source_path("theatres/tajik-afghan"));
  return theatre;
}

/// Enough for some of them to come through the record.
constexpr FutureOptions kFewFutures{.futures = 24, .replicates = 2, .seed = 5};

double sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

TEST(PatrolOfTheatre, SpreadsTheTeamsWhereTheyDoMostAndBeatsPractice) {
  const Ground ground(reference());
  const TheatrePatrol plan =
      plan_patrol(ground, {.simulation = {.replicates = 200, .seed = 2}, .futures = kFewFutures});
  // 0.6 of 24 mobile teams and 6 air systems.
  EXPECT_NEAR(plan.teams, 18, 1e-9);
  EXPECT_EQ(plan.game.resources, 6);
  EXPECT_LE(sum(plan.patrol.coverage), 6 + 1e-9);
  EXPECT_TRUE(plan.against_practised.won());
  // Random patrols know nothing of the month: those placed anew each month do better in some.
  EXPECT_GT(plan.regret.futures, 3U);
  EXPECT_LT(plan.regret.futures, kFewFutures.futures);
  EXPECT_LT(plan.regret.better, plan.regret.futures);
  EXPECT_GT(plan.regret.largest, plan.regret.mean);
  EXPECT_GT(plan.regret.mean, 0);
  // Attempts come mostly in the west, and so do patrols.
  const auto& cover = plan.patrol.coverage;
  const double west = std::accumulate(cover.begin(), cover.begin() + 12, 0.0);
  EXPECT_GT(west, 0.6 * sum(cover));
}

TEST(PatrolOfTheatre, ItsGameDrawsAttemptsAsTheSimulatorDoes) {
  const Ground ground(reference());
  const TheatrePatrol plan =
      plan_patrol(ground, {.simulation = {.replicates = 20, .seed = 2}, .futures = kFewFutures});
  // An attacker chooses in proportion to e^{λ gain}: where a patrol makes a stop more likely, by
  // e^{−λ × that}.
  for (std::size_t i = 0; i < plan.stretches.size(); ++i) {
    EXPECT_NEAR(plan.game.attacker_uncovered[i] - plan.game.attacker_covered[i],
                plan.game.defender_covered[i] - plan.game.defender_uncovered[i], 1e-12);
    EXPECT_GE(plan.game.defender_covered[i], plan.game.defender_uncovered[i]);
  }
  // Harm-weighted mean of the responses 4, 5 and 2.
  EXPECT_GT(plan.rationality, 2);
  EXPECT_LT(plan.rationality, 5);
}

spillover::Schedule practised_schedule(const Ground& ground) {
  return {ground.parameters, ground.geometry, ground.settings,
          spillover::practised_levers(ground.parameters)};
}

/// Today's exercises in the first region, by Russia and Tajikistan.
std::vector<Exercise> as_practised(const Ground& ground, const CalendarProblem& problem) {
  const spillover::Schedule schedule = practised_schedule(ground);
  const auto first = static_cast<std::size_t>(ground.first_year_index()) * 12;
  std::vector<Exercise> exercises;
  for (std::size_t t = 0; t < problem.months; ++t) {
    const int held = schedule.step(static_cast<int>(first + t)).exercises;
    for (int k = 0; k < held; ++k) exercises.push_back({t, 0, {0, 4}});
  }
  return exercises;
}

TEST(CalendarOfTheatre, FollowsTheSimulatorsReadinessWhenOneExerciseCoversAll) {
  theatre::Theatre theatre = reference();
  theatre.border.terrain.clear();  // one region: the border as a whole
  const Ground ground(theatre);
  const CalendarProblem problem = calendar_of(ground, {.years = 2});
  const std::vector<Exercise> practised = as_practised(ground, problem);
  ASSERT_EQ(practised.size(), 4U);
  const spillover::Schedule schedule = practised_schedule(ground);
  const auto first = static_cast<std::size_t>(ground.first_year_index()) * 12;
  const auto levels = readiness(problem, practised);
  for (std::size_t t = 0; t < problem.months; ++t) {
    EXPECT_NEAR(levels[t][3], schedule.step(static_cast<int>(first + t)).readiness, 1e-9) << t;
  }
}

TEST(CalendarOfTheatre, IsHeldInTheSimulatorAsItIsPlanned) {
  const Ground ground(reference());
  const TheatreCalendar plan = plan_calendar(ground, {.years = 2});
  ASSERT_TRUE(plan.calendar.has_value());
  spillover::LeverSettings levers = spillover::practised_levers(ground.parameters);
  levers.calendar =
      held_exercises(ground, plan.problem, plan.calendar->exercises, ground.parameters);
  const spillover::Schedule schedule(ground.parameters, ground.geometry, ground.settings, levers);
  const auto levels = readiness(plan.problem, plan.calendar->exercises);
  const auto first = static_cast<std::size_t>(ground.first_year_index()) * 12;
  for (std::size_t t = 0; t < plan.problem.months; ++t) {
    const spillover::StepInputs& step = schedule.step(static_cast<int>(first + t));
    for (std::size_t i = 0; i < plan.problem.stretches.size(); ++i) {
      EXPECT_NEAR(step.readiness_on[i], levels[t][i], 1e-9) << t << " " << i;
    }
  }
  // Held again in later years: as many a year to the end of the horizon.
  EXPECT_EQ(plan.calendar->exercises.size(), 4U);
  EXPECT_EQ(levers.calendar->size(), 2 * ground.years.size());
}

/// Whatever an exercise does in a future, the calendar that is held today does neither better nor
/// worse than today.
TEST(CalendarOfTheatre, HasNoRegretWhenItIsTodays) {
  theatre::Theatre theatre = reference();
  theatre.border.terrain.clear();
  const Ground ground(theatre);
  const CalendarProblem problem = calendar_of(ground, {.years = 2});
  const CalendarContestOptions options{.simulation = {.replicates = 20, .seed = 3},
                                       .futures = kFewFutures};
  const CalendarContest contest =
      contest_calendar(ground, problem, as_practised(ground, problem), options);
  EXPECT_GT(contest.regret.futures, 3U);
  EXPECT_EQ(contest.regret.better, 0U);
  EXPECT_EQ(contest.regret.largest, 0.0);
}

TEST(CalendarOfTheatre, IsSimulatedBesidePracticeAndProgramme) {
  const Ground ground(reference());
  const CalendarProblem problem = calendar_of(ground, {.years = 1, .exercises_per_year = 6});
  const auto calendar = solve_calendar(problem);
  ASSERT_TRUE(calendar.has_value());
  const CalendarContestOptions options{.simulation = {.replicates = 200, .seed = 3},
                                       .futures = kFewFutures};
  const CalendarContest more = contest_calendar(ground, problem, calendar->exercises, options);
  ASSERT_EQ(more.simulation.packages.size(), 4U);  // practised, calendar, P1, P1 and calendar
  EXPECT_TRUE(more.against_practised.won()) << more.verdict;  // six for two a year
  EXPECT_TRUE(more.with_programme->won()) << more.verdict;
  EXPECT_NE(more.verdict.find("at 18.00 in place of 6.00 M$ a year"), std::string::npos)
      << more.verdict;
  const CalendarContest none = contest_calendar(ground, problem, {}, options);
  EXPECT_TRUE(none.against_practised.lost()) << none.verdict;
  EXPECT_NE(none.verdict.find("does not beat"), std::string::npos) << none.verdict;
}

TEST(CalendarOfTheatre, IsNoWorseThanPracticeAndKeepsToItsCost) {
  const Ground ground(reference());
  const TheatreCalendar plan = plan_calendar(ground, {.years = 1});
  ASSERT_TRUE(plan.calendar.has_value());
  EXPECT_TRUE(broken_rules(plan.problem, plan.calendar->exercises).empty());
  EXPECT_LE(plan.calendar->cost, 6 + 1e-6);
  EXPECT_EQ(plan.calendar->exercises.size(), 2U);
  EXPECT_LE(plan.calendar->value, plan.calendar->bound + 1e-9);
}

TEST(CalendarOfTheatre, TellsWhatOneMoreExerciseGivesThoughTheBudgetHoldsNoMore) {
  const Ground ground(reference());
  const auto solution = solve_calendar_problem(calendar_of(ground, {.years = 1}));
  const auto& more = solution.details["one_more_exercise"][0];
  EXPECT_GT(more["gain"].get<double>(), 0.01);
  EXPECT_GE(more["extra_cost"].get<double>(), 3 - 1e-6);  // M$, of Russia and Tajikistan alone
  // Three a year, in no year with more members than needed.
  const auto three = solve_calendar(calendar_of(ground, {.years = 1, .exercises_per_year = 3}));
  EXPECT_GE(more["gain"].get<double>(), three->value - solution.value - 1e-5);
}

TEST(InterdictionOfTheatre, SendsSmugglersByTheEasyGround) {
  const Ground ground(reference());
  const NamedInterdiction named = interdiction_of(ground, {.checkpoints = 2});
  EXPECT_EQ(named.checkpoints.size(), 24U + 6U);
  EXPECT_EQ(named.evaders.size(), 4U);
  EXPECT_NEAR(sum(named.problem.probability), 1, 1e-12);
  for (const auto& routes : named.problem.routes) {
    for (const EvaderRoute& route : routes) {
      EXPECT_LE(route.equipped, route.unequipped);
      EXPECT_LE(route.unequipped, 1);
    }
  }
  // From Kunduz to Dushanbe nobody goes round by the high Pamir.
  const auto best = best_route(named.problem.routes[1], std::vector<bool>(30, false));
  ASSERT_TRUE(best.has_value());
  const std::size_t stretch =
      stretches_of_checkpoints(ground)[named.problem.routes[1][*best].checkpoint];
  EXPECT_LT(stretch, 8U);
}

TEST(InterdictionOfTheatre, PutsTheEquipmentOfAPlanOnItsStretches) {
  const Ground ground(reference());
  const TheatreInterdictionOptions options{.checkpoints = 2};
  const auto levers = equipped(ground, {3, 3, 5}, options).levers(ground.parameters);
  double units = 0;
  for (const auto& tranche : levers.deliveries) {
    EXPECT_EQ(tranche.weights[3], 2);
    EXPECT_EQ(tranche.weights[5], 1);
    units += sum({tranche.units.begin(), tranche.units.end()});
  }
  EXPECT_EQ(units, 15);  // three times a team and four sensors
}

/// A raster in tenths of a degree from 66.5 E and 35.5 N; height(row, column), north row first.
template <typename Height>
std::filesystem::path write_grid(const std::filesystem::path& folder, int rows, int columns,
                                 const Height& height) {
  const auto path = folder / "relief.asc";
  std::ofstream grid(path);
  grid << "ncols " << columns << "\nnrows " << rows
       << "\nxllcorner 66.5\nyllcorner 35.5\ncellsize 0.1\nNODATA_value -9999\n";
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) grid << height(row, column) << ' ';
    grid << '\n';
  }
  std::ofstream(folder / "relief.prj") << "EPSG:4326\n";
  return path;
}

/// Heights over the border: a plain at 400 m, and a plateau from a column on.
std::filesystem::path write_relief(const std::filesystem::path& folder, int first_high_column) {
  return write_grid(folder, 45, 90, [&](int, int column) {
    return column > first_high_column ? 400 + 4000 * (column % 2) : 400;
  });
}

Problem fault_of_relief(const std::filesystem::path& relief) {
  try {
    (void)interdiction_of(Ground(reference()), {.elevation = relief});
  } catch (const InvalidInput& error) {
    EXPECT_EQ(error.problems().size(), 1U);
    return error.problems().front();
  }
  return {};
}

TEST(InterdictionOfTheatre, RefusesARasterThatDoesNotCoverTheGround) {
  const TemporaryFolder folder(std::filesystem::temp_directory_path() / "panj_short_relief");
  const auto relief = write_grid(folder.path(), 10, 10, [](int, int) { return 400; });
  const Problem fault = fault_of_relief(relief);
  EXPECT_EQ(fault.file, relief.string());
  EXPECT_EQ(fault.what, "covers 66.50–67.50 E, 35.50–36.50 N");
  EXPECT_TRUE(fault.why.starts_with("must cover the border, where smugglers start")) << fault.why;
  // All but the east end of the border.
  EXPECT_EQ(fault_of_relief(write_grid(folder.path(), 45, 75, [](int, int) { return 400; })).what,
            "covers 66.50–74.00 E, 35.50–40.00 N");
}

TEST(InterdictionOfTheatre, RefusesARasterWithoutHeightWhereWaysEnd) {
  const TemporaryFolder folder(std::filesystem::temp_directory_path() / "panj_relief_gap");
  // Dushanbe, 68.77 E and 38.54 N, lies in row 14 and column 22.
  const auto relief = write_grid(folder.path(), 45, 90, [](int row, int column) {
    return row == 14 && column == 22 ? -9999 : 400;
  });
  const Problem fault = fault_of_relief(relief);
  EXPECT_EQ(fault.file, relief.string());
  EXPECT_TRUE(fault.what.starts_with("has no height at the goal of the ways (68.7")) << fault.what;
}

TEST(InterdictionOfTheatre, TakesWaysFromARasterOfHeights) {
  const TemporaryFolder folder(std::filesystem::temp_directory_path() / "panj_relief");
  const Ground ground(reference());
  const auto pass = [&](int first_high_column, std::size_t point) {
    const NamedInterdiction named =
        interdiction_of(ground, {.elevation = write_relief(folder.path(), first_high_column)});
    for (const EvaderRoute& route : named.problem.routes[1]) {  // from Kunduz
      if (route.checkpoint == point) return route.unequipped;
    }
    return 0.0;
  };
  // Rough ground east of 70 degrees, or none: what lies beyond it is further off, what does not is
  // as it was.
  EXPECT_LT(pass(35, 12), 0.9 * pass(90, 12));
  EXPECT_NEAR(pass(35, 3), pass(90, 3), 1e-9);
}

TEST(InterdictionOfTheatre, TakesTheRasterThatTheTheatreNames) {
  const TemporaryFolder folder(std::filesystem::temp_directory_path() / "panj_named_relief");
  const auto relief = write_relief(folder.path(), 35);
  theatre::Theatre naming = reference();
  naming.border.elevation = relief;
  const auto routes = [](const NamedInterdiction& named) {
    std::vector<double> all;
    for (const EvaderRoute& route : named.problem.routes[1]) all.push_back(route.unequipped);
    return all;
  };
  const auto given = routes(interdiction_of(Ground(reference()), {.elevation = relief}));
  EXPECT_EQ(routes(interdiction_of(Ground(naming), {})), given);
  EXPECT_NE(routes(interdiction_of(Ground(reference()), {})), given);
}

}  // namespace
}  // namespace panj::plan
