// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>
#include <numeric>
#include <optional>

#include "output.h"
#include "panj/plan/patrol_of_theatre.h"
#include "panj/plan/roster_instance.h"
#include "panj/plan/solve.h"
#include "plan.h"
#include "plan_report.h"
#include "plan_rosters.h"
#include "simulation_view.h"

namespace panj::app {
namespace {

struct PatrolOptions {
  std::string subject;
  RosterOptions rosters;
  // Of a theatre.
  std::optional<int> patrols;
  std::uint32_t replicates = 1000;
  std::size_t futures = 200;
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

/// Crews that an instance has; for a coverage alone as many as it takes.
double resources_of(const plan::InstanceFile& instance,
                    const std::vector<plan::Fraction>& coverage) {
  if (instance.root.contains("resources")) return instance.root["resources"].get<double>();
  return std::accumulate(coverage.begin(), coverage.end(), plan::Fraction(0)).convert_to<double>();
}

RosterSubject roster_subject(const plan::InstanceFile& instance, const plan::Solution& solution) {
  RosterSubject subject{.coverage = coverage_of(instance, solution)};
  subject.resources = resources_of(instance, subject.coverage);
  subject.names = stretch_names(instance, subject.coverage.size());
  subject.places.resize(subject.coverage.size());
  std::iota(subject.places.begin(), subject.places.end(), 0.0);
  return subject;
}

void draw_line(const plan::InstanceFile& instance, const RosterOptions& options,
               const CommonOptions& common) {
  const std::vector<plan::LineGame> games = plan::read_line_games(instance);
  const plan::LinePatrol patrol = plan::solve_line_game(games.front());
  if (games.size() > 1 || patrol.windows.empty()) {
    throw InvalidInput({.file = instance.file,
                        .field = "games",
                        .what = games.size() > 1 ? fmt::format("are {}", games.size())
                                                 : std::string("have a line too long to solve"),
                        .why = "a roster walks one line that is solved, not reckoned by a formula",
                        .suggestion = "leave out --out, --shifts and --reach"});
  }
  draw_line_roster(patrol, stretch_names(instance, static_cast<std::size_t>(games[0].nodes)),
                   options, common);
}

void run(const PatrolOptions& options, const CommonOptions& common) {
  const ReportClock clock;
  const plan::InstanceFile instance = plan::read_instance(options.subject);
  expect_problem(instance, {"patrol_zero_sum", "patrol_general_sum", "patrol_quantal",
                            "roster_comb", "line_patrol"});
  plan::Solution solution = plan::solve(instance, {.seed = common.seed, .threads = common.threads});
  if (options.rosters.wanted() && instance.problem == "line_patrol") {
    draw_line(instance, options.rosters, common);
  } else if (options.rosters.wanted()) {
    const auto shifts = draw_rosters(roster_subject(instance, solution), options.rosters, common);
    if (!shifts.is_null()) solution.details["shifts"] = shifts;
  }
  const auto report = clock.report(instance, solution);
  write_output({}, common.json ? report.dump(2) + "\n" : readable(report));
}

std::string verdict_of(const plan::TheatrePatrol& patrol) {
  return patrol.verdict + " " + plan::in_words(patrol.regret, "the best of all these patrols");
}

std::string patrol_text(const plan::TheatrePatrol& patrol) {
  std::string text = fmt::format(
      "{:.1f} teams in {:.0f} patrols a day; attackers respond to the chance of a stop by {:.2f}.\n"
      "Of the harm that is attempted {:.4f} gets through (no coverage: less than {:.4f}).\n\n"
      "{:<16} {:>9}\n",
      patrol.teams, patrol.game.resources, patrol.rationality, -patrol.patrol.value,
      -patrol.patrol.bound, "stretch", "coverage");
  for (std::size_t i = 0; i < patrol.stretches.size(); ++i) {
    text += fmt::format("{:<16} {:>9.3f}\n", patrol.stretches[i], patrol.patrol.coverage[i]);
  }
  return text + "\n" + simulation_text(patrol.simulation) + "\n" + verdict_of(patrol) + "\n";
}

RosterSubject roster_subject(const plan::Ground& ground, const plan::TheatrePatrol& patrol) {
  RosterSubject subject{
      .coverage = plan::exact_coverage(patrol.patrol.coverage, patrol.game.resources),
      .resources = patrol.game.resources,
      .names = patrol.stretches};
  for (const geo::Stretch& stretch : ground.geometry.stretches) {
    subject.places.push_back(stretch.middle_km());
  }
  return subject;
}

std::string shifts_text(const nlohmann::ordered_json& shifts) {
  if (shifts.is_null()) return "";
  const std::string limit = shifts["reach"].is_null() ? "Crews go anywhere"
                                                      : fmt::format("Crews go at most {} km",
                                                                    shifts["reach"].get<double>());
  constexpr double kRounded = 1e-9;
  const auto lost = shifts["coverage_lost"].get<double>();
  const std::string loses =
      lost < kRounded ? "no coverage" : fmt::format("{:.3g} patrols of coverage a shift", lost);
  return fmt::format(
      "{} from one of {} shifts a day to the next. That loses {}. "
      "Who sees a crew and knows the plan guesses its next stretch {:.0f} times in 100 ({:.0f} "
      "without a limit).\n",
      limit, shifts["per_day"].get<int>(), loses,
      100 * shifts["chance_to_guess_next"].get<double>(),
      100 * shifts["without_limit"].get<double>());
}

nlohmann::ordered_json contest_json(const plan::Contest& contest) {
  return {{"mean", contest.mean},
          {"low", contest.low},
          {"high", contest.high},
          {"beats", contest.won()}};
}

void run_theatre(const PatrolOptions& options, const CommonOptions& common) {
  const ReportClock clock;
  const theatre::Theatre theatre = theatre::read_theatre(options.subject);
  const plan::Ground ground(theatre);
  const plan::TheatrePatrol patrol = plan::plan_patrol(
      ground,
      {.patrols = options.patrols,
       .simulation = {.replicates = options.replicates,
                      .seed = common.seed,
                      .threads = common.threads},
       .futures = {.futures = options.futures, .seed = common.seed, .threads = common.threads}});
  const auto shifts = draw_rosters(roster_subject(ground, patrol), options.rosters, common);
  if (!common.json) return write_output({}, patrol_text(patrol) + shifts_text(shifts));
  plan::Solution solution{
      .status = plan::Status::optimal, .value = patrol.patrol.value, .bound = patrol.patrol.bound};
  solution.details["stretches"] = patrol.stretches;
  solution.details["coverage"] = patrol.patrol.coverage;
  solution.details["attack_probability"] = patrol.patrol.attack_probability;
  solution.details["resources"] = patrol.game.resources;
  solution.details["teams"] = patrol.teams;
  solution.details["rationality"] = patrol.rationality;
  solution.details["attacker_gain_uncovered"] = patrol.game.attacker_uncovered;
  solution.details["attacker_gain_covered"] = patrol.game.attacker_covered;
  solution.details["defender_gain_uncovered"] = patrol.game.defender_uncovered;
  solution.details["defender_gain_covered"] = patrol.game.defender_covered;
  solution.details["against_practised"] = contest_json(patrol.against_practised);
  solution.details["against_optimised"] = contest_json(patrol.against_optimised);
  solution.details["verdict"] = verdict_of(patrol);
  add_regret(patrol.regret, solution.details);
  if (!shifts.is_null()) solution.details["shifts"] = shifts;
  solution.details["simulation"] = simulation_json(patrol.simulation);
  const plan::InstanceFile of{
      .file = options.subject, .name = theatre.id, .problem = "patrol_quantal", .root = {}};
  write_output({}, clock.report(of, solution).dump(2) + "\n");
}

}  // namespace

void add_plan_patrol(CLI::App& plan, CommonOptions& common, ExitCode&) {
  const auto options = std::make_shared<PatrolOptions>();
  CLI::App& command = *plan.add_subcommand(
      "patrol", "How often to patrol each stretch, and rosters that nobody can foretell");
  command
      .add_option("SUBJECT", options->subject,
                  "An instance of problem patrol_zero_sum, patrol_general_sum, patrol_quantal, "
                  "roster_comb or\nline_patrol, or the folder of a theatre")
      ->required();
  add_roster_options(command, options->rosters);
  command
      .add_option(
          "--patrols", options->patrols,
          "Patrols a day, each of an equal part of the mobile and air teams; one for every\n"
          "four stretches")
      ->check(CLI::Range(1, 1000))
      ->group("For a theatre");
  command.add_option("--futures", options->futures, "Look for regret in so many futures")
      ->check(CLI::Range(2, 100000))
      ->capture_default_str()
      ->group("For a theatre");
  command.add_option("--replicates", options->replicates, "Simulate each package so many times")
      ->check(CLI::Range(2, 1000000))
      ->capture_default_str()
      ->group("For a theatre");
  add_common_options(command, common);
  command.get_option("--seed")->description(
      "Draw with this seed, to repeat a roster; a secret one is taken unless given");
  command.footer(
      "Examples:\n"
      "  panj plan patrol patrol.json\n"
      "  panj plan patrol patrol.json --from 2027-01-01 --days 28 --out roster\n"
      "  panj plan patrol theatres/tajik-afghan --patrols 6 --out roster\n"
      "  panj plan patrol theatres/tajik-afghan --shifts 3 --reach 120 --out roster\n");
  command.callback([options, &command, &common] {
    options->rosters.seed_given = command.count("--seed") > 0;
    names_theatre(options->subject) ? run_theatre(*options, common) : run(*options, common);
  });
}

}  // namespace panj::app
