// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/interdiction_instance.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace panj::plan {
namespace {

using nlohmann::ordered_json;

constexpr double kSumRounding = 1e-9;

Allowed index_below(std::size_t size) {
  return {.low = 0,
          .high = static_cast<double>(std::max<std::size_t>(1, size)) - 1,
          .text = "an index of the list, from 0"};
}

void read_route(InstanceReader& reader, const nlohmann::json& row, const std::string& place,
                NamedInterdiction& named) {
  constexpr std::size_t kColumns = 4;
  if (!row.is_array() || row.size() != kColumns) {
    reader.fault(place, "is no list of 4", "must be [evader, checkpoint, P, Q]");
    return;
  }
  const double evader = reader.number_at(row[0], place + "[0]", index_below(named.evaders.size()));
  const double checkpoint =
      reader.number_at(row[1], place + "[1]", index_below(named.checkpoints.size()));
  const double unequipped = reader.number_at(row[2], place + "[2]", kShare);
  const double equipped = reader.number_at(row[3], place + "[3]", kShare);
  if (evader != std::floor(evader) || checkpoint != std::floor(checkpoint)) {
    reader.fault(place, "has an index that is no whole number",
                 "must be [evader, checkpoint, P, Q]");
    return;
  }
  if (equipped > unequipped) {
    reader.fault(place,
                 fmt::format("passes at {} equipped, above {} unequipped", equipped, unequipped),
                 "equipment must not help the evader");
    return;
  }
  if (named.evaders.empty() || named.checkpoints.empty()) return;
  auto& routes = named.problem.routes[static_cast<std::size_t>(evader)];
  if (std::ranges::find(routes, static_cast<std::size_t>(checkpoint), &EvaderRoute::checkpoint) !=
      routes.end()) {
    reader.fault(place,
                 fmt::format("is a second way of {} through {}",
                             named.evaders[static_cast<std::size_t>(evader)],
                             named.checkpoints[static_cast<std::size_t>(checkpoint)]),
                 "an evader has one way through a checkpoint, its best");
    return;
  }
  routes.push_back({static_cast<std::size_t>(checkpoint), unequipped, equipped});
}

std::vector<bool> as_flags(const std::vector<std::size_t>& equip, std::size_t size) {
  std::vector<bool> flags(size, false);
  for (const std::size_t k : equip) flags[k] = true;
  return flags;
}

ordered_json way(const NamedInterdiction& named, std::size_t w, const std::vector<bool>& equipped) {
  const auto& routes = named.problem.routes[w];
  const auto best = best_route(routes, equipped);
  if (!best) return {{"checkpoint", nullptr}, {"pass", 0.0}};
  const EvaderRoute& route = routes[*best];
  return {{"checkpoint", named.checkpoints[route.checkpoint]},
          {"pass", equipped[route.checkpoint] ? route.equipped : route.unequipped}};
}

ordered_json evaders_as_json(const NamedInterdiction& named, const std::vector<bool>& equipped) {
  ordered_json all = ordered_json::array();
  const std::vector<bool> nothing(equipped.size(), false);
  for (std::size_t w = 0; w < named.evaders.size(); ++w) {
    const ordered_json before = way(named, w, nothing);
    const ordered_json after = way(named, w, equipped);
    all.push_back({{"evader", named.evaders[w]},
                   {"probability", named.problem.probability[w]},
                   {"before", before["checkpoint"]},
                   {"pass_before", before["pass"]},
                   {"after", after["checkpoint"]},
                   {"pass_after", after["pass"]}});
  }
  return all;
}

/// The cheapest equipment that is not bought yet; nothing when all is, or when it costs nothing.
std::optional<double> further_unit(const InterdictionProblem& problem,
                                   const std::vector<bool>& equipped) {
  std::optional<double> unit;
  for (std::size_t k = 0; k < equipped.size(); ++k) {
    if (equipped[k] || problem.cost[k] <= 0) continue;
    unit = std::min(unit.value_or(problem.cost[k]), problem.cost[k]);
  }
  return unit;
}

ordered_json further_units(const NamedInterdiction& named, const InterdictionPlan& plan,
                           double time_limit_seconds) {
  ordered_json all = ordered_json::array();
  const auto unit = further_unit(named.problem, as_flags(plan.equip, named.checkpoints.size()));
  if (!unit) return all;
  double before = plan.value;
  InterdictionProblem more = named.problem;
  constexpr int kUnits = 2;
  constexpr std::uint64_t kWork = 150'000'000;
  for (int u = 1; u <= kUnits; ++u) {
    more.budget += *unit;
    const InterdictionPlan next =
        solve_interdiction(more, {.most_work = kWork, .time_limit_seconds = time_limit_seconds});
    const double prevented = before - next.value;
    all.push_back({{"budget", more.budget},
                   {"value", std::min(next.value, before)},
                   {"bound", next.bound},
                   {"prevents_more", prevented > kPrevention ? prevented : 0.0}});
    before = std::min(next.value, before);
  }
  return all;
}

/// Which checkpoint helps most when the plan is kept; null when none prevents anything alone.
ordered_json next_checkpoint(const NamedInterdiction& named, const InterdictionPlan& plan) {
  std::vector<bool> equipped = as_flags(plan.equip, named.checkpoints.size());
  ordered_json next = nullptr;
  double best = plan.value - kPrevention;
  for (std::size_t k = 0; k < equipped.size(); ++k) {
    if (equipped[k]) continue;
    equipped[k] = true;
    const double value = pass_probability(named.problem, equipped);
    equipped[k] = false;
    if (value >= best) continue;
    best = value;
    next = {
        {"checkpoint", named.checkpoints[k]}, {"value", value}, {"cost", named.problem.cost[k]}};
  }
  return next;
}

}  // namespace

NamedInterdiction read_interdiction(const InstanceFile& file) {
  Problems problems;
  InstanceReader reader(file, problems);
  NamedInterdiction named;
  named.checkpoints = reader.names("checkpoints");
  named.evaders = reader.names("evaders");
  InterdictionProblem& problem = named.problem;
  problem.probability =
      reader.numbers("evader_probability", kNotNegative, Length{named.evaders.size(), "evaders"});
  const double sum = std::accumulate(problem.probability.begin(), problem.probability.end(), 0.0);
  if (problems.empty() && reader.has("evader_probability") && std::abs(sum - 1) > kSumRounding) {
    reader.fault("evader_probability", fmt::format("adds up to {}", sum), "must add up to 1");
  }
  problem.cost =
      reader.numbers("equip_cost", kNotNegative, Length{named.checkpoints.size(), "checkpoints"});
  problem.budget = reader.number("budget", kNotNegative);
  problem.routes.resize(named.evaders.size());
  const nlohmann::json& routes = reader.value("routes");
  if (reader.has("routes") && !routes.is_array()) {
    reader.fault("routes", "is no list", "must be a list of [evader, checkpoint, P, Q]");
  }
  for (std::size_t r = 0; routes.is_array() && r < routes.size(); ++r) {
    read_route(reader, routes[r], fmt::format("routes[{}]", r), named);
  }
  reader.finish();
  problems.throw_if_any();
  return named;
}

Solution solve_named_interdiction(const NamedInterdiction& named, const SolveOptions& options) {
  const InterdictionPlan plan =
      solve_interdiction(named.problem, {.time_limit_seconds = options.time_limit_seconds});
  Solution solution{.status = plan.bound < plan.value ? Status::feasible : Status::optimal,
                    .value = plan.value,
                    .bound = plan.bound};
  const std::size_t n = named.checkpoints.size();
  for (std::size_t w = 0; w < named.evaders.size(); ++w) {
    if (!named.problem.routes[w].empty()) continue;
    solution.warnings.push_back(named.evaders[w] + " has no route and never passes");
  }
  ordered_json& out = solution.details;
  out["equip"] = plan.equip;
  out["equip_names"] = ordered_json::array();
  for (const std::size_t k : plan.equip) out["equip_names"].push_back(named.checkpoints[k]);
  out["nodes"] = plan.nodes;
  out["value_if_nothing_equipped"] = pass_probability(named.problem, std::vector<bool>(n, false));
  out["value_if_everything_equipped"] = pass_probability(named.problem, std::vector<bool>(n, true));
  out["next_checkpoint"] = next_checkpoint(named, plan);
  out["further_units"] = further_units(named, plan, options.time_limit_seconds);
  out["evaders"] = evaders_as_json(named, as_flags(plan.equip, n));
  return solution;
}

Solution solve_interdiction_instance(const InstanceFile& file, const SolveOptions& options) {
  return solve_named_interdiction(read_interdiction(file), options);
}

}  // namespace panj::plan
