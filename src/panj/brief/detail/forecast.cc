// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "panj/brief/detail/figure.h"
#include "panj/brief/detail/sections.h"
#include "panj/brief/html.h"
#include "panj/brief/titles.h"
#include "panj/brief/wording.h"
#include "panj/core/date.h"

namespace panj::brief::detail {
namespace {

/// Deaths by calendar year; a year with an unknown month is marked.
std::string record_table(const BriefContent& content) {
  std::vector<Table::Column> columns = {{"Year"}};
  std::map<int, std::vector<std::pair<double, int>>> years;  // sum and known months by country
  for (std::size_t c = 0; c < content.records.size(); ++c) {
    columns.push_back({content.records[c].name, Align::number});
    const auto first = parse_month(content.records[c].first);
    if (!first) continue;
    for (std::size_t i = 0; i < content.records[c].deaths.size(); ++i) {
      auto& row = years[(*first + static_cast<int>(i)).year()];
      row.resize(content.records.size());
      if (const auto& deaths = content.records[c].deaths[i]) {
        row[c].first += *deaths;
        ++row[c].second;
      }
    }
  }
  Table table("State-based deaths by year; * marks a year not known in full", columns);
  for (const auto& [year, row] : years) {
    std::vector<std::string> cells = {std::to_string(year)};
    for (const auto& [sum, months] : row)
      cells.push_back(months == 0 ? "–" : count(sum) + (months < 12 ? "*" : ""));
    table.add(cells);
  }
  return table.html();
}

const LeadSkill* skill_at(const Skill& skill, int lead) {
  const auto found = std::ranges::find(skill.by_lead, lead, &LeadSkill::lead);
  return found == skill.by_lead.end() ? nullptr : &*found;
}

/// "+12% (+4 to +19%)", or that nobody measured it.
std::string gain_at(const Skill& skill, int lead) {
  const LeadSkill* at = skill_at(skill, lead);
  if (at == nullptr) return "not scored";
  if (!at->low || !at->high) return change(at->skill);
  return fmt::format("{} ({})", change(at->skill), change_range(*at->low, *at->high));
}

std::string fan_table(const Forecast& forecast, const Skill& skill) {
  Table table("Forecast of deaths per month: " + forecast.unit,
              {{"Month"},
               {"5th", Align::number},
               {"25th", Align::number},
               {"Median", Align::number},
               {"75th", Align::number},
               {"95th", Align::number},
               {"Past gain so far ahead", Align::number}});
  int lead = 0;
  for (const auto& q : forecast.fan)
    table.add({long_date(q.month), count(q.q05), count(q.q25), count(q.q50), count(q.q75),
               count(q.q95), gain_at(skill, ++lead)});
  return table.html();
}

std::string months_ahead(int lead) {
  return counted(lead, "month", "months") + " ahead";
}

/// The past skill at the first and the last lead of the fan, and which leads nobody scored.
std::string past_skill(const Forecast& forecast, const Skill& skill) {
  const int last = static_cast<int>(forecast.fan.size());
  std::vector<int> scored;
  for (int lead = 1; lead <= last; ++lead)
    if (skill_at(skill, lead) != nullptr) scored.push_back(lead);
  if (scored.empty()) return " Its past accuracy so many months ahead was not scored.";
  std::string text = fmt::format(
      " Past gain in CRPS over conflictology-12, all countries together (90% interval): {} {}",
      gain_at(skill, scored.front()), months_ahead(scored.front()));
  if (scored.size() > 1)
    text += fmt::format(", {} {}", gain_at(skill, scored.back()), months_ahead(scored.back()));
  const auto missing = static_cast<double>(last) - static_cast<double>(scored.size());
  if (missing > 0)
    text += fmt::format("; {} of the fan not scored", counted(missing, "month", "months"));
  return text + ".";
}

Figure fan(const Forecast& forecast, const Skill& skill, int item) {
  const auto& end = forecast.fan.back();
  return {
      .kind = "fan",
      .id = fmt::format("fan-{}", item),
      .title = forecast_title(forecast),
      .subtitle = fmt::format("State-based deaths per month. Median in {}: {} (90% interval "
                              "{}–{}).",
                              long_date(end.month), count(end.q50), count(end.q05), count(end.q95)),
      .alternative = fmt::format("Observed deaths per month in {}, then the forecast to {}: "
                                 "median {}, half of the sample between {} and {}, 90% between "
                                 "{} and {} in the last month.",
                                 forecast.unit, long_date(end.month), count(end.q50),
                                 count(end.q25), count(end.q75), count(end.q05), count(end.q95)),
      .caption = fmt::format("Model: {}. Bands hold 50% and 90% of the predictive sample.{}{}",
                             forecast.model,
                             forecast.past.empty() ? ""
                                                   : " Bars behind the observed line: the "
                                                     "90% interval forecast one month ahead at the "
                                                     "time, cut where it leaves the scale.",
                             past_skill(forecast, skill)),
      .table = fan_table(forecast, skill),
      .item = item};
}

std::string skill_table(const Skill& skill) {
  std::vector<Table::Column> columns = {{"Model"}};
  for (const auto& window : skill.windows) {
    columns.push_back({fmt::format("CRPS {}", window.year), Align::number});
    columns.push_back({fmt::format("Inside 90%, {}", window.year), Align::number});
  }
  Table table("Error (CRPS, deaths; less is better) and coverage of the 90% interval", columns);
  for (const auto& model : skill.models) {
    std::vector<std::string> cells = {model == skill.issued_model ? model + " (issued)" : model};
    for (const auto& window : skill.windows) {
      const auto found = window.scores.find(model);
      const bool known = found != window.scores.end();
      cells.push_back(known ? score(found->second.crps) : "–");
      cells.push_back(known ? percent(found->second.coverage90) : "–");
    }
    table.add(cells);
  }
  return table.html();
}

}  // namespace

std::string record_section(const BriefContent& content) {
  if (content.records.empty()) return {};
  const Figure figure{
      .kind = "record",
      .id = "record",
      .title = record_title(content),
      .subtitle = "State-based deaths per month in the theatre's countries, to " +
                  long_date(content.meta.deaths_end) + ".",
      .alternative = record_title(content) +
                     ". Monthly deaths of each country on one scale; "
                     "yearly sums are in the table below.",
      .caption =
          "All panels share one scale that is logarithmic above 1 and includes 0. Hatched: no "
          "data. State-based deaths: battle-related deaths in conflicts in which at least "
          "one side is a government.",
      .table = record_table(content)};
  return "<section><h2>The record next door</h2>\n" + html(figure) + "</section>\n";
}

std::string forecast_section(const BriefContent& content) {
  std::string figures;
  for (std::size_t i = 0; i < content.forecasts.size(); ++i)
    if (!content.forecasts[i].fan.empty())
      figures += html(fan(content.forecasts[i], content.skill, static_cast<int>(i)));
  if (!figures.empty())
    figures = "<section><h2>Forecast</h2>\n<div class=\"side\">\n" + figures + "</div>\n";
  else
    figures = "<section><h2>Forecast</h2>\n";
  figures += moves_table(content);
  const auto& skill = content.skill;
  if (!skill.windows.empty())
    figures += html(Figure{
        .kind = "skill",
        .id = "skill",
        .title = skill_title(skill),
        .subtitle = skill.protocol,
        .alternative = skill_title(skill) + ". Error and coverage of each model in each past "
                                            "window; the numbers are in the table below.",
        .caption = "CRPS: the mean distance between the predictive sample and what happened, less "
                   "half the spread of the sample; 0 is perfect. Coverage far from 90% means "
                   "intervals that are too narrow or too wide.",
        .table = skill_table(skill)});
  figures += calibration_figure(content);
  return figures + "</section>\n";
}

}  // namespace panj::brief::detail
