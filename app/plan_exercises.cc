// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>
#include <memory>
#include <optional>

#include "output.h"
#include "panj/plan/calendar_instance.h"
#include "panj/plan/calendar_of_theatre.h"
#include "panj/plan/icalendar.h"
#include "plan.h"
#include "plan_report.h"

namespace panj::app {
namespace {

namespace fs = std::filesystem;

struct ExercisesOptions {
  std::string subject;
  std::string folder;
  plan::TheatreCalendarOptions theatre;
};

/// A calendar to plan, from an instance or from a theatre.
struct Asked {
  plan::InstanceFile from;
  plan::CalendarProblem problem;
  std::optional<double> practised;  ///< lowest readiness as exercises are practised
};

Asked asked(const ExercisesOptions& options) {
  if (!names_theatre(options.subject)) {
    plan::InstanceFile instance = plan::read_instance(options.subject);
    expect_problem(instance, {"exercise_calendar"});
    plan::CalendarProblem problem = plan::read_calendar(instance);
    return {std::move(instance), std::move(problem), std::nullopt};
  }
  const theatre::Theatre theatre = theatre::read_theatre(options.subject);
  const plan::Ground ground(theatre);
  return {{options.subject, theatre.id, "exercise_calendar", {}},
          plan::calendar_of(ground, options.theatre),
          plan::practised_readiness(ground, options.theatre)};
}

void run(const ExercisesOptions& options, const CommonOptions& common) {
  const ReportClock clock;
  const auto [instance, problem, practised] = asked(options);
  plan::Solution solution = plan::solve_calendar_problem(problem);
  if (practised) solution.details["lowest_readiness_as_practised"] = *practised;
  if (!options.folder.empty() && solution.status != plan::Status::infeasible) {
    const fs::path folder(options.folder);
    const std::vector<plan::Exercise> exercises = plan::exercises_of(problem, solution);
    write_file(folder / "exercises.csv", plan::calendar_csv(problem, exercises));
    write_file(folder / "exercises.ics", plan::calendar_icalendar(problem, exercises));
    write_file(folder / "exercises.json", clock.report(instance, solution).dump(2) + "\n");
  }
  const auto report = clock.report(instance, solution);
  write_output({}, common.json ? report.dump(2) + "\n" : readable(report));
}

}  // namespace

void add_plan_exercises(CLI::App& plan, CommonOptions& common, ExitCode&) {
  const auto options = std::make_shared<ExercisesOptions>();
  CLI::App& command = *plan.add_subcommand(
      "exercises",
      "When, where and with whom to exercise, so that the lowest readiness of any stretch in any\n"
      "month is as high as can be, and then at the lowest cost");
  command
      .add_option("SUBJECT", options->subject,
                  "An instance of problem exercise_calendar, or the folder of a theatre")
      ->required();
  command
      .add_option(
          "--out", options->folder,
          "Write exercises.csv, exercises.ics (opens in a calendar) and exercises.json here")
      ->type_name("DIR");
  const char* const group = "For a theatre";
  command.add_option("--years", options->theatre.years, "Years to plan")
      ->check(CLI::Range(1, 10))
      ->capture_default_str()
      ->group(group);
  command
      .add_option("--per-year", options->theatre.exercises_per_year,
                  "Exercises a year; as practised unless given")
      ->check(CLI::Range(0, 12))
      ->group(group);
  command
      .add_option("--budget", options->theatre.budget_musd_per_year,
                  "M$ a year; what that many cost unless given")
      ->check(CLI::NonNegativeNumber)
      ->type_name("M$")
      ->group(group);
  add_common_options(command, common);
  command.footer(
      "Examples:\n"
      "  panj plan exercises calendar.json\n"
      "  panj plan exercises calendar.json --out calendar\n"
      "  panj plan exercises theatres/tajik-afghan --per-year 4 --budget 12\n");
  command.callback([options, &common] { run(*options, common); });
}

}  // namespace panj::app
