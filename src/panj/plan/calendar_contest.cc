// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/calendar_contest.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace panj::plan {
namespace {

using spillover::LeverSettings;
using spillover::Parameters;

Candidate with_calendar(const Candidate& base, std::string id, std::string name,
                        const std::vector<spillover::HeldExercise>& held) {
  return {.id = std::move(id),
          .name = std::move(name),
          .levers = [levers_of = base.levers, held](const Parameters& p) {
            LeverSettings levers = levers_of(p);
            levers.calendar = held;
            return levers;
          }};
}

/// "at the same cost", or what each costs a year.
std::string terms_of(const Ground& ground, const CalendarProblem& problem,
                     const std::vector<Exercise>& exercises) {
  constexpr double kSame = 0.005;  // M$
  const double practised =
      ground.parameters.practice.exercises * ground.parameters.defence.exercise_cost;
  const double planned = total_cost(problem, exercises) / static_cast<double>(problem.years());
  if (std::abs(planned - practised) < kSame) return "at the same cost";
  return fmt::format("at {:.2f} in place of {:.2f} M$ a year", planned, practised);
}

}  // namespace

std::vector<spillover::HeldExercise> held_exercises(const Ground& ground,
                                                    const CalendarProblem& problem,
                                                    const std::vector<Exercise>& exercises) {
  constexpr double kMonths = 12;
  const int period = static_cast<int>(problem.years());
  std::vector<spillover::HeldExercise> held;
  for (int first = ground.years.front(); first <= ground.years.back(); first += period) {
    for (const Exercise& exercise : exercises) {
      double share = 0;
      for (const std::size_t member : exercise.members) share += problem.member_share[member];
      const double time = first + static_cast<double>(exercise.month) / kMonths;
      if (time >= ground.years.back() + 1) continue;
      spillover::HeldExercise& one =
          held.emplace_back(spillover::HeldExercise{.time = time, .lift = {}, .cost = 0});
      one.cost = total_cost(problem, {exercise});
      for (const double cover : problem.cover[exercise.region]) {
        one.lift.push_back(std::min(1.0, cover * share));
      }
    }
  }
  return held;
}

CalendarContest contest_calendar(const Ground& ground, const CalendarProblem& problem,
                                 const std::vector<Exercise>& exercises,
                                 const ResimulationOptions& options) {
  const auto held = held_exercises(ground, problem, exercises);
  const Candidate practised = status_quo();
  std::vector<Candidate> candidates{
      practised, with_calendar(practised, "calendar", "exercises by the calendar", held)};
  const auto programme = plain_programme(ground.theatre);
  if (programme) {
    const Candidate alone = candidate_of(ground, *programme);
    candidates.push_back(alone);
    candidates.push_back(with_calendar(alone, *programme + " and calendar",
                                       alone.name + " and exercises by the calendar", held));
  }
  std::vector<Pairing> pairings{{.rival = 0, .plan = 1}};
  if (programme) pairings.push_back({.rival = 2, .plan = 3});
  Resimulation result = resimulate(ground, candidates, pairings, options);
  CalendarContest contest{.simulation = std::move(result.simulation),
                          .against_practised = result.contests.front(),
                          .with_programme = std::nullopt,
                          .verdict = {}};
  const std::string terms = terms_of(ground, problem, exercises);
  contest.verdict = verdict(contest.against_practised, "exercises as practised", terms);
  if (!programme) return contest;
  contest.with_programme = result.contests.back();
  contest.verdict += fmt::format(
      " {}", verdict(*contest.with_programme, *programme + " with exercises as practised", terms));
  return contest;
}

}  // namespace panj::plan
