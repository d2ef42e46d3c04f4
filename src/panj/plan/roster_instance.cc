// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/roster_instance.h"

#include <fmt/format.h>

#include <algorithm>

namespace panj::plan {
namespace {

using nlohmann::ordered_json;

double as_double(const Fraction& fraction) {
  return fraction.convert_to<double>();
}

std::string unproven(const LineGame& game, const LinePatrol& patrol) {
  return fmt::format(
      "{} nodes, attacks of {} steps: the value is a formula's that is checked up to 8 nodes and 9 "
      "steps; proven is only that no patrol catches more than {:.6g}",
      game.nodes, game.attack_duration, patrol.bound);
}

ordered_json line_patrol_json(const LineGame& game, const LinePatrol& patrol) {
  ordered_json windows = nullptr;
  for (const WindowShare& window : patrol.windows) {
    windows.push_back({{"posts", window.posts}, {"share", window.share}});
  }
  return {{"nodes", game.nodes},     {"attack_duration", game.attack_duration},
          {"value", patrol.value},   {"bound", patrol.bound},
          {"method", patrol.method}, {"windows", std::move(windows)}};
}

}  // namespace

std::vector<Fraction> read_coverage(const InstanceFile& file) {
  Problems problems;
  InstanceReader reader(file, problems);
  const nlohmann::json& values = reader.value("coverage");
  std::vector<Fraction> coverage;
  if (reader.has("coverage") && (!values.is_array() || values.empty())) {
    reader.fault("coverage", values.is_array() ? "is empty" : "is no list",
                 "must be a list of fractions such as \"3/4\", one for each stretch");
  }
  for (std::size_t i = 0; values.is_array() && i < values.size(); ++i) {
    const std::string text =
        values[i].is_string() ? values[i].get<std::string>() : values[i].dump();
    const auto fraction = parse_fraction(text);
    if (!fraction || *fraction < 0 || *fraction > 1) {
      reader.fault(fmt::format("coverage[{}]", i), "is " + values[i].dump(),
                   "must be a fraction in [0, 1], as \"3/4\" or 0.75");
    }
    coverage.push_back(fraction.value_or(Fraction(0)));
  }
  const double resources = reader.number_or("resources", -1, kNotNegative);
  Fraction sum(0);
  for (const Fraction& x : coverage) sum += x;
  if (resources >= 0 && sum > Fraction(resources)) {
    reader.fault("coverage", "adds up to " + to_string(sum),
                 fmt::format("must add up to at most resources = {}", resources));
  }
  reader.finish();
  problems.throw_if_any();
  return coverage;
}

Solution solve_roster_instance(const InstanceFile& file, const SolveOptions&) {
  const std::vector<Fraction> coverage = read_coverage(file);
  const std::vector<Roster> rosters = comb(coverage);
  Fraction sum(0);
  for (const Fraction& x : coverage) sum += x;
  Solution solution{.status = Status::optimal, .value = as_double(sum), .bound = as_double(sum)};
  solution.details["resources_used"] = to_string(sum);
  solution.details["rosters"] = ordered_json::array();
  for (const Roster& roster : rosters) {
    solution.details["rosters"].push_back(
        {{"probability", to_string(roster.probability)}, {"stretches", roster.stretches}});
  }
  const bool exact = marginals(rosters, coverage.size()) == coverage;
  solution.details["marginals_are_exact"] = exact;
  return solution;
}

std::vector<LineGame> read_line_games(const InstanceFile& file) {
  Problems problems;
  InstanceReader top(file, problems);
  const bool inside = !top.has("games") && top.has("optimum");
  InstanceReader reader = inside ? top.object("optimum") : top;
  std::vector<LineGame> games;
  constexpr int kLargest = 1'000'000;
  if (!reader.has("games") && reader.has("nodes")) {
    games.push_back(
        {reader.whole("nodes", 1, kLargest), reader.whole("attack_duration", 1, kLargest)});
  } else {
    for (InstanceReader& game : reader.objects("games")) {
      games.push_back(
          {game.whole("nodes", 1, kLargest), game.whole("attack_duration", 1, kLargest)});
      game.finish();
    }
  }
  reader.finish();
  problems.throw_if_any();
  return games;
}

Solution solve_line_instance(const InstanceFile& file, const SolveOptions&) {
  Solution solution;
  ordered_json all = ordered_json::array();
  double lowest = 1;
  double bound = 1;
  for (const LineGame& game : read_line_games(file)) {
    const LinePatrol patrol = solve_line_game(game);
    lowest = std::min(lowest, patrol.value);
    bound = std::min(bound, patrol.bound);
    if (patrol.bound > patrol.value) solution.warnings.push_back(unproven(game, patrol));
    all.push_back(line_patrol_json(game, patrol));
  }
  solution.status = bound > lowest ? Status::feasible : Status::optimal;
  solution.value = lowest;  // of the game that is worst for the patrol
  solution.bound = bound;
  solution.details["games"] = std::move(all);
  return solution;
}

}  // namespace panj::plan
