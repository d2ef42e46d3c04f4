// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <chrono>
#include <memory>
#include <optional>

#include "output.h"
#include "panj/plan/placement_instance.h"
#include "panj/plan/placement_mps.h"
#include "panj/plan/placement_report.h"
#include "panj/plan/placement_sampling.h"
#include "plan.h"

namespace panj::app {
namespace {

using nlohmann::ordered_json;
using plan::PlacementInstance;
using plan::PlacementResult;

struct PlacementCommand {
  std::string file;
  std::string fresh;
  std::string csv;
  std::string mps;
  std::string output;
  double extra_budget = -1;
  double effort = 1;
  double time_limit_seconds = 0;
};

/// "year,level,stretch,kind,bought,in_service": a row for each purchase.
std::string as_csv(const PlacementInstance& instance, const PlacementResult& result) {
  std::string text = "year,level,stretch,kind,bought,in_service\n";
  for (std::size_t h = 0; h < result.plan.size(); ++h) {
    for (std::size_t t = 0; t < instance.years.size(); ++t) {
      for (std::size_t i = 0; i < instance.stretches.size(); ++i) {
        for (std::size_t k = 0; k < instance.kinds.size(); ++k) {
          const int bought = result.plan[h].at(i, k, t);
          if (bought == 0) continue;
          text += fmt::format("{},{},\"{}\",\"{}\",{},{}\n", instance.years[t], h + 1,
                              instance.stretches[i], instance.kinds[k].name, bought,
                              plan::in_service(instance, result.plan[h], i, k, t));
        }
      }
    }
  }
  return text;
}

std::string money_table(const PlacementInstance& instance,
                        const plan::PlacementEvaluation& evaluation, std::size_t level) {
  std::string text = fmt::format("{:<6} {:>10} {:>10} {:>10}\n", "year", "budget", "spend", "left");
  for (std::size_t t = 0; t < instance.years.size(); ++t) {
    text += fmt::format("{:<6} {:>10.2f} {:>10.2f} {:>10.2f}\n", instance.years[t],
                        instance.budget(level)[t], evaluation.spend[level][t],
                        evaluation.unspent[level][t]);
  }
  return text;
}

std::string purchase_table(const PlacementInstance& instance, const plan::Purchases& purchases) {
  std::string text = fmt::format("{:<16} {:<14}", "stretch", "kind");
  for (const int year : instance.years) text += fmt::format(" {:>5}", year);
  text += "  in service\n";
  const std::size_t last = instance.years.size() - 1;
  for (std::size_t i = 0; i < instance.stretches.size(); ++i) {
    for (std::size_t k = 0; k < instance.kinds.size(); ++k) {
      std::string cells;
      int bought = 0;
      for (std::size_t t = 0; t <= last; ++t) {
        const int units = purchases.at(i, k, t);
        bought += units;
        cells += units == 0 ? fmt::format(" {:>5}", ".") : fmt::format(" {:>5}", units);
      }
      if (bought == 0) continue;
      text +=
          fmt::format("{:<16} {:<14}{}  {:>10}\n", instance.stretches[i], instance.kinds[k].name,
                      cells, plan::in_service(instance, purchases, i, k, last));
    }
  }
  return text;
}

std::string loss_lines(const ordered_json& json) {
  const auto number = [&json](const char* name) { return json[name].get<double>(); };
  std::string text = fmt::format(
      "value        {:.6g} ({}; no plan is below {:.6g}, gap {:.2f} %)\n", number("value"),
      json["status"].get<std::string>(), number("bound"), 100 * number("gap"));
  text += fmt::format("if nothing   {:.6g}\n", number("value_if_nothing_bought"));
  text += fmt::format("expected     {:.6g} ± {:.2g} (one Monte-Carlo standard error)\n",
                      number("expected_loss"), number("expected_loss_error"));
  const ordered_json& tail = json["cvar"];
  text += fmt::format("worst {:.3g} %  {:.6g} ± {:.2g}\n", 100 * (1 - tail["alpha"].get<double>()),
                      tail["value"].get<double>(), tail["error"].get<double>());
  return text;
}

std::string next_lines(const ordered_json& next) {
  std::string text =
      fmt::format("{:.6g} more in {} avoids {:.4g} of loss ({:.3g} per unit)",
                  next["extra_budget"].get<double>(), next["year"].get<int>(),
                  next["loss_avoided"].get<double>(), next["loss_avoided_per_unit"].get<double>());
  if (next["buys"].empty()) return text + ": it is too little to buy anything that helps\n";
  text += ":";
  for (const ordered_json& buy : next["buys"]) {
    text +=
        fmt::format(" {} {} for {} in {};", buy["units"].get<int>(), buy["kind"].get<std::string>(),
                    buy["stretch"].get<std::string>(), buy["year"].get<int>());
  }
  text.back() = '\n';
  return text;
}

std::string as_text(const PlacementInstance& instance, const PlacementResult& result,
                    const ordered_json& json) {
  if (result.repair) return readable(json);
  std::string text;
  const plan::PlacementEvaluation evaluation =
      plan::evaluate(instance, result.plan, result.best_losses);
  for (std::size_t h = 0; h < result.plan.size(); ++h) {
    if (result.plan.size() > 1) text += fmt::format("Budget level {}\n\n", h + 1);
    text += purchase_table(instance, result.plan[h]) + "\n";
    text += money_table(instance, evaluation, h) + "\n";
  }
  text += loss_lines(json) + "\n" + next_lines(json["next_budget"]);
  for (const auto& name : json["binding_min_posts"]) {
    text += fmt::format("minimum posts bind on {}\n", name.get<std::string>());
  }
  for (const auto& flow : json["displacement_flow"]) {
    text += fmt::format("{:.4g} mobile attempts go from {} to {}\n", flow["attempts"].get<double>(),
                        flow["from"].get<std::string>(), flow["to"].get<std::string>());
  }
  if (json.contains("sampling")) text += "\n" + readable(json["sampling"]);
  text += "\nUnits on one stretch are taken to detect independently of each other.\n";
  for (const auto& warning : json["warnings"]) {
    text += "warning: " + warning.get<std::string>() + "\n";
  }
  return text;
}

ordered_json sampling_json(const PlacementInstance& instance, const PlacementResult& result,
                           const std::string& path, const plan::PlacementOptions& options) {
  const PlacementInstance fresh = plan::read_placement(plan::read_instance(path)).instance;
  if (fresh.years.size() != instance.years.size() || fresh.stretches != instance.stretches ||
      fresh.types != instance.types) {
    throw InvalidInput(Problem{.file = path,
                               .field = "scenarios",
                               .what = "are of other years, stretches or types",
                               .why = "fresh futures must have the instance's shape"});
  }
  const plan::SamplingGap gap = plan::sampling_gap(instance, result, fresh.scenarios, options);
  ordered_json json{{"out_of_sample", gap.out_of_sample.value},
                    {"out_of_sample_half_width", gap.out_of_sample.error},
                    {"fresh_futures", fresh.scenarios.size()},
                    {"batches", gap.batches}};
  if (!gap.lower) return json;
  json["batch_bound"] = gap.lower->value;
  json["batch_bound_half_width"] = gap.lower->error;
  json["sampling_gap"] = gap.gap;
  json["sampling_gap_95"] = gap.gap_high;
  return json;
}

void run(const PlacementCommand& command, const CommonOptions& common) {
  const plan::PlacementFile file = plan::read_placement(plan::read_instance(command.file));
  const plan::PlacementOptions options{.effort = command.effort,
                                       .threads = common.threads,
                                       .seed = common.seed,
                                       .time_limit_seconds = command.time_limit_seconds};
  const auto start = std::chrono::steady_clock::now();
  const PlacementResult result = plan::solve_placement(file.instance, options);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  plan::Solution solution =
      plan::report_placement(file.instance, result, options, command.extra_budget);
  solution.warnings.insert(solution.warnings.begin(), file.warnings.begin(), file.warnings.end());
  ordered_json json{{"name", file.instance.name}, {"problem", "place_equipment"}};
  json.update(plan::to_json(solution, seconds.count()));
  const bool sampled = file.instance.goal == plan::PlacementGoal::expected ||
                       file.instance.goal == plan::PlacementGoal::cvar;
  if (!command.fresh.empty() && !result.repair && sampled) {
    json["sampling"] = sampling_json(file.instance, result, command.fresh, options);
  }
  if (!command.mps.empty()) write_file(command.mps, plan::placement_mps(file.instance, result));
  if (!command.csv.empty()) write_file(command.csv, as_csv(file.instance, result));
  write_output(command.output,
               common.json ? json.dump(2) + "\n" : as_text(file.instance, result, json));
}

}  // namespace

void add_plan_placement(CLI::App& plan, CommonOptions& common, ExitCode&) {
  const auto options = std::make_shared<PlacementCommand>();
  CLI::App& command = *plan.add_subcommand(
      "placement", "Which stretch gets which equipment in which year, and how sure that is");
  command.add_option("FILE", options->file, "The instance, \"problem\": \"place_equipment\"")
      ->required();
  command
      .add_option("--fresh", options->fresh,
                  "An instance with independent futures: judge the plan on them, and tell the\n"
                  "sampling gap when there are ten times as many (expected and cvar)")
      ->type_name("FILE");
  command.add_option("--csv", options->csv, "Write the purchases as a table")->type_name("FILE");
  command.add_option("--export-mps", options->mps, "Write the problem in MPS for any other solver")
      ->type_name("FILE");
  command
      .add_option(
          "--extra-budget", options->extra_budget,
          "What to price: so much more in the first year; by default the dearest kind's price")
      ->check(CLI::NonNegativeNumber)
      ->type_name("MONEY");
  command.add_option("--effort", options->effort, "Search so many times as long as usual")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command
      .add_option("--time-limit", options->time_limit_seconds,
                  "Stop after so many seconds; the answer then depends on the machine")
      ->check(CLI::NonNegativeNumber)
      ->type_name("SECONDS");
  command.add_option("-o,--out", options->output, "Write here instead of to stdout")
      ->type_name("FILE");
  add_common_options(command, common);
  command.footer(
      "Examples:\n"
      "  panj plan placement border.json\n"
      "  panj plan placement border.json --csv plan.csv --json -o plan.json\n"
      "  panj plan placement border.json --export-mps border.mps\n");
  command.callback([options, &common] { run(*options, common); });
}

}  // namespace panj::app
