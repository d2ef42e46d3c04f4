// SPDX-License-Identifier: Apache-2.0
#include "plan_rosters.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "dates.h"
#include "number_in.h"
#include "panj/core/file.h"
#include "panj/core/problem.h"
#include "panj/plan/patrol_draw.h"
#include "panj/plan/shift_rosters.h"

namespace panj::app {
namespace {

namespace fs = std::filesystem;

/// The seed is kept apart, readable by its owner only: with it every roster can be foretold.
void write_secret(const fs::path& path, std::uint64_t seed) {
  const TemporaryFolder folder(path.parent_path());  // nobody else can look into it
  const fs::path draft = folder.path() / "seed";
  write_file(draft, fmt::format("{}\n", seed));
  fs::permissions(draft, fs::perms::owner_read | fs::perms::owner_write);
  fs::rename(draft, path);
}

/// A roster to publish.
struct Texts {
  std::string csv;
  std::string icalendar;
};

void write(const RosterOptions& options, const Texts& texts, std::uint64_t seed) {
  const fs::path folder(options.folder);
  write_file(folder / "roster.csv", texts.csv);
  write_file(folder / "roster.ics", texts.icalendar);
  write_secret(folder / "private-seed.txt", seed);
}

std::uint64_t seed_of(const RosterOptions& options, const CommonOptions& common) {
  return options.seed_given ? common.seed : plan::secret_seed();
}

void draw_days(const RosterSubject& subject, const RosterOptions& options,
               const CommonOptions& common) {
  const std::uint64_t seed = seed_of(options, common);
  const auto days =
      plan::draw_patrols(subject.coverage, date_option(options.from, today()), options.days, seed);
  write(options,
        {plan::patrol_csv(days, subject.names), plan::patrol_icalendar(days, subject.names)}, seed);
}

void expect_few_moves(std::size_t moves, std::size_t shifts) {
  constexpr std::size_t kMost = 5'000'000;
  if (moves <= kMost / shifts) return;
  throw InvalidInput(
      {.field = "days",
       .what = fmt::format("give {} shifts with {} moves of crews each", shifts, moves),
       .why = fmt::format("at most {} can be drawn together", kMost),
       .suggestion = "draw fewer days at a time, or give a shorter reach"});
}

void draw_shifts(const plan::ShiftPlan& shift_plan, const RosterSubject& subject,
                 const RosterOptions& options, const CommonOptions& common) {
  const std::size_t shifts =
      static_cast<std::size_t>(options.days) * static_cast<std::size_t>(options.shifts);
  expect_few_moves(shift_plan.moves().size(), shifts);
  const std::uint64_t seed = seed_of(options, common);
  const auto tours = plan::draw_tours(shift_plan, shifts, seed);
  const plan::ShiftTimes times{date_option(options.from, today()), options.shifts};
  write(options,
        {plan::tours_csv(tours, times, subject.names),
         plan::tours_icalendar(tours, times, subject.names)},
        seed);
}

/// Patrols a shift that the wanted coverage has and the crews' does not: exact up to the end.
double coverage_lost(const RosterSubject& subject, const plan::ShiftPlan& shift_plan) {
  const std::vector<plan::Fraction> kept = shift_plan.coverage();
  plan::Fraction lost = 0;
  for (std::size_t i = 0; i < kept.size(); ++i) lost += subject.coverage[i] - kept[i];
  return lost.convert_to<double>();
}

}  // namespace

void add_roster_options(CLI::App& command, RosterOptions& options) {
  command
      .add_option("--out", options.folder,
                  "Draw rosters and write roster.csv, roster.ics (opens in a calendar) and\n"
                  "private-seed.txt here; publish the first two, never the last")
      ->type_name("DIR");
  command.add_option("--from", options.from, "First day of the roster; today unless given")
      ->type_name("YYYY-MM-DD")
      ->check(is_date());
  constexpr int kMostDays = 3660;
  command.add_option("--days", options.days, "Days of the roster")
      ->check(CLI::Range(1, kMostDays))
      ->capture_default_str();
  constexpr int kMostShifts = 24;
  command.add_option("--shifts", options.shifts, "Shifts a day, of equal length from midnight")
      ->check(CLI::Range(1, kMostShifts))
      ->capture_default_str();
  command
      .add_option(
          "--reach", options.reach,
          "How far a crew gets from one shift to the next, also over night: km from middle\n"
          "to middle of stretches for a theatre, else stretches; anywhere unless given")
      ->check(number_in(0, 1e6))
      ->type_name("KM");
}

nlohmann::ordered_json draw_rosters(const RosterSubject& subject, const RosterOptions& options,
                                    const CommonOptions& common) {
  if (!options.follows_crews()) {
    if (!options.folder.empty()) draw_days(subject, options, common);
    return nullptr;
  }
  constexpr std::size_t kMostStretches = 2000;  // every pair of them is looked at
  if (subject.coverage.size() > kMostStretches) {
    throw InvalidInput({.field = "shifts",
                        .what = fmt::format("are asked for {} stretches", subject.coverage.size()),
                        .why = fmt::format("crews can be followed over {}", kMostStretches)});
  }
  const auto [west, east] = std::ranges::minmax(subject.places);
  const double crews = std::max(1.0, std::ceil(subject.resources));
  const plan::ShiftPlan shift_plan(subject.coverage,
                                   {.crews = static_cast<std::size_t>(crews),
                                    .place = subject.places,
                                    .reach = options.reach.value_or(east - west)});
  if (!options.folder.empty()) draw_shifts(shift_plan, subject, options, common);
  return {{"crews", shift_plan.rules().crews},
          {"per_day", options.shifts},
          {"reach", options.reach ? nlohmann::ordered_json(*options.reach) : nullptr},
          {"coverage_lost", coverage_lost(subject, shift_plan)},
          {"chance_to_guess_next", shift_plan.chance_to_guess()},
          {"without_limit", shift_plan.chance_to_guess_without_limit()}};
}

void draw_line_roster(const plan::LinePatrol& patrol, const std::vector<std::string>& names,
                      const RosterOptions& options, const CommonOptions& common) {
  if (options.reach) {
    throw InvalidInput({.field = "reach",
                        .what = "is given for a line patrol",
                        .why = "whose walk goes one post a step at most"});
  }
  if (options.folder.empty()) return;
  const std::uint64_t seed = seed_of(options, common);
  const Date first = date_option(options.from, today());
  const std::size_t steps =
      static_cast<std::size_t>(options.days) * static_cast<std::size_t>(options.shifts);
  const std::vector<std::size_t> walk = plan::draw_walk(patrol, steps, seed);
  if (options.shifts > 1) {
    const std::vector<plan::Tour> tours{plan::Tour(walk.begin(), walk.end())};
    const plan::ShiftTimes times{first, options.shifts};
    return write(options,
                 {plan::tours_csv(tours, times, names), plan::tours_icalendar(tours, times, names)},
                 seed);
  }
  std::vector<plan::PatrolDay> days;
  for (std::size_t day = 0; day < walk.size(); ++day) {
    days.push_back({first + std::chrono::days(static_cast<int>(day)), {walk[day]}});
  }
  write(options, {plan::patrol_csv(days, names), plan::patrol_icalendar(days, names)}, seed);
}

}  // namespace panj::app
