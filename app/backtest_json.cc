// SPDX-License-Identifier: Apache-2.0
#include "backtest_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "forecast_source.h"
#include "panj/forecast/skill.h"

namespace panj::app {
namespace {

using forecast::Backtest;
using forecast::kScores;
using nlohmann::ordered_json;

ordered_json json_of(const forecast::Scores& scores) {
  ordered_json json;
  for (const auto& named : kScores) json[std::string(named.name)] = scores.*named.value;
  return json;
}

ordered_json skill_json(const Backtest& result, std::size_t model, std::size_t reference) {
  ordered_json json;
  for (const auto& named : kScores) {
    if (!named.lower_is_better) continue;
    const auto skill = forecast::skill(result, model, reference, named.value);
    json[std::string(named.name)] = {{"pooled", skill.pooled}, {"mean_window", skill.mean_window}};
  }
  return json;
}

ordered_json json_of(const Range& range) {
  return {range.low, range.high};
}

ordered_json json_of(const forecast::SkillSummary& skill) {
  return {
      {"mw", skill.mw},
      {"mw90", json_of(skill.mw90)},
      {"mw90_units", json_of(skill.mw90_units)},
      {"mw_without_largest", skill.mw_without},
      {"pool_without_largest", skill.pool_without},
      {"log1p_without_largest", skill.log1p_without},
      {"pool", skill.pool},
      {"pool90", json_of(skill.pool90)},
      {"log1p", skill.log1p},
      {"log1p90", json_of(skill.log1p90)},
      {"brier1_quiet", skill.brier1_quiet},
      {"wins", skill.wins},
      {"diebold_mariano", {{"statistic", skill.test.statistic}, {"p_value", skill.test.p_value}}}};
}

/// Skill over the reference in per cent, of every other model.
ordered_json skills_json(const Backtest& result, std::size_t reference, std::uint64_t seed) {
  ordered_json json = ordered_json::object();
  for (std::size_t m = 0; m < result.models.size(); ++m) {
    if (m == reference) continue;
    json[result.models[m]] =
        json_of(forecast::summarise_skill(result, m, reference, {.seed = seed}));
  }
  return json;
}

/// Skill over the reference at each lead, of every other model.
ordered_json lead_skills_json(const Backtest& result, std::size_t reference, std::uint64_t seed) {
  ordered_json json = ordered_json::object();
  for (std::size_t m = 0; m < result.models.size(); ++m) {
    if (m == reference) continue;
    for (const auto& at : forecast::skill_by_lead(result, m, reference, {.seed = seed})) {
      json[result.models[m]][std::to_string(at.lead)] = {
          {"cells", at.cells}, {"pool", at.pool}, {"pool90", json_of(at.pool90)}};
    }
  }
  return json;
}

ordered_json json_of(const forecast::Reliability& reliability) {
  ordered_json bins = ordered_json::array();
  for (const auto& bin : reliability.bins) {
    if (bin.cells == 0) continue;
    const auto cells = static_cast<double>(bin.cells);
    bins.push_back({{"cells", bin.cells},
                    {"forecast", bin.forecast / cells},
                    {"observed", static_cast<double>(bin.events) / cells}});
  }
  return {{"threshold", reliability.threshold}, {"bins", bins}};
}

ordered_json json_of(const forecast::ScoreSum& scores) {
  ordered_json json = json_of(scores.mean());
  json["cells"] = scores.cells;
  return json;
}

ordered_json kinds_json(const forecast::Tally& tally) {
  ordered_json json;
  for (std::size_t i = 0; i < forecast::kCellKinds; ++i) {
    json[std::string(to_string(static_cast<forecast::CellKind>(i)))] = json_of(tally.by_kind[i]);
  }
  return json;
}

ordered_json json_of(const forecast::Tally& tally, int first_lead) {
  ordered_json json = {{"all", json_of(tally.all)}};
  for (std::size_t i = 0; i < tally.by_lead.size(); ++i) {
    const int lead = first_lead + static_cast<int>(i);
    json["by_lead"][std::to_string(lead)] = json_of(tally.by_lead[i]);
  }
  json["by_kind"] = kinds_json(tally);
  json["reliability"] = {json_of(tally.at_least_1), json_of(tally.at_least_25)};
  json["pit_histogram"] = tally.pit.mass;
  return json;
}

}  // namespace

std::string backtest_json(const Backtest& result, std::uint64_t seed) {
  ordered_json json;
  for (const auto& window : result.windows) {
    ordered_json scores;
    for (std::size_t m = 0; m < result.models.size(); ++m) {
      scores[result.models[m]] = json_of(window.scores[m]);
    }
    json["windows"].push_back({{"year", window.window.year},
                               {"origin", to_string(window.window.origin())},
                               {"cells", window.cells},
                               {"scores", scores}});
    if (!window.known_to || !window.revised_since) continue;
    json["windows"].back()["known_to"] = to_string(*window.known_to);
    json["windows"].back()["revised_since"] = revision_json(*window.revised_since);
  }
  const auto means = result.means();
  const auto reference = backtest_reference(result);
  for (std::size_t m = 0; m < result.models.size(); ++m) {
    json["mean"][result.models[m]] = json_of(means[m]);
    if (reference) {
      json[fmt::format("skill_over_{}", forecast::kReferenceModel)][result.models[m]] =
          skill_json(result, m, *reference);
    }
  }
  if (reference) json["skill"] = skills_json(result, *reference, seed);
  json["notes"] = result.notes;
  return json.dump(2) + "\n";
}

std::string backtest_report(const Backtest& result, std::uint64_t seed) {
  ordered_json json = ordered_json::parse(backtest_json(result, seed));
  const auto reference = backtest_reference(result);
  if (reference) {
    for (const std::size_t unit : forecast::largest_contributors(result, *reference, 3)) {
      json["largest_contributors"].push_back(result.units[unit]);
    }
    json["skill_by_lead"] = lead_skills_json(result, *reference, seed);
  }
  for (std::size_t w = 0; w < result.windows.size(); ++w) {
    for (std::size_t m = 0; m < result.models.size(); ++m) {
      json["windows"][w]["by_kind"][result.models[m]] = kinds_json(result.windows[w].tallies[m]);
    }
  }
  for (std::size_t m = 0; m < result.models.size(); ++m) {
    json["detail"][result.models[m]] =
        json_of(result.total(m), result.windows.front().window.leads.first);
  }
  return json.dump(2) + "\n";
}

}  // namespace panj::app
