// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>

#include "command.h"
#include "dates.h"
#include "fitted_options.h"
#include "forecast_source.h"
#include "output.h"
#include "panj/core/problem.h"
#include "panj/core/text.h"
#include "panj/forecast/comparison.h"

namespace panj::app {
namespace {

using forecast::Comparison;
using forecast::kScores;
using nlohmann::ordered_json;

struct ScoreOptions {
  std::vector<std::string> forecasts;
  ForecastSourceOptions source;
  std::vector<std::string> models{"conflictology-12"};
  FittedOptions fitted;
  std::string origin;
  std::string output;
};

/// The file must forecast what the panel holds: a count of incidents is no number of deaths.
void check_target(const forecast::ForecastTable& table, const std::string& file,
                  const ForecastSourceOptions& source) {
  const std::string value = columns_of(source).value;
  if (table.target.empty() || table.target == value) return;
  throw InvalidInput(Problem{
      .file = file,
      .field = "target",
      .what = fmt::format("is '{}'", printable(table.target, 60)),
      .why = fmt::format("the outcomes to score it by are '{}'", value),
      .suggestion = source.workspace.empty() ? "name the panel's column of that with --value-column"
                                             : "choose deaths or count with --of"});
}

std::vector<forecast::ForecastTable> read_tables(const ScoreOptions& options) {
  const std::optional<Month> origin = month_option(options.origin);
  std::vector<forecast::ForecastTable> tables;
  Problems problems;
  for (const std::string& file : options.forecasts) {
    try {
      tables.push_back(forecast::read_forecast_table(
          file,
          {.origin = origin,
           .unit = columns_of(options.source).unit,
           .longest_lead = options.models.empty() ? forecast::ForecastTableOptions{}.longest_lead
                                                  : forecast::kLongestLead}));
      check_target(tables.back(), file, options.source);
    } catch (const InvalidInput& error) {
      for (const Problem& problem : error.problems()) problems.add(problem);
    }
  }
  problems.throw_if_any();
  return tables;
}

constexpr std::string_view kFromQuantiles =
    "crps of forecasts given as quantiles is the weighted interval score: twice the mean pinball "
    "loss over their levels";

bool any_from_quantiles(const Comparison& result) {
  return std::ranges::any_of(result.entries, &Comparison::Entry::from_quantiles);
}

ordered_json known_or_null(double value) {
  return std::isnan(value) ? ordered_json(nullptr) : ordered_json(value);
}

std::string as_json(const Comparison& result, std::uint64_t seed) {
  ordered_json json = {{"seed", seed}, {"cells", result.cells}, {"note", ""}};
  if (any_from_quantiles(result)) json["note"] = kFromQuantiles;
  json["notes"] = result.notes;
  for (const auto& entry : result.entries) {
    ordered_json scores;
    for (const auto& named : kScores) {
      scores[std::string(named.name)] = known_or_null(entry.scores.*named.value);
    }
    json["forecasts"].push_back({{"name", entry.name},
                                 {"crps_from", entry.from_quantiles ? "quantiles" : "sample"},
                                 {"given", entry.given},
                                 {"scores", scores},
                                 {"crps_skill", known_or_null(entry.skill)}});
  }
  return json.dump(2) + "\n";
}

std::string as_text(const Comparison& result, const std::vector<std::string>& models) {
  std::string text = fmt::format("{:<24} {:<9}", "forecast", "given as");
  for (const auto& named : kScores) text += fmt::format(" {:>11}", named.name);
  if (!models.empty()) text += fmt::format(" {:>11}", "CRPS skill");
  text += '\n';
  for (const auto& entry : result.entries) {
    text += fmt::format("{:<24} {:<9}", entry.name, entry.from_quantiles ? "quantiles" : "sample");
    for (const auto& named : kScores) {
      const double value = entry.scores.*named.value;
      text += std::isnan(value) ? fmt::format(" {:>11}", "-") : fmt::format(" {:>11.4f}", value);
    }
    if (!std::isnan(entry.skill)) text += fmt::format(" {:>9.1f} %", entry.skill);
    text += '\n';
  }
  text += fmt::format("\nMeans over the {} unit-months that all have and whose outcome is known.\n",
                      result.cells);
  if (!models.empty()) text += fmt::format("Skill is the gain over {}.\n", models.front());
  if (any_from_quantiles(result)) text += fmt::format("Note: {}.\n", kFromQuantiles);
  return text;
}

/// The panel, as known at the tables' origins.
forecast::Vintages vintages_for(const std::vector<forecast::ForecastTable>& tables,
                                const ForecastSourceOptions& source) {
  std::vector<Month> origins;
  for (const auto& table : tables) {
    for (const auto& forecast : table.forecasts) origins.push_back(forecast.origin);
  }
  if (origins.empty()) origins.emplace_back();
  const auto [first, last] = std::ranges::minmax(origins);
  return read_vintages(source, first, last);
}

void run(const ScoreOptions& options, const CommonOptions& common) {
  const auto tables = read_tables(options);
  const auto vintages = vintages_for(tables, options.source);
  const auto models = find_models(options.models, options.fitted,
                                  modelled_panel(options.source, vintages.latest()));
  const Comparison result = forecast::compare(tables, vintages, models, common.seed);
  for (const auto& table : tables) {
    if (table.means > 0) {
      fmt::print(stderr, "{}: {} rows of output_type mean are left out: a mean says no chances\n",
                 table.name, table.means);
    }
  }
  for (const std::string& note : result.notes) fmt::print(stderr, "{}\n", note);
  write_output(options.output,
               common.json ? as_json(result, common.seed) : as_text(result, options.models));
}

}  // namespace

void add_score(CLI::App& program, CommonOptions& common, ExitCode&) {
  const auto options = std::make_shared<ScoreOptions>();
  CLI::App& command = *program.add_subcommand(
      "score", "Score forecasts of other people beside ours, against what came");
  command
      .add_option("forecasts", options->forecasts,
                  "Forecasts: hubverse's CSV, or VIEWS's (month_id, unit, draw, outcome)")
      ->required()
      ->type_name("FORECAST");
  add_forecast_source_options(
      command, options->source,
      "Day whose knowledge of the workspace is what came [today]; our models see what they knew");
  command
      .add_option("--models", options->models,
                  "Our models to score beside them; skill is over the first")
      ->delimiter(',')
      ->capture_default_str()
      ->type_name("A,B");
  add_fitted_options(command, options->fitted);
  command
      .add_option("--origin", options->origin,
                  "Last month that was known, for VIEWS's files, which do not say it")
      ->type_name("YYYY-MM")
      ->check(is_month());
  command.add_option("-o,--out", options->output, "Write here instead of to stdout")
      ->type_name("FILE");
  add_common_options(command, common);
  command.footer(
      "The models get the panel to the forecast's origin and nothing after it; of a workspace, "
      "what\n"
      "was known on the origin's last day. All are scored on the unit-months that all have.\n"
      "\nExamples:\n"
      "  panj score theirs.csv --panel deaths.csv\n"
      "  panj score theirs.csv others.csv --panel deaths.csv --models conflictology-12,default "
      "--json\n"
      "  panj score theirs.csv --workspace work --by country\n"
      "  panj score views.csv --panel deaths.csv --unit-column country_id --origin 2020-10\n");
  command.callback([options, &common] { run(*options, common); });
}

}  // namespace panj::app
