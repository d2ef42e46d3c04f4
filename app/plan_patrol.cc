// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "dates.h"
#include "output.h"
#include "panj/plan/patrol_draw.h"
#include "panj/plan/roster_instance.h"
#include "panj/plan/solve.h"
#include "plan.h"
#include "plan_report.h"

namespace panj::app {
namespace {

namespace fs = std::filesystem;

struct PatrolOptions {
  std::string file;
  std::string folder;
  std::string from;
  int days = 28;
  bool seed_given = false;
};

/// Names of the stretches: those of the file, or "1", "2", ….
std::vector<std::string> stretch_names(const plan::InstanceFile& instance, std::size_t count) {
  Problems problems;
  plan::InstanceReader reader(instance, problems);
  std::vector<std::string> names;
  if (reader.has("stretches")) {
    names = reader.names("stretches");
    if (problems.empty() && names.size() != count) {
      reader.fault("stretches", fmt::format("has {} entries", names.size()),
                   fmt::format("must have {}, one for each loss or gain", count));
    }
  }
  problems.throw_if_any();
  if (names.empty()) {
    for (std::size_t i = 1; i <= count; ++i) names.push_back(std::to_string(i));
  }
  return names;
}

std::vector<plan::Fraction> coverage_of(const plan::InstanceFile& instance,
                                        const plan::Solution& solution) {
  if (instance.problem == "roster_comb") return plan::read_coverage(instance);
  return plan::exact_coverage(solution.details["coverage"].get<std::vector<double>>(),
                              instance.root["resources"].get<double>());
}

/// The seed is kept apart, readable by its owner only: with it every roster can be foretold.
void write_secret(const fs::path& path, std::uint64_t seed) {
  const TemporaryFolder folder(path.parent_path());  // nobody else can look into it
  const fs::path draft = folder.path() / "seed";
  write_file(draft, fmt::format("{}\n", seed));
  fs::permissions(draft, fs::perms::owner_read | fs::perms::owner_write);
  fs::rename(draft, path);
}

void write_rosters(const PatrolOptions& options, std::uint64_t seed,
                   const plan::InstanceFile& instance, const plan::Solution& solution) {
  const std::vector<plan::Fraction> coverage = coverage_of(instance, solution);
  const std::vector<std::string> names = stretch_names(instance, coverage.size());
  const Date first = date_option("from", options.from, today());
  const auto days = plan::draw_patrols(coverage, first, options.days, seed);
  const fs::path folder(options.folder);
  write_file(folder / "roster.csv", plan::patrol_csv(days, names));
  write_file(folder / "roster.ics", plan::patrol_icalendar(days, names));
  write_secret(folder / "private-seed.txt", seed);
}

void run(const PatrolOptions& options, const CommonOptions& common) {
  const ReportClock clock;
  const plan::InstanceFile instance = plan::read_instance(options.file);
  expect_problem(instance,
                 {"patrol_zero_sum", "patrol_general_sum", "patrol_quantal", "roster_comb"});
  const plan::Solution solution =
      plan::solve(instance, {.seed = common.seed, .threads = common.threads});
  if (!options.folder.empty()) {
    const std::uint64_t seed = options.seed_given ? common.seed : plan::secret_seed();
    write_rosters(options, seed, instance, solution);
  }
  const auto report = clock.report(instance, solution);
  write_output({}, common.json ? report.dump(2) + "\n" : readable(report));
}

}  // namespace

void add_plan_patrol(CLI::App& plan, CommonOptions& common, ExitCode&) {
  const auto options = std::make_shared<PatrolOptions>();
  CLI::App& command = *plan.add_subcommand(
      "patrol", "How often to patrol each stretch, and rosters that nobody can foretell");
  command
      .add_option("FILE", options->file,
                  "An instance of problem patrol_zero_sum, patrol_general_sum, patrol_quantal or "
                  "roster_comb")
      ->required();
  command
      .add_option("--out", options->folder,
                  "Draw rosters and write roster.csv, roster.ics (opens in a calendar) and\n"
                  "private-seed.txt here; publish the first two, never the last")
      ->type_name("DIR");
  command.add_option("--from", options->from, "First day of the roster; today unless given")
      ->type_name("YYYY-MM-DD");
  constexpr int kMostDays = 3660;
  command.add_option("--days", options->days, "Days of the roster")
      ->check(CLI::Range(1, kMostDays))
      ->capture_default_str();
  add_common_options(command, common);
  command.get_option("--seed")->description(
      "Draw with this seed, to repeat a roster; a secret one is taken unless given");
  command.footer(
      "Examples:\n"
      "  panj plan patrol patrol.json\n"
      "  panj plan patrol patrol.json --from 2027-01-01 --days 28 --out roster\n");
  command.callback([options, &command, &common] {
    options->seed_given = command.count("--seed") > 0;
    run(*options, common);
  });
}

}  // namespace panj::app
