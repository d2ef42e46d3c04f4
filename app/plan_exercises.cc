// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>
#include <memory>

#include "output.h"
#include "panj/plan/calendar_instance.h"
#include "panj/plan/icalendar.h"
#include "plan.h"
#include "plan_report.h"

namespace panj::app {
namespace {

namespace fs = std::filesystem;

struct ExercisesOptions {
  std::string file;
  std::string folder;
};

void run(const ExercisesOptions& options, const CommonOptions& common) {
  const ReportClock clock;
  const plan::InstanceFile instance = plan::read_instance(options.file);
  expect_problem(instance, {"exercise_calendar"});
  const plan::CalendarProblem problem = plan::read_calendar(instance);
  const plan::Solution solution = plan::solve_calendar_problem(problem);
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
  command.add_option("FILE", options->file, "An instance of problem exercise_calendar")->required();
  command
      .add_option(
          "--out", options->folder,
          "Write exercises.csv, exercises.ics (opens in a calendar) and exercises.json here")
      ->type_name("DIR");
  add_common_options(command, common);
  command.footer(
      "Examples:\n"
      "  panj plan exercises calendar.json\n"
      "  panj plan exercises calendar.json --out calendar\n");
  command.callback([options, &common] { run(*options, common); });
}

}  // namespace panj::app
