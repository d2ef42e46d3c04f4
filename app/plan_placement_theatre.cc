// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <chrono>

#include "output.h"
#include "panj/core/problem.h"
#include "panj/plan/placement_instance.h"
#include "panj/plan/placement_mps.h"
#include "panj/plan/placement_report.h"
#include "panj/plan/placement_study.h"
#include "plan_placement.h"
#include "plan_report.h"
#include "simulation_view.h"

namespace panj::app {
namespace {

using nlohmann::ordered_json;
using plan::PlacementStudy;

plan::PlacementGoal goal_of(const std::string& name) {
  if (name == "cvar") return plan::PlacementGoal::cvar;
  return name == "regret" ? plan::PlacementGoal::regret : plan::PlacementGoal::expected;
}

plan::PlacementStudyOptions study_options(const PlacementCommand& command,
                                          const CommonOptions& common) {
  plan::PlacementStudyOptions options;
  options.placement.futures.futures = command.futures;
  options.placement.futures.seed = common.seed;
  options.placement.futures.threads = common.threads;
  options.placement.goal = goal_of(command.goal);
  options.placement.alpha = command.alpha;
  options.placement.search = {.effort = command.effort,
                              .threads = common.threads,
                              .seed = common.seed,
                              .time_limit_seconds = command.time_limit_seconds};
  options.budget_musd_per_year = command.budget;
  options.replicates = command.replicates;
  if (command.extra_budget >= 0) options.extra_budget = command.extra_budget;
  return options;
}

ordered_json report(const plan::TheatrePlan& plan, const plan::PlacementStudyOptions& options,
                    double seconds) {
  return plan::to_json(plan::report_placement(plan.instance, plan.result, options.placement.search,
                                              options.extra_budget),
                       seconds);
}

std::string verdict_of(const PlacementStudy& study) {
  return study.verdict + " " + plan::in_words(*study.regret, study.rival);
}

ordered_json beside_json(const PlacementStudy& study) {
  const plan::TheatrePlan& plan = *study.beside;
  const auto evaluation = plan::evaluate(plan.instance, plan.result.plan, plan.result.best_losses);
  ordered_json bought = ordered_json::array();
  for (std::size_t t = 0; t < plan.instance.years.size(); ++t) {
    for (std::size_t i = 0; i < plan.instance.stretches.size(); ++i) {
      for (std::size_t k = 0; k < plan.instance.kinds.size(); ++k) {
        const int units = plan.result.plan.front().at(i, k, t);
        if (units == 0) continue;
        bought.push_back({{"year", plan.instance.years[t]},
                          {"stretch", plan.instance.stretches[i]},
                          {"kind", plan.instance.kinds[k].name},
                          {"units", units}});
      }
    }
  }
  ordered_json json{
      {"package", study.rival},
      {"cost_per_year", study.rival_cost},
      {"plan_cost_per_year", evaluation.spend.front()},
      {"value", plan.result.value},
      {"bound", plan.result.bound},
      {"value_by_law_of_a_stop", plan.harm_by_law},
      {"change_of_reported_incidents",
       {{"mean", study.contest->mean}, {"low", study.contest->low}, {"high", study.contest->high}}},
      {"beats", study.contest->won()},
      {"verdict", verdict_of(study)},
      {"purchases", bought}};
  add_regret(*study.regret, json);
  return json;
}

std::string study_text(const PlacementStudy& study, const ordered_json& json) {
  const plan::TheatrePlan& plan = study.plan;
  std::string text = placement_text(plan.instance, plan.result, json);
  text += fmt::format(
      "Loss is harm (attack 3, infiltration 1, fire 1.5) of what gets through in {}-{}, in the "
      "mean "
      "of {} futures that come through the record.\n",
      plan.instance.years.front(), plan.instance.years.back(), study.futures);
  text += fmt::format("By the simulator's own law of a stop the plan leaves {:.1f}.\n",
                      plan.harm_by_law);
  text += "\n" + simulation_text(study.simulation);
  return study.beside ? text + "\n" + verdict_of(study) + "\n" : text;
}

}  // namespace

void plan_placement_of_theatre(const PlacementCommand& command, const CommonOptions& common) {
  if (!command.fresh.empty()) {
    throw InvalidInput(Problem{.field = "--fresh",
                               .what = "is given with a theatre",
                               .why = "fresh futures are drawn from the theatre itself"});
  }
  const theatre::Theatre theatre = theatre::read_theatre(command.subject);
  const plan::Ground ground(theatre);
  const plan::PlacementStudyOptions options = study_options(command, common);
  const auto start = std::chrono::steady_clock::now();
  const PlacementStudy study = plan::study_placement(ground, options);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  ordered_json json{{"name", theatre.id}, {"problem", "place_equipment"}};
  json.update(report(study.plan, options, seconds.count()));
  json["years"] = study.plan.instance.years;
  json["stretches"] = study.plan.instance.stretches;
  json["kinds"] = theatre::kEquipmentKinds;
  json["value_by_law_of_a_stop"] = study.plan.harm_by_law;
  json["futures"] = {{"counted", study.futures}, {"drawn", command.futures}};
  if (command.goal != "regret") add_sampling(study.gap, json);
  if (study.beside) json["beside"] = beside_json(study);
  json["simulation"] = simulation_json(study.simulation);
  const plan::PlacementInstance& instance = study.plan.instance;
  if (!command.instance.empty()) {
    write_file(command.instance, plan::to_json(instance).dump(1) + "\n");
  }
  if (!command.mps.empty()) {
    write_file(command.mps, plan::placement_mps(instance, study.plan.result));
  }
  if (!command.csv.empty()) {
    write_file(command.csv, placement_csv(instance, study.plan.result));
  }
  write_output(command.output, common.json ? json.dump(2) + "\n" : study_text(study, json));
}

}  // namespace panj::app
