// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/calendar_contest.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <utility>

namespace panj::plan {
namespace {

using spillover::LeverSettings;
using spillover::Parameters;

/// What is planned of something, times this, is what it is in another world.
double times(double there, double planned) {
  return planned > 0 ? there / planned : 1;
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
                                                    const std::vector<Exercise>& exercises,
                                                    const Parameters& parameters) {
  constexpr double kMonths = 12;
  const auto& planned = ground.parameters.defence;
  const double gain = times(parameters.defence.exercise_gain, planned.exercise_gain);
  const double price = times(parameters.defence.exercise_cost, planned.exercise_cost);
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
      one.cost = price * total_cost(problem, {exercise});
      for (const double cover : problem.cover[exercise.region]) {
        one.lift.push_back(std::min(1.0, gain * cover * share));
      }
    }
  }
  return held;
}

CalendarContest contest_calendar(const Ground& ground, const CalendarProblem& problem,
                                 const std::vector<Exercise>& exercises,
                                 const CalendarContestOptions& options) {
  const auto with_calendar = [&](const Candidate& base, std::string id, std::string name) {
    return Candidate{.id = std::move(id),
                     .name = std::move(name),
                     .levers = [&, levers_of = base.levers](const Parameters& p) {
                       LeverSettings levers = levers_of(p);
                       levers.calendar = held_exercises(ground, problem, exercises, p);
                       return levers;
                     }};
  };
  const Candidate practised = status_quo();
  std::vector<Candidate> candidates{
      practised, with_calendar(practised, "calendar", "exercises by the calendar")};
  const auto programme = plain_programme(ground.theatre);
  if (programme) {
    const Candidate alone = candidate_of(ground, *programme);
    candidates.push_back(alone);
    candidates.push_back(with_calendar(alone, *programme + " and calendar",
                                       alone.name + " and exercises by the calendar"));
  }
  std::vector<Pairing> pairings{{.rival = 0, .plan = 1}};
  if (programme) pairings.push_back({.rival = 2, .plan = 3});
  Resimulation result = resimulate(ground, candidates, pairings, options.simulation);
  CalendarContest contest{.simulation = std::move(result.simulation),
                          .against_practised = result.contests.front(),
                          .with_programme = std::nullopt,
                          .verdict = {},
                          .regret = {}};
  constexpr std::array<std::size_t, 1> kPractised{0};
  contest.regret = regret_over(
      draw_futures(ground, std::span(candidates).first(2), options.futures), kPractised, 1);
  const std::string terms = terms_of(ground, problem, exercises);
  contest.verdict = verdict(contest.against_practised, "exercises as practised", terms);
  if (!programme) return contest;
  contest.with_programme = result.contests.back();
  contest.verdict += fmt::format(
      " {}", verdict(*contest.with_programme, *programme + " with exercises as practised", terms));
  return contest;
}

}  // namespace panj::plan
