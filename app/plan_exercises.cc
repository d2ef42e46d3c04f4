// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>

#include "number_in.h"
#include "output.h"
#include "panj/plan/calendar_contest.h"
#include "panj/plan/calendar_instance.h"
#include "panj/plan/calendar_of_theatre.h"
#include "panj/plan/icalendar.h"
#include "plan.h"
#include "plan_report.h"
#include "simulation_view.h"

namespace panj::app {
namespace {

namespace fs = std::filesystem;

struct ExercisesOptions {
  std::string subject;
  std::string folder;
  plan::TheatreCalendarOptions theatre;
  std::uint32_t replicates = 1000;
  std::size_t futures = 200;
};

void write_calendar(const ExercisesOptions& options, const plan::CalendarProblem& problem,
                    const plan::Solution& solution, const nlohmann::ordered_json& report) {
  if (options.folder.empty() || solution.status == plan::Status::infeasible) return;
  const fs::path folder(options.folder);
  const std::vector<plan::Exercise> exercises = plan::exercises_of(problem, solution);
  write_file(folder / "exercises.csv", plan::calendar_csv(problem, exercises));
  write_file(folder / "readiness.csv", plan::readiness_csv(problem, exercises));
  write_file(folder / "exercises.ics", plan::calendar_icalendar(problem, exercises));
  write_file(folder / "exercises.json", report.dump(2) + "\n");
}

/// The report for people: of each stretch only its lowest month.
std::string exercises_text(const plan::CalendarProblem& problem, nlohmann::ordered_json report) {
  if (!report.contains("readiness_by_stretch")) return readable(report);
  auto lowest = nlohmann::ordered_json::array();
  for (const auto& [stretch, levels] : report["readiness_by_stretch"].items()) {
    const auto by_month = levels.get<std::vector<double>>();
    const auto low = std::ranges::min_element(by_month);
    const auto month = static_cast<int>(low - by_month.begin());
    lowest.push_back({{"stretch", stretch},
                      {"lowest_month", to_string(problem.first + month)},
                      {"readiness", *low}});
  }
  report["readiness_by_stretch"] = std::move(lowest);
  return readable(report);
}

void run(const ExercisesOptions& options, const CommonOptions& common) {
  const ReportClock clock;
  const plan::InstanceFile instance = plan::read_instance(options.subject);
  expect_problem(instance, {"exercise_calendar"});
  const plan::CalendarProblem problem = plan::read_calendar(instance);
  const plan::Solution solution = plan::solve_calendar_problem(problem, common.threads);
  const auto report = clock.report(instance, solution);
  write_calendar(options, problem, solution, report);
  write_output({}, common.json ? report.dump(2) + "\n" : exercises_text(problem, report));
}

void run_theatre(const ExercisesOptions& options, const CommonOptions& common) {
  const ReportClock clock;
  const theatre::Theatre theatre = theatre::read_theatre(options.subject);
  const plan::Ground ground(theatre);
  const plan::CalendarProblem problem = plan::calendar_of(ground, options.theatre);
  plan::Solution solution = plan::solve_calendar_problem(problem, common.threads);
  solution.details["lowest_readiness_as_practised"] =
      plan::practised_readiness(ground, options.theatre);
  std::optional<plan::CalendarContest> contest;
  if (solution.status != plan::Status::infeasible) {
    contest = plan::contest_calendar(
        ground, problem, plan::exercises_of(problem, solution),
        {.simulation = {.replicates = options.replicates,
                        .seed = common.seed,
                        .threads = common.threads},
         .futures = {.futures = options.futures, .seed = common.seed, .threads = common.threads}});
    solution.details["verdict"] =
        contest->verdict + " " + plan::in_words(contest->regret, "exercises as practised");
    add_regret(contest->regret, solution.details);
  }
  auto report = clock.report({options.subject, theatre.id, "exercise_calendar", {}}, solution);
  write_calendar(options, problem, solution, report);
  if (!common.json) {
    const std::string simulated = contest ? "\n" + simulation_text(contest->simulation) : "";
    return write_output({}, exercises_text(problem, report) + simulated);
  }
  if (contest) report["simulation"] = simulation_json(contest->simulation);
  write_output({}, report.dump(2) + "\n");
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
      .add_option("--out", options->folder,
                  "Write exercises.csv, exercises.ics (opens in a calendar), readiness.csv (by "
                  "stretch and\n"
                  "month) and exercises.json here")
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
      ->check(number_in(0, kMostMoney))
      ->type_name("M$")
      ->group(group);
  command.add_option("--futures", options->futures, "Look for regret in so many futures")
      ->check(CLI::Range(2, 100000))
      ->capture_default_str()
      ->group(group);
  command.add_option("--replicates", options->replicates, "Simulate each package so many times")
      ->check(CLI::Range(2, 1000000))
      ->capture_default_str()
      ->group(group);
  add_common_options(command, common);
  command.footer(
      "Examples:\n"
      "  panj plan exercises calendar.json\n"
      "  panj plan exercises calendar.json --out calendar\n"
      "  panj plan exercises theatres/tajik-afghan --per-year 4 --budget 12\n");
  command.callback([options, &common] {
    names_theatre(options->subject) ? run_theatre(*options, common) : run(*options, common);
  });
}

}  // namespace panj::app
