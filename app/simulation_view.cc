// SPDX-License-Identifier: Apache-2.0
#include "simulation_view.h"

#include <fmt/format.h>

#include <cmath>

#include "panj/core/csv.h"

namespace panj::app {
namespace {

using nlohmann::ordered_json;
using spillover::Distribution;
using spillover::kHeadlines;
using spillover::PackageResult;
using spillover::SimulationResult;

ordered_json to_json(const Distribution& d) {
  return {
      {"mean", d.mean}, {"mc_error", d.mc_error}, {"q05", d.q05}, {"q50", d.q50}, {"q95", d.q95}};
}

ordered_json paired_json(const PackageResult& package) {
  ordered_json json;
  for (std::size_t h = 0; h < kHeadlines.size(); ++h) {
    const auto& paired = package.paired_to_first[h];
    json[std::string(kHeadlines[h].name)] = {{"mean", paired.mean},
                                             {"mc_error", paired.mc_error},
                                             {"relative", paired.relative},
                                             {"relative_error", paired.relative_error},
                                             {"share_improved", paired.share_improved},
                                             {"share_equal", paired.share_equal}};
  }
  return json;
}

ordered_json series_json(const SimulationResult& result, const PackageResult& package) {
  ordered_json json;
  for (const auto& series : package.series) {
    ordered_json years;
    for (std::size_t y = 0; y < series.years.size(); ++y) {
      years[std::to_string(result.first_year + static_cast<int>(y))] = to_json(series.years[y]);
    }
    json[series.name] = {{"unit", series.unit}, {"years", years}};
  }
  return json;
}

ordered_json stretches_json(const SimulationResult& result, const PackageResult& package) {
  ordered_json json = ordered_json::array();
  for (std::size_t i = 0; i < package.stretches.size(); ++i) {
    ordered_json row = {{"id", result.stretches[i].id},
                        {"from_km", result.stretches[i].from_km},
                        {"to_km", result.stretches[i].to_km},
                        {"reported_per_year", package.stretch_reported[i]}};
    for (const spillover::Type e : spillover::kArmedAttempts) {
      const auto& rates = package.stretches[i][e];
      row[std::string(theatre::kAttemptTypes[e])] = {
          {"expected_attempts_per_year", rates.expected_attempts},
          {"expected_breaches_per_year", rates.expected_breaches},
          {"breaches_per_year", rates.breaches}};
    }
    json.push_back(row);
  }
  return json;
}

/// Columns, as there are many steps.
ordered_json steps_json(const PackageResult& package) {
  ordered_json json = ordered_json::array();
  for (const auto& series : package.steps) {
    ordered_json row = {{"outcome", series.name}, {"of", series.of}, {"unit", series.unit}};
    for (const Distribution& d : series.steps) {
      row["mean"].push_back(d.mean);
      row["mc_error"].push_back(d.mc_error);
      row["q05"].push_back(d.q05);
      row["q50"].push_back(d.q50);
      row["q95"].push_back(d.q95);
    }
    json.push_back(std::move(row));
  }
  return json;
}

ordered_json package_json(const SimulationResult& result, const PackageResult& package) {
  ordered_json json = {{"id", package.id}, {"name", package.name}};
  for (std::size_t h = 0; h < kHeadlines.size(); ++h) {
    json["outcomes"][std::string(kHeadlines[h].name)] = to_json(package.headlines[h]);
  }
  json["contained"] = nullptr;
  if (package.contained) {
    json["contained"] = {{"share", *package.contained}, {"mc_error", package.contained_error}};
  }
  json["paired_to_first"] = paired_json(package);
  json["series"] = series_json(result, package);
  json["stretches"] = stretches_json(result, package);
  if (!package.steps.empty()) json["by_step"] = steps_json(package);
  for (const auto& point : package.exceedance) {
    json["exceedance"].push_back({{"deaths_at_least", point.deaths},
                                  {"incidents_per_year", point.incidents_per_year},
                                  {"mc_error", point.mc_error},
                                  {"share_of_years", point.share_of_years},
                                  {"share_of_years_mc_error", point.share_of_years_error}});
  }
  return json;
}

/// What the table for people shows, in this order.
constexpr auto kShown = std::to_array<std::string_view>(
    {"reported_incidents_per_year", "armed_breaches_per_year", "infiltration_breaches_per_year",
     "fatalities_per_year", "tonnes_through_per_year", "cost_musd"});

/// The columns of csv_columns().
constexpr std::string_view kDistributionColumns = "mean,mc_error,q05,q50,q95";

/// Empty where it is not known.
std::string csv_number(double value) {
  return std::isnan(value) ? "" : fmt::format("{:.6g}", value);
}

std::string csv_columns(const Distribution& d) {
  return fmt::format("{},{},{},{},{}", csv_number(d.mean), csv_number(d.mc_error),
                     csv_number(d.q05), csv_number(d.q50), csv_number(d.q95));
}

/// A Monte-Carlo error for people.
std::string error_text(double error, int decimals) {
  return std::isnan(error) ? "–" : fmt::format("{:.{}f}", error, decimals);
}

std::string failures_text(const SimulationResult& result) {
  if (result.failures.empty()) return {};
  return fmt::format("\n{} replicates failed and are left out; the first: {}\n",
                     result.failures.size(), sim::to_string(result.failures.front()));
}

}  // namespace

ordered_json simulation_json(const SimulationResult& result) {
  ordered_json json = {{"digest", "sha256:" + result.digest},
                       {"replicates", result.replicates},
                       {"first_year", result.first_year},
                       {"last_year", result.last_year},
                       {"effects_from", result.effects_from}};
  json["failures"] = ordered_json::array();
  for (const auto& failure : result.failures) json["failures"].push_back(sim::to_string(failure));
  for (const Date step : result.steps) json["steps"].push_back(to_string(step));
  for (const auto& package : result.packages) {
    json["packages"].push_back(package_json(result, package));
  }
  return json;
}

std::string simulation_text(const SimulationResult& result) {
  std::string text =
      fmt::format("{} replicates; means a year {}–{} with Monte-Carlo error\n\n{:<28}",
                  result.replicates, result.effects_from, result.last_year, "");
  for (const auto* heading :
       {"reported", "armed br.", "infiltration", "deaths", "t through", "M$ in all", "contained"}) {
    text += fmt::format(" {:>15}", heading);
  }
  text += '\n';
  for (const auto& package : result.packages) {
    text += fmt::format("{:<28}", fmt::format("{} {}", package.id, package.name).substr(0, 28));
    for (const auto name : kShown) {
      const auto& d = package.of(name);
      text += fmt::format(" {:>15}", fmt::format("{:.2f} ± {}", d.mean, error_text(d.mc_error, 2)));
    }
    text += package.contained ? fmt::format(" {:>13.0f} %\n", 100 * *package.contained)
                              : fmt::format(" {:>15}\n", "–");
  }
  if (result.packages.size() < 2) return text + failures_text(result);
  text += fmt::format("\nAgainst {} on the same luck, % (share of replicates that improve)\n",
                      result.packages.front().id);
  for (std::size_t k = 1; k < result.packages.size(); ++k) {
    const auto& package = result.packages[k];
    text += fmt::format("{:<28}", package.id);
    for (const auto name : kShown) {
      const auto& paired = package.paired_to_first[spillover::headline(name)];
      text += fmt::format(
          " {:>15}", fmt::format("{:+.1f} ({:.2f})", 100 * paired.relative, paired.share_improved));
    }
    text += '\n';
  }
  return text + failures_text(result);
}

ordered_json explanation_json(const spillover::Explanation& explanation) {
  ordered_json json = {{"from", explanation.from},
                       {"to", explanation.to},
                       {"replicates", explanation.replicates},
                       {"combinations", explanation.simulated}};
  for (std::size_t h = 0; h < kHeadlines.size(); ++h) {
    const std::string name(kHeadlines[h].name);
    json["difference"][name] = {{"mean", explanation.difference[h]},
                                {"mc_error", explanation.difference_error[h]}};
  }
  for (const auto& effect : explanation.effects) {
    ordered_json row = {{"lever", effect.lever}, {"acts_on", effect.acts_on}};
    for (std::size_t h = 0; h < kHeadlines.size(); ++h) {
      row["effect"][std::string(kHeadlines[h].name)] = {{"mean", effect.mean[h]},
                                                        {"mc_error", effect.mc_error[h]}};
    }
    json["levers"].push_back(row);
  }
  return json;
}

std::string explanation_text(const spillover::Explanation& explanation) {
  std::string text =
      fmt::format("\nWhat makes {} differ from {}, a year, with Monte-Carlo error\n{:<56}",
                  explanation.to, explanation.from, "");
  constexpr auto kColumns = std::to_array<std::string_view>(
      {"reported_incidents_per_year", "armed_breaches_per_year", "fatalities_per_year"});
  for (const auto* heading : {"reported", "armed breaches", "deaths"}) {
    text += fmt::format(" {:>18}", heading);
  }
  const auto row = [&](const std::string& label, const std::vector<double>& mean,
                       const std::vector<double>& error) {
    text += fmt::format("\n{:<56}", label);
    for (const auto column : kColumns) {
      const std::size_t h = spillover::headline(column);
      text += fmt::format(" {:>18}", fmt::format("{:+.3f} ± {}", mean[h], error_text(error[h], 3)));
    }
  };
  for (const auto& effect : explanation.effects) {
    row(fmt::format("{} ({})", effect.lever, effect.acts_on), effect.mean, effect.mc_error);
  }
  row("all together", explanation.difference, explanation.difference_error);
  return text + "\n";
}

std::string outcomes_csv(const SimulationResult& result) {
  std::string csv = fmt::format(
      "package,outcome,unit,{},difference,difference_mc_error,relative,share_improved,share_"
      "equal\n",
      kDistributionColumns);
  for (const auto& package : result.packages) {
    for (std::size_t h = 0; h < kHeadlines.size(); ++h) {
      const auto& paired = package.paired_to_first[h];
      csv += fmt::format("{},{},{},{},{},{},{},{},{}\n", csv_quoted(package.id), kHeadlines[h].name,
                         kHeadlines[h].unit, csv_columns(package.headlines[h]),
                         csv_number(paired.mean), csv_number(paired.mc_error),
                         csv_number(paired.relative), csv_number(paired.share_improved),
                         csv_number(paired.share_equal));
    }
    if (!package.contained) continue;
    csv += fmt::format("{},contained,1,{},{},,,,,,,,\n", csv_quoted(package.id),
                       csv_number(*package.contained), csv_number(package.contained_error));
  }
  return csv;
}

std::string series_csv(const SimulationResult& result) {
  std::string csv = fmt::format("package,outcome,unit,year,{}\n", kDistributionColumns);
  for (const auto& package : result.packages) {
    for (const auto& series : package.series) {
      for (std::size_t y = 0; y < series.years.size(); ++y) {
        csv += fmt::format("{},{},{},{},{}\n", csv_quoted(package.id), series.name, series.unit,
                           result.first_year + static_cast<int>(y), csv_columns(series.years[y]));
      }
    }
  }
  return csv;
}

std::string stretches_csv(const SimulationResult& result) {
  std::string csv =
      "package,stretch,from_km,to_km,type,expected_attempts_per_year,expected_breaches_per_year,"
      "breaches_per_year\n";
  for (const auto& package : result.packages) {
    for (std::size_t i = 0; i < package.stretches.size(); ++i) {
      for (const spillover::Type e : spillover::kArmedAttempts) {
        const auto& rates = package.stretches[i][e];
        csv += fmt::format(
            "{},{},{},{},{},{},{},{}\n", csv_quoted(package.id), csv_quoted(result.stretches[i].id),
            csv_number(result.stretches[i].from_km), csv_number(result.stretches[i].to_km),
            theatre::kAttemptTypes[e], csv_number(rates.expected_attempts),
            csv_number(rates.expected_breaches), csv_number(rates.breaches));
      }
    }
  }
  return csv;
}

std::string steps_csv(const SimulationResult& result) {
  std::string csv = fmt::format("package,outcome,of,unit,from,{}\n", kDistributionColumns);
  for (const auto& package : result.packages) {
    for (const auto& series : package.steps) {
      for (std::size_t k = 0; k < series.steps.size(); ++k) {
        csv += fmt::format("{},{},{},{},{},{}\n", csv_quoted(package.id), series.name,
                           csv_quoted(series.of), series.unit, to_string(result.steps[k]),
                           csv_columns(series.steps[k]));
      }
    }
  }
  return csv;
}

std::string exceedance_csv(const SimulationResult& result) {
  std::string csv =
      "package,deaths_at_least,incidents_per_year,mc_error,share_of_years,share_of_years_mc_"
      "error\n";
  for (const auto& package : result.packages) {
    for (const auto& point : package.exceedance) {
      csv += fmt::format("{},{},{},{},{},{}\n", csv_quoted(package.id), point.deaths,
                         csv_number(point.incidents_per_year), csv_number(point.mc_error),
                         csv_number(point.share_of_years), csv_number(point.share_of_years_error));
    }
  }
  return csv;
}

}  // namespace panj::app
