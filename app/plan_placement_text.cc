// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "panj/plan/placement_evaluate.h"
#include "plan.h"
#include "plan_placement.h"

namespace panj::app {
namespace {

using nlohmann::ordered_json;
using plan::PlacementInstance;
using plan::PlacementResult;

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
  // Whoever gives scenarios knows whether they were drawn; a theatre's futures are.
  const bool drawn = json.contains("futures");
  text += fmt::format(
      "expected     {:.6g} ± {:.2g} ({})\n", number("expected_loss"),
      drawn ? number("expected_loss_error") : number("loss_spread"),
      drawn ? "one Monte-Carlo standard error" : "standard deviation between the scenarios");
  const ordered_json& tail = json["cvar"];
  text += fmt::format("worst {:.3g} %  {:.6g}", 100 * (1 - tail["alpha"].get<double>()),
                      tail["value"].get<double>());
  return text + (drawn ? fmt::format(" ± {:.2g}\n", tail["error"].get<double>()) : "\n");
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
  text.back() = next["best_addition_is_proven"].get<bool>() ? '.' : ';';
  text += next["best_addition_is_proven"].get<bool>() ? " No other addition avoids more."
                                                      : " the best addition found.";
  const ordered_json& most = next["loss_avoided_at_most"];
  if (!most.is_null())
    text += fmt::format(" A new plan avoids {:.4g} at most.", most.get<double>());
  return text + "\n";
}

}  // namespace

void add_sampling(const plan::SamplingGap& gap, ordered_json& json) {
  ordered_json& sampling = json["sampling"];
  sampling = {{"out_of_sample", gap.out_of_sample.value},
              {"out_of_sample_half_width", gap.out_of_sample.error},
              {"out_of_sample_futures", gap.judged},
              {"batches", gap.batches}};
  if (gap.lower) {
    sampling["batch_bound"] = gap.lower->value;
    sampling["batch_bound_half_width"] = gap.lower->error;
    sampling["sampling_gap"] = gap.gap;
    sampling["sampling_gap_95"] = gap.gap_high;
  }
  for (const std::string& warning : gap.warnings) json["warnings"].push_back(warning);
}

std::string placement_csv(const PlacementInstance& instance, const PlacementResult& result) {
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

std::string placement_text(const PlacementInstance& instance, const PlacementResult& result,
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

}  // namespace panj::app
