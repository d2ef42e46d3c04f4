// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>

#include "explore_parts.h"

namespace panj::app {
namespace {

using explore::Estimate;
using explore::Exploration;
using explore::FailureBox;
using nlohmann::ordered_json;

ordered_json to_json(const Estimate& estimate) {
  return {{"value", estimate.value}, {"error", estimate.error}};
}

/// JSON has no infinity.
ordered_json finite(double value) {
  return std::isfinite(value) ? ordered_json(value) : ordered_json(nullptr);
}

ordered_json interval_json(const Range& range) {
  return {finite(range.low), finite(range.high)};
}

ordered_json to_json(const explore::PackageResult& package, const Exploration& all) {
  ordered_json json{{"id", package.id},
                    {"name", package.name},
                    {"contained", to_json(package.contained)},
                    {"contained_range", interval_json(package.contained_range)},
                    {"satisfied", to_json(package.satisfied)},
                    {"cost_musd_per_year", package.cost_musd_per_year},
                    {"cost_stated_musd_per_year", finite(package.cost_stated_musd_per_year)},
                    {"affordable", package.is_affordable},
                    {"efficient", package.is_efficient}};
  for (std::size_t k = 0; k < all.compared.size(); ++k) {
    const explore::RegretRow& row = package.outcomes[k];
    json["outcomes"][explore::headlines()[all.compared[k]].name] = {
        {"mean", to_json(row.mean)},
        {"cvar", to_json(row.cvar)},
        {"mean_regret", to_json(row.mean_regret)},
        {"max_regret", to_json(row.max_regret)},
        {"worst_future", row.worst_future}};
  }
  return json;
}

ordered_json to_json(const FailureBox& box) {
  ordered_json json{{"package", box.package},     {"failing", box.failing},
                    {"base_rate", box.base_rate}, {"coverage", box.coverage},
                    {"density", box.density},     {"futures", box.futures},
                    {"sentence", box.sentence},   {"limits", ordered_json::array()}};
  for (const explore::BoxSentence& limit : box.limits) {
    json["limits"].push_back({{"assumption", limit.assumption},
                              {"subject", limit.subject},
                              {"bound", limit.bound},
                              {"stated", limit.stated},
                              {"low", limit.low},
                              {"high", limit.high},
                              {"range", interval_json(limit.whole)},
                              {"quasi_p", limit.quasi_p},
                              {"watch", limit.watch}});
  }
  return json;
}

/// The names of the outcomes, or what they are in words.
std::vector<std::string> efficient_in(const Exploration& all,
                                      std::string explore::Headline::*said) {
  std::vector<std::string> outcomes;
  outcomes.reserve(all.efficient_in.size());
  for (const std::size_t headline : all.efficient_in) {
    outcomes.push_back(explore::headlines()[headline].*said);
  }
  return outcomes;
}

std::string package_table(const Exploration& all) {
  std::string text =
      fmt::format("{:<6} {:<32} {:>9} {:>9} {:>9} {:>10} {:>11} {:>9}\n", "", "package",
                  "contained", "5–95 %", "good in", "breaches/y", "max regret", "M$/year");
  for (std::size_t p = 0; p < all.packages.size(); ++p) {
    const auto& package = all.packages[p];
    const auto& breaches = package.outcomes[2];
    text += fmt::format(
        "{:<6} {:<32} {:>8.0f}% {:>4.0f}–{:.0f}% {:>8.0f}% {:>10.2f} {:>11.2f} {:>9.1f}{}\n",
        package.id + (package.is_efficient ? "*" : ""), package.name, 100 * package.contained.value,
        100 * package.contained_range.low, 100 * package.contained_range.high,
        100 * package.satisfied.value, breaches.mean.value, breaches.max_regret.value,
        package.cost_musd_per_year, p == all.best ? "  ← best affordable" : "");
  }
  text += fmt::format(
      "* Efficient: no other package is as good in all of these and better in one: {}.\n",
      fmt::join(efficient_in(all, &explore::Headline::description), "; "));
  if (std::isfinite(all.budget_musd_per_year)) {
    text += fmt::format("Affordable: at most {:g} M$ a year on top of {} at the stated values.\n",
                        all.budget_musd_per_year, all.packages.front().id);
  }
  return text;
}

std::string drivers_text(const Exploration& all) {
  if (all.drivers.empty()) return "";  // a note says why
  const std::string& outcome =
      explore::headlines()[explore::find_headline(all.outcome_of_drivers)].description;
  std::string text;
  for (const auto& driver : all.drivers) {
    if (!driver.is_telling) continue;
    text += fmt::format("  {:.2f}  {} ({})\n", driver.pawn, driver.subject,
                        driver.shift > 0 ? "more is worse" : "less is worse");
  }
  if (text.empty()) return fmt::format("\nNo unknown moves {} more than chance does.\n", outcome);
  return fmt::format("\nWhat moves {} most (distance; {:.2f} is chance):\n{}", outcome,
                     all.chance_level, text);
}

}  // namespace

ordered_json to_json(const Exploration& all) {
  ordered_json json{{"futures", all.futures},
                    {"counted", all.counted},
                    {"replicates", all.replicates},
                    {"failed_replicates", all.failed_replicates},
                    {"passed_history", to_json(all.passed)},
                    {"history",
                     {{"incidents", interval_json(all.band.incidents)},
                      {"militants", interval_json(all.band.militants)}}},
                    {"budget_musd_per_year", finite(all.budget_musd_per_year)},
                    {"thresholds", all.thresholds},
                    {"best_affordable", all.packages[all.best].id},
                    {"efficient_in", efficient_in(all, &explore::Headline::name)},
                    {"packages", ordered_json::array()}};
  for (const auto& package : all.packages) json["packages"].push_back(to_json(package, all));
  json["drivers"] = {{"outcome", all.outcome_of_drivers},
                     {"chance_level", all.chance_level},
                     {"inputs", ordered_json::array()}};
  for (const auto& driver : all.drivers) {
    json["drivers"]["inputs"].push_back({{"assumption", driver.assumption},
                                         {"subject", driver.subject},
                                         {"pawn", driver.pawn},
                                         {"shift", driver.shift},
                                         {"telling", driver.is_telling}});
  }
  json["boxes"] = ordered_json::array();
  for (const FailureBox& box : all.boxes) json["boxes"].push_back(to_json(box));
  json["tripwires"] = ordered_json::array();
  for (const auto& wire : all.tripwires) {
    json["tripwires"].push_back({{"package", wire.package},
                                 {"indicator", wire.indicator},
                                 {"threshold", wire.threshold},
                                 {"now", wire.now},
                                 {"watch", wire.watch},
                                 {"sentence", wire.sentence},
                                 {"density", wire.density},
                                 {"base_rate", wire.base_rate},
                                 {"coverage", wire.coverage}});
  }
  json["notes"] = all.notes;
  return json;
}

std::string as_text(const Exploration& all) {
  std::string text = fmt::format(
      "{} futures × {} replicates; {} of the futures reproduce the record; {} futures count\n\n",
      all.futures, all.replicates, explore::percent(all.passed.value), all.counted);
  text += package_table(all);
  text += fmt::format("Good in: share of futures with {}.\n", fmt::join(all.good, " and "));
  text += drivers_text(all);
  text += "\n";
  for (const FailureBox& box : all.boxes) {
    text += fmt::format("{} (covers {:.0f} % of the failures; it fails with {}).\n", box.sentence,
                        100 * box.coverage, box.failing);
  }
  for (const auto& wire : all.tripwires) {
    text += fmt::format("Watch {}: {} {} (now {}).\n", wire.watch, wire.indicator, wire.threshold,
                        wire.now.empty() ? "see the record" : wire.now);
  }
  for (const std::string& note : all.notes) text += "Note: " + note + ".\n";
  return text;
}

}  // namespace panj::app
