// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/placement_report.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "panj/plan/placement_instance.h"
#include "panj/plan/placement_units.h"

namespace panj::plan {
namespace {

using nlohmann::ordered_json;

constexpr double kUsualAlpha = 0.9;

/// The level itself, or a list of levels when there are several.
ordered_json by_level(const PlacementInstance& instance, const std::vector<ordered_json>& levels) {
  return instance.goal == PlacementGoal::nested ? ordered_json(levels) : levels.front();
}

template <class Value>
ordered_json unit_table(const PlacementInstance& instance, const Value& value) {
  ordered_json table = ordered_json::array();
  for (std::size_t i = 0; i < instance.stretches.size(); ++i) {
    ordered_json stretch = ordered_json::array();
    for (std::size_t k = 0; k < instance.kinds.size(); ++k) {
      ordered_json kind = ordered_json::array();
      for (std::size_t t = 0; t < instance.years.size(); ++t) kind.push_back(value(i, k, t));
      stretch.push_back(kind);
    }
    table.push_back(stretch);
  }
  return table;
}

void add_plan(const PlacementInstance& instance, const PlacementResult& result,
              ordered_json& json) {
  std::vector<ordered_json> bought;
  std::vector<ordered_json> service;
  bought.reserve(result.plan.size());
  service.reserve(result.plan.size());
  for (const Purchases& plan : result.plan) {
    bought.push_back(
        unit_table(instance, [&](auto i, auto k, auto t) { return plan.at(i, k, t); }));
    service.push_back(unit_table(
        instance, [&](auto i, auto k, auto t) { return in_service(instance, plan, i, k, t); }));
  }
  json["purchases_by_stretch_kind_year"] = by_level(instance, bought);
  json["in_service_by_stretch_kind_year"] = by_level(instance, service);
}

void add_money(const PlacementInstance& instance, const PlacementResult& result,
               const PlacementEvaluation& evaluation, ordered_json& json) {
  json["spend_per_year"] = by_level(instance, {evaluation.spend.begin(), evaluation.spend.end()});
  json["unspent_per_year"] =
      by_level(instance, {evaluation.unspent.begin(), evaluation.unspent.end()});
  const char* name =
      instance.carry_over ? "price_of_cumulative_budget_per_year" : "price_of_budget_per_year";
  json[name] = by_level(instance, {result.budget_prices.begin(), result.budget_prices.end()});
}

/// Standard deviation between the scenarios as they are weighted.
double spread_of(const std::vector<double>& losses, const std::vector<double>& probabilities) {
  const double middle = mean(losses, probabilities);
  double square = 0;
  for (std::size_t s = 0; s < losses.size(); ++s) {
    square += probabilities[s] * (losses[s] - middle) * (losses[s] - middle);
  }
  return std::sqrt(square);
}

void add_losses(const PlacementInstance& instance, const PlacementResult& result,
                const PlacementEvaluation& evaluation, ordered_json& json) {
  const std::vector<double> weights = probabilities(instance);
  const std::vector<double>& losses = evaluation.losses.back();
  const double alpha = instance.goal == PlacementGoal::cvar ? instance.alpha : kUsualAlpha;
  const Estimate mean = estimate_mean(losses, weights);
  const Estimate tail = estimate_cvar(losses, weights, alpha);
  json["expected_loss"] = mean.value;
  json["expected_loss_error"] = mean.error;
  json["loss_spread"] = spread_of(losses, weights);
  json["cvar"] = {{"alpha", alpha}, {"value", tail.value}, {"error", tail.error}};
  json["loss_per_scenario"] =
      by_level(instance, {evaluation.losses.begin(), evaluation.losses.end()});
  PlacementInstance one_level = instance;
  one_level.goal = PlacementGoal::expected;
  json["loss_per_scenario_if_nothing_bought"] =
      evaluate(one_level, {Purchases(instance)}).losses[0];
  json["value_if_nothing_bought"] = value_of_nothing(instance, result);
  if (instance.goal != PlacementGoal::regret) return;
  json["best_loss_per_scenario"] = result.best_losses;
  json["best_loss_bound_per_scenario"] = result.best_bounds;
  json["regret_between"] = {result.value_low, result.value_high};
}

void add_next(const PlacementInstance& instance, const BudgetStep& step, ordered_json& json) {
  ordered_json buys = ordered_json::array();
  for (const Purchase& purchase : step.buys) {
    buys.push_back({{"stretch", instance.stretches[purchase.stretch]},
                    {"kind", instance.kinds[purchase.kind].name},
                    {"year", instance.years[purchase.year]},
                    {"units", purchase.units}});
  }
  ordered_json most = nullptr;
  if (step.loss_avoided_at_most) most = *step.loss_avoided_at_most;
  json["next_budget"] = {{"extra_budget", step.extra_budget},
                         {"year", instance.years[step.year]},
                         {"loss_avoided", step.loss_avoided},
                         {"loss_avoided_per_unit",
                          step.extra_budget > 0 ? step.loss_avoided / step.extra_budget : 0.0},
                         {"best_addition_is_proven", step.proven},
                         {"loss_avoided_at_most", most},
                         {"buys", buys}};
}

void add_places(const PlacementInstance& instance, const Purchases& plan, ordered_json& json) {
  json["binding_min_posts"] = ordered_json::array();
  for (const std::size_t i : binding_posts(instance, plan)) {
    json["binding_min_posts"].push_back(instance.stretches[i]);
  }
  json["displacement_flow"] = ordered_json::array();
  for (const DisplacementFlow& flow : displacement_flow(instance, plan)) {
    json["displacement_flow"].push_back({{"from", instance.stretches[flow.from]},
                                         {"to", instance.stretches[flow.to]},
                                         {"attempts", flow.attempts}});
  }
}

Solution report_infeasible(const PlacementRepair& repair) {
  Solution solution;
  solution.status = Status::infeasible;
  ordered_json extra = nullptr;
  if (repair.undeliverable.empty()) extra = repair.extra_budget_per_year;
  solution.details["smallest_extra_budget_per_year"] = extra;
  solution.details["undeliverable"] = repair.undeliverable;
  return solution;
}

}  // namespace

Estimate estimate_mean(const std::vector<double>& losses,
                       const std::vector<double>& probabilities) {
  const double value = mean(losses, probabilities);
  const auto count = static_cast<double>(losses.size());
  if (losses.size() < 2) return {value, 0};
  double sum = 0;
  for (std::size_t s = 0; s < losses.size(); ++s) {
    sum += std::pow(probabilities[s] * (losses[s] - value), 2);
  }
  return {value, std::sqrt(sum * count / (count - 1))};
}

Estimate estimate_cvar(const std::vector<double>& losses, const std::vector<double>& probabilities,
                       double alpha) {
  // The quantile: the loss at which the worst 1 − alpha begin.
  std::vector<std::pair<double, double>> sorted;
  sorted.reserve(losses.size());
  for (std::size_t s = 0; s < losses.size(); ++s) sorted.emplace_back(losses[s], probabilities[s]);
  std::ranges::sort(sorted, std::greater<>());
  double left = 1 - alpha;
  double quantile = sorted.front().first;
  for (const auto& [loss, probability] : sorted) {
    quantile = loss;
    left -= probability;
    if (left <= 1e-12) break;
  }
  std::vector<double> terms;
  terms.reserve(losses.size());
  for (const double loss : losses) {
    terms.push_back(quantile + std::max(0.0, loss - quantile) / (1 - alpha));
  }
  return {cvar(losses, probabilities, alpha), estimate_mean(terms, probabilities).error};
}

std::vector<DisplacementFlow> displacement_flow(const PlacementInstance& instance,
                                                const Purchases& plan) {
  std::vector<DisplacementFlow> flows;
  if (instance.displacement.share == 0 || instance.displacement.reach == 0) return flows;
  const std::vector<double> loss = undetected_loss(instance, plan);
  const auto stretches = static_cast<long>(instance.stretches.size());
  const long reach = std::min<long>(instance.displacement.reach, stretches);
  std::map<std::pair<std::size_t, std::size_t>, double> sums;
  for (std::size_t c = 0; c < loss.size(); ++c) {
    const auto i = static_cast<long>(c / instance.types.size()) % stretches;
    const auto types = static_cast<long>(instance.types.size());
    long best = i;
    double worst = loss[c];
    for (long j = std::max(0L, i - reach); j <= std::min(stretches - 1, i + reach); ++j) {
      const double reached =
          std::pow(instance.displacement.attenuation, static_cast<double>(std::abs(i - j))) *
          loss[static_cast<std::size_t>(static_cast<long>(c) + (j - i) * types)];
      if (reached > worst) {
        worst = reached;
        best = j;
      }
    }
    if (best == i) continue;
    double attempts = 0;
    for (const AttemptScenario& s : instance.scenarios) attempts += s.probability * s.attempts[c];
    sums[{static_cast<std::size_t>(i), static_cast<std::size_t>(best)}] +=
        instance.displacement.share * attempts;
  }
  for (const auto& [pair, attempts] : sums) flows.push_back({pair.first, pair.second, attempts});
  return flows;
}

std::vector<std::size_t> binding_posts(const PlacementInstance& instance, const Purchases& plan) {
  std::vector<std::size_t> binding;
  const std::size_t last = instance.years.size() - 1;
  for (std::size_t i = 0; i < instance.stretches.size(); ++i) {
    if (instance.min_posts[i] > 0 && instance.years[last] >= instance.min_posts_from_year &&
        in_service(instance, plan, i, 0, last) == instance.min_posts[i]) {
      binding.push_back(i);
    }
  }
  return binding;
}

double value_of_nothing(const PlacementInstance& instance, const PlacementResult& result) {
  return evaluate(instance, std::vector<Purchases>(instance.levels(), Purchases(instance)),
                  result.best_losses)
      .value;
}

NestingPrice price_of_nesting(const PlacementInstance& instance, const PlacementResult& result,
                              const PlacementOptions& options) {
  const PlacementEvaluation evaluation = evaluate(instance, result.plan);
  PlacementOptions quick = options;
  quick.effort = 0.3 * options.effort;
  NestingPrice price;
  for (std::size_t h = 0; h < instance.levels(); ++h) {
    price.loss.push_back(mean(evaluation.losses[h], probabilities(instance)));
    PlacementInstance alone = instance;
    alone.goal = PlacementGoal::expected;
    alone.budget_per_year = instance.budget_levels[h];
    // A chain's level is a plan of the level alone: solving alone must not look worse.
    price.loss_alone.push_back(
        std::min(price.loss[h], solve_placement_in_its_units(alone, quick).value));
  }
  return price;
}

Solution report_placement(const PlacementInstance& instance, const PlacementResult& result,
                          const PlacementOptions& options, double extra_budget) {
  if (result.repair) return report_infeasible(*result.repair);
  Solution solution;
  solution.status = result.proven ? Status::optimal : Status::feasible;
  solution.value = result.value;
  solution.bound = result.bound;
  const PlacementEvaluation evaluation = evaluate(instance, result.plan, result.best_losses);
  ordered_json& json = solution.details;
  add_plan(instance, result, json);
  add_money(instance, result, evaluation, json);
  add_losses(instance, result, evaluation, json);
  if (instance.goal == PlacementGoal::nested) {
    const NestingPrice price = price_of_nesting(instance, result, options);
    json["loss_per_level"] = price.loss;
    json["loss_per_level_without_nesting"] = price.loss_alone;
  }
  const double extra = extra_budget >= 0 ? extra_budget : default_extra_budget(instance);
  add_next(instance, next_purchases(instance, result, extra), json);
  add_places(instance, result.plan.back(), json);
  json["nodes"] = result.nodes;
  json["columns"] = result.columns;
  for (const std::string& violation : evaluation.violations) {
    solution.warnings.push_back("re-evaluation: " + violation);
  }
  return solution;
}

Solution solve_placement_instance(const InstanceFile& file, const SolveOptions& options) {
  PlacementFile read = read_placement(file);
  PlacementOptions search;
  search.threads = options.threads;
  search.seed = options.seed;
  search.time_limit_seconds = options.time_limit_seconds;
  Solution solution =
      report_placement(read.instance, solve_placement_in_its_units(read.instance, search), search);
  solution.warnings.insert(solution.warnings.begin(), read.warnings.begin(), read.warnings.end());
  return solution;
}

}  // namespace panj::plan
