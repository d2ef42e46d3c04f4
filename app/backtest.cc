// SPDX-License-Identifier: Apache-2.0
#include "panj/forecast/backtest.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "command.h"
#include "int_range.h"
#include "output.h"
#include "panel_options.h"

namespace panj::app {
namespace {

using forecast::Backtest;
using forecast::kScores;
using forecast::Window;
using nlohmann::ordered_json;

struct BacktestOptions {
  PanelOptions panel;
  std::vector<std::string> models{"zero", "last-poisson", "conflictology-12", "bootstrap-240"};
  std::string windows;
  std::string output;
};

std::vector<Window> parse_windows(const std::string& text) {
  const IntRange years = parse_int_range("windows", text, {1800, 2200}, "2018..2021");
  std::vector<Window> windows;
  for (int year = years.first; year <= years.last; ++year) windows.push_back({year});
  return windows;
}

std::optional<std::size_t> reference_index(const Backtest& result) {
  const auto found = std::ranges::find(result.models, forecast::kReferenceModel);
  if (found == result.models.end()) return std::nullopt;
  return static_cast<std::size_t>(found - result.models.begin());
}

ordered_json to_json(const forecast::Scores& scores) {
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

std::string as_json(const Backtest& result) {
  ordered_json json;
  for (const auto& window : result.windows) {
    ordered_json scores;
    for (std::size_t m = 0; m < result.models.size(); ++m) {
      scores[result.models[m]] = to_json(window.scores[m]);
    }
    json["windows"].push_back(
        {{"year", window.window.year}, {"cells", window.cells}, {"scores", scores}});
  }
  const auto means = result.means();
  const auto reference = reference_index(result);
  for (std::size_t m = 0; m < result.models.size(); ++m) {
    json["mean"][result.models[m]] = to_json(means[m]);
    if (reference) {
      json[fmt::format("skill_over_{}", forecast::kReferenceModel)][result.models[m]] =
          skill_json(result, m, *reference);
    }
  }
  return json.dump(2) + "\n";
}

std::string table_row(std::string_view label, std::string_view model,
                      const forecast::Scores& scores) {
  std::string row = fmt::format("{:<6} {:<20}", label, model);
  for (const auto& named : kScores) row += fmt::format(" {:>11.4f}", scores.*named.value);
  return row;
}

std::string as_table(const Backtest& result) {
  std::string text = fmt::format("{:<6} {:<20}", "window", "model");
  for (const auto& named : kScores) text += fmt::format(" {:>11}", named.name);
  const auto reference = reference_index(result);
  if (reference) text += fmt::format(" {:>11}", "CRPS skill");
  text += '\n';
  const auto skill_percent = [&](double loss, double reference_loss) {
    return fmt::format(" {:>9.1f} %", 100 * (1 - loss / reference_loss));
  };
  for (const auto& window : result.windows) {
    for (std::size_t m = 0; m < result.models.size(); ++m) {
      text += table_row(std::to_string(window.window.year), result.models[m], window.scores[m]);
      if (reference) {
        text += skill_percent(window.scores[m].crps, window.scores[*reference].crps);
      }
      text += '\n';
    }
  }
  const auto means = result.means();
  for (std::size_t m = 0; m < result.models.size(); ++m) {
    text += table_row("mean", result.models[m], means[m]);
    if (reference) text += skill_percent(means[m].crps, means[*reference].crps);
    text += '\n';
  }
  text += fmt::format("\nLower is better, but for the coverages, which should be 0.5 and 0.9.\n");
  if (reference) text += fmt::format("Skill is the gain over {}.\n", forecast::kReferenceModel);
  return text;
}

void run(const BacktestOptions& options, const CommonOptions& common) {
  const std::vector<Window> windows = parse_windows(options.windows);
  std::vector<forecast::Model> models;
  for (const std::string& name : options.models) models.push_back(forecast::find_model(name));
  const event::Panel panel = event::read_panel(options.panel.file, options.panel.columns);
  const Backtest result =
      forecast::run_backtest(panel, models, windows, common.seed, common.threads);
  write_output(options.output, common.json ? as_json(result) : as_table(result));
}

}  // namespace

void add_backtest(CLI::App& program, CommonOptions& common, ExitCode&) {
  const auto options = std::make_shared<BacktestOptions>();
  CLI::App& command = *program.add_subcommand(
      "backtest",
      "Score forecasts against what came: each year's January to December forecast from the data\n"
      "to October of the year before (leads 3–14), as in the VIEWS prediction challenge");
  add_panel_options(command, options->panel);
  command.add_option("--models,--model", options->models, "Models to compare, with commas between")
      ->delimiter(',')
      ->capture_default_str()
      ->type_name("A,B");
  command.add_option("--windows", options->windows, "Years to forecast: 2018..2021 or 2018")
      ->required()
      ->type_name("YEARS");
  command.add_option("-o,--out", options->output, "Write here instead of to stdout")
      ->type_name("FILE");
  add_common_options(command, common);
  command.footer("Models:\n" + forecast::describe_models() +
                 "\nExamples:\n"
                 "  panj backtest --panel deaths.csv --windows 2018..2021\n"
                 "  panj backtest --panel deaths.csv --models zero,conflictology-6 --windows 2021 "
                 "--json\n");
  command.callback([options, &common] { run(*options, common); });
}

}  // namespace panj::app
