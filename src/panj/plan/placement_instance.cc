// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/placement_instance.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "panj/plan/detail/placement_states.h"
#include "panj/plan/detail/rounding.h"
#include "panj/plan/placement_units.h"

namespace panj::plan {
namespace {

constexpr double kProbabilityTolerance = 1e-9;
constexpr int kMostUnits = 1000;

/// Of money, losses, attempts and weights: their products then stay far from the ends of what the
/// linear programmes can hold.
constexpr Allowed kAmount{.low = 0, .high = 1e12, .text = "a number from 0 to 1e12"};

std::vector<int> read_years(InstanceReader& reader) {
  constexpr Allowed kYear{.low = 1, .high = 9999, .text = "a year"};
  const std::vector<double> numbers = reader.numbers("years", kYear);
  std::vector<int> years;
  years.reserve(numbers.size());
  for (const double year : numbers) {
    if (year != std::floor(year) || (!years.empty() && year <= years.back())) {
      reader.fault(fmt::format("years[{}]", years.size()), fmt::format("is {}", year),
                   "must be a whole number above the year before");
    }
    years.push_back(static_cast<int>(year));
  }
  if (years.empty()) reader.fault("years", "is empty", "needs a year");
  return years;
}

EquipmentKind read_kind(InstanceReader& reader, std::size_t types) {
  EquipmentKind kind;
  kind.name = reader.text("name");
  kind.price = reader.number("price", kAmount);
  kind.upkeep_per_year = reader.number_or("upkeep_per_year", 0, kAmount);
  kind.delivery_lag_years = reader.whole_or("delivery_lag_years", 0, 0, 10000);
  kind.detect = reader.numbers("detect", kShareBelow1, Length{types, "types"});
  const bool capped = reader.has("max_per_stretch");
  if (capped) kind.max_per_stretch = reader.whole("max_per_stretch", 0, kMostUnits);
  if (!capped && kind.price == 0) {
    reader.fault("max_per_stretch", "is missing", "a kind that costs nothing needs a cap");
  }
  reader.finish();
  return kind;
}

void read_kinds(InstanceReader& reader, PlacementFile& read) {
  PlacementInstance& instance = read.instance;
  for (InstanceReader& entry : reader.objects("kinds")) {
    EquipmentKind kind = read_kind(entry, instance.types.size());
    if (std::ranges::count(instance.kinds, kind.name, &EquipmentKind::name) > 0) {
      entry.fault("name", fmt::format("is '{}' again", kind.name), "names must not repeat");
    }
    if (static_cast<std::size_t>(kind.delivery_lag_years) >= instance.years.size()) {
      read.warnings.push_back(
          fmt::format("{}.delivery_lag_years: {} is delivered after the last year, so it is never "
                      "bought",
                      entry.where(), kind.name));
    }
    instance.kinds.push_back(std::move(kind));
  }
}

std::vector<int> whole_numbers(InstanceReader& reader, const std::string& name,
                               const std::vector<double>& numbers) {
  std::vector<int> whole;
  whole.reserve(numbers.size());
  for (const double number : numbers) {
    if (number != std::floor(number) || number > kMostUnits) {
      reader.fault(name, fmt::format("holds {}", number),
                   fmt::format("must be whole numbers from 0 to {}", kMostUnits));
    }
    whole.push_back(static_cast<int>(std::min<double>(number, kMostUnits)));
  }
  return whole;
}

std::vector<double> flat(const std::vector<std::vector<double>>& table) {
  std::vector<double> all;
  for (const auto& row : table) all.insert(all.end(), row.begin(), row.end());
  return all;
}

void read_stretches(InstanceReader& reader, PlacementInstance& instance) {
  const Length stretches{instance.stretches.size(), "stretches"};
  const Length kinds{instance.kinds.size(), "kinds"};
  instance.existing.assign(stretches.size * kinds.size, 0);
  if (reader.has("existing_units")) {
    instance.existing = whole_numbers(
        reader, "existing_units", flat(reader.table("existing_units", kAmount, stretches, kinds)));
  }
  instance.min_posts.assign(stretches.size, 0);
  if (reader.has("min_posts")) {
    instance.min_posts =
        whole_numbers(reader, "min_posts", reader.numbers("min_posts", kAmount, stretches));
  }
  instance.min_posts_from_year = reader.whole_or(
      "min_posts_from_year", instance.years.empty() ? 0 : instance.years.front(), 0, 9999);
  instance.loss = flat(reader.table("loss_per_undetected", kAmount, stretches,
                                    Length{instance.types.size(), "types"}));
  if (!reader.has("displacement")) return;
  InstanceReader displacement = reader.object("displacement");
  instance.displacement.share = displacement.number("share", kShare);
  instance.displacement.reach =
      displacement.whole_or("reach", 0, 0, std::numeric_limits<int>::max());
  instance.displacement.attenuation = displacement.number_or("attenuation", 1, kShare);
  displacement.finish();
}

/// [year][stretch][type]; every fault is named with its place.
std::vector<double> read_attempts(InstanceReader& scenario, const PlacementInstance& instance) {
  std::vector<double> attempts;
  const nlohmann::json& years = scenario.value("attempts");
  const auto has_length = [&](const nlohmann::json& list, std::size_t size, const auto& place,
                              std::string_view of) {
    if (list.is_array() && list.size() == size) return true;
    scenario.fault(
        place(),
        list.is_array() ? fmt::format("has {} entries", list.size()) : std::string("is no list"),
        fmt::format("must have {}, one for each of {}", size, of));
    return false;
  };
  attempts.assign(instance.years.size() * instance.stretches.size() * instance.types.size(), 0.0);
  if (!has_length(
          years, instance.years.size(), [] { return std::string("attempts"); }, "years")) {
    return attempts;
  }
  for (std::size_t t = 0; t < years.size(); ++t) {
    const auto year = [t] { return fmt::format("attempts[{}]", t); };
    if (!has_length(years[t], instance.stretches.size(), year, "stretches")) continue;
    for (std::size_t i = 0; i < years[t].size(); ++i) {
      const auto stretch = [t, i] { return fmt::format("attempts[{}][{}]", t, i); };
      const nlohmann::json& row = years[t][i];
      if (!has_length(row, instance.types.size(), stretch, "types")) continue;
      for (std::size_t a = 0; a < row.size(); ++a) {
        double& value = attempts[instance.cell(t, i, a)];
        if (row[a].is_number() && kAmount.contains(value = row[a].get<double>()) &&
            std::isfinite(value)) {
          continue;
        }
        value = scenario.number_at(row[a], fmt::format("{}[{}]", stretch(), a), kAmount);
      }
    }
  }
  return attempts;
}

void read_scenarios(InstanceReader& reader, PlacementInstance& instance) {
  double sum = 0;
  for (InstanceReader& entry : reader.objects("scenarios")) {
    AttemptScenario scenario;
    scenario.probability = entry.number("probability", kShare);
    scenario.attempts = read_attempts(entry, instance);
    sum += scenario.probability;
    entry.finish();
    instance.scenarios.push_back(std::move(scenario));
  }
  if (!instance.scenarios.empty() && !(std::abs(sum - 1) <= kProbabilityTolerance)) {
    reader.fault("scenarios.probability", fmt::format("sum is {:.12g}, not 1", sum),
                 "probabilities must sum to 1 within 1e-9; they are not scaled silently");
  }
}

void read_levels(InstanceReader& reader, PlacementInstance& instance) {
  const nlohmann::json& levels = reader.value("budget_levels");
  const std::size_t count = levels.is_array() ? levels.size() : 0;
  if (levels.is_array() && count == 0) reader.fault("budget_levels", "is empty", "needs a level");
  instance.budget_levels = reader.table("budget_levels", kAmount, Length{count, "levels"},
                                        Length{instance.years.size(), "years"});
  instance.level_weights = reader.numbers("level_weights", kAmount, Length{count, "budget_levels"});
  for (std::size_t h = 1; h < count; ++h) {
    double before = 0;
    double sum = 0;
    for (std::size_t t = 0; t < instance.years.size(); ++t) {
      before = instance.budget_levels[h - 1][t] + (instance.carry_over ? before : 0);
      sum = instance.budget_levels[h][t] + (instance.carry_over ? sum : 0);
      if (sum >= before - detail::kRounding * before) continue;
      reader.fault(fmt::format("budget_levels[{}][{}]", h, t), "is below the level before",
                   instance.carry_over ? "money to each year must not fall from level to level"
                                       : "a year's money must not fall from level to level");
      break;
    }
  }
}

/// One scale must fit all sums of money that are compared.
void check_range_of_money(InstanceReader& reader, const PlacementInstance& instance) {
  const MoneyRange range = budget_range(instance);
  if (range.largest <= kWidestMoney * range.least) return;
  reader.fault(
      instance.goal == PlacementGoal::nested ? "budget_levels" : "budget_per_year",
      fmt::format("allows {:.6g} in one year and {:.6g} in another", range.least, range.largest),
      "the larger must be at most a million times the smaller", "write 0 for next to nothing");
}

void read_goal(InstanceReader& reader, PlacementInstance& instance) {
  InstanceReader goal = reader.object("objective");
  const std::string kind = goal.text("kind");
  const std::vector<std::string> kinds{"expected", "cvar", "regret", "nested"};
  const auto found = std::ranges::find(kinds, kind);
  if (found == kinds.end()) {
    if (goal.has("kind")) {
      goal.fault("kind", "is '" + kind + "'", "must be a known goal", suggest_name(kind, kinds));
    }
  } else {
    instance.goal = static_cast<PlacementGoal>(found - kinds.begin());
  }
  if (instance.goal == PlacementGoal::cvar) instance.alpha = goal.number("alpha", kShareBelow1);
  goal.finish();
}

}  // namespace

PlacementFile read_placement(const InstanceFile& file) {
  Problems problems;
  InstanceReader reader(file, problems);
  PlacementFile read;
  PlacementInstance& instance = read.instance;
  instance.name = file.name;
  instance.years = read_years(reader);
  instance.stretches = reader.names("stretches");
  instance.types = reader.names("types");
  read_kinds(reader, read);
  read_goal(reader, instance);
  instance.carry_over = reader.flag_or("carry_over", true);
  if (instance.goal == PlacementGoal::nested) {
    read_levels(reader, instance);
    if (!reader.has("budget_per_year") && !instance.budget_levels.empty()) {
      instance.budget_per_year = instance.budget_levels.front();
    }
  }
  if (instance.budget_per_year.empty()) {
    instance.budget_per_year =
        reader.numbers("budget_per_year", kAmount, Length{instance.years.size(), "years"});
  }
  check_range_of_money(reader, instance);
  read_stretches(reader, instance);
  read_scenarios(reader, instance);
  reader.finish();
  problems.throw_if_any();
  require_solvable(instance, file.file);
  return read;
}

nlohmann::ordered_json to_json(const PlacementInstance& instance) {
  using nlohmann::ordered_json;
  constexpr std::array kGoals{"expected", "cvar", "regret", "nested"};
  const auto rows = [](const auto& flat, std::size_t width) {
    ordered_json table = ordered_json::array();
    for (std::size_t c = 0; c < flat.size(); ++c) {
      if (c % width == 0) table.push_back(ordered_json::array());
      table.back().push_back(flat[c]);
    }
    return table;
  };
  ordered_json json{{"name", instance.name},
                    {"problem", "place_equipment"},
                    {"years", instance.years},
                    {"stretches", instance.stretches},
                    {"types", instance.types}};
  for (const EquipmentKind& kind : instance.kinds) {
    ordered_json entry{{"name", kind.name},
                       {"price", kind.price},
                       {"upkeep_per_year", kind.upkeep_per_year},
                       {"delivery_lag_years", kind.delivery_lag_years},
                       {"detect", kind.detect}};
    if (kind.max_per_stretch) entry["max_per_stretch"] = *kind.max_per_stretch;
    json["kinds"].push_back(entry);
  }
  json["budget_per_year"] = instance.budget_per_year;
  json["carry_over"] = instance.carry_over;
  json["existing_units"] = rows(instance.existing, instance.kinds.size());
  json["min_posts"] = instance.min_posts;
  json["min_posts_from_year"] = instance.min_posts_from_year;
  json["loss_per_undetected"] = rows(instance.loss, instance.types.size());
  json["displacement"] = {{"share", instance.displacement.share},
                          {"reach", instance.displacement.reach},
                          {"attenuation", instance.displacement.attenuation}};
  for (const AttemptScenario& scenario : instance.scenarios) {
    ordered_json attempts = ordered_json::array();
    for (const ordered_json& row : rows(scenario.attempts, instance.types.size())) {
      if (attempts.empty() || attempts.back().size() == instance.stretches.size()) {
        attempts.push_back(ordered_json::array());
      }
      attempts.back().push_back(row);
    }
    json["scenarios"].push_back({{"probability", scenario.probability}, {"attempts", attempts}});
  }
  json["objective"] = {{"kind", kGoals[static_cast<std::size_t>(instance.goal)]}};
  if (instance.goal == PlacementGoal::cvar) json["objective"]["alpha"] = instance.alpha;
  if (instance.goal == PlacementGoal::nested) {
    json["budget_levels"] = instance.budget_levels;
    json["level_weights"] = instance.level_weights;
  }
  return json;
}

void require_solvable(const PlacementInstance& instance, const std::string& file) {
  const detail::PlacementModel model(instance);
  const double states = detail::StateSpace::count(model);
  if (states <= kMostPlacementStates) return;
  throw InvalidInput(Problem{
      .file = file,
      .field = "kinds.max_per_stretch",
      .what = fmt::format("the caps allow {:.3g} combinations of units on a stretch", states),
      .why = fmt::format("at most {:.0e} are searched", kMostPlacementStates),
      .suggestion = "lower max_per_stretch, or plan with fewer kinds or budget levels"});
}

}  // namespace panj::plan
