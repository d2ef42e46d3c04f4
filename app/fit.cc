// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "command.h"
#include "forecast_source.h"
#include "output.h"
#include "panj/core/problem.h"
#include "panj/forecast/fitted_model.h"

namespace panj::app {
namespace {

constexpr const char* kFitHelp = R"(
Examples:
  panj fit --panel world.csv --out deaths.model.json          what a forecast of deaths.csv then uses
  panj fit --panel world.csv --octobers 5 --out deaths.model.json
  panj fit --workspace work --as-of 2024-10-31 --out then.model.json

The file is small: coefficients, quantiles of residuals, scales and weights, with the name, the
span and the SHA-256 of the panel (of a workspace: of what `panj panel` writes). `panj forecast`, `panj backtest` and `panj brief` take the file
that lies beside a panel: deaths.model.json beside deaths.csv.)";

struct FitOptions {
  ForecastSourceOptions source;
  std::string neighbours;
  std::string output;
  int octobers = 0;
};

/// The last `octobers` Octobers before the panel's last month, and that month.
std::vector<Month> vintage_origins(const event::Panel& panel, int octobers) {
  std::vector<Month> origins = {panel.last()};
  Month october(panel.last().year(), 10);
  while (october >= panel.last()) october = october - 12;
  for (int i = 0; i < octobers && october >= panel.first(); ++i, october = october - 12) {
    origins.insert(origins.begin(), october);
  }
  return origins;
}

/// On what the model is fitted: a file, or a workspace's panel as `panj panel` writes it.
forecast::TrainingData training_data(const ForecastSourceOptions& options,
                                     const ForecastSource& source) {
  forecast::TrainingData data{.value = source.columns.value, .unit = source.columns.unit};
  if (!source.as_of) {
    const std::filesystem::path file(options.file.file);
    data.file = file.filename().string();
    data.sha256 = sha256_of_file(file);
    return data;
  }
  const auto folder = std::filesystem::absolute(options.workspace).lexically_normal();
  data.file =
      fmt::format("{} as known on {}",
                  (folder.has_filename() ? folder : folder.parent_path()).filename().string(),
                  to_string(*source.as_of));
  data.sha256 = sha256(event::to_csv(source.panel, source.columns));
  return data;
}

void require_one_vintage(const FitOptions& options) {
  if (options.source.workspace.empty() || options.octobers == 0) return;
  throw InvalidInput(Problem{.field = "octobers",
                             .what = "cannot go with --workspace",
                             .why = "an earlier October knew less than the day of --as-of",
                             .suggestion = "fit once for each day with --as-of"});
}

void run(const FitOptions& options, const CommonOptions& common) {
  require_one_vintage(options);
  const ForecastSource source = read_forecast_source(options.source, "");
  const auto fitted = forecast::fit_model(
      source.panel, training_data(options.source, source),
      vintage_origins(source.panel, options.octobers),
      model_options(options.neighbours, modelled_panel(options.source, source.panel)),
      common.threads);
  write_output(options.output, to_json_text(fitted));
  if (options.output.empty()) return;
  nlohmann::ordered_json weights;
  const auto& last = fitted.vintages.back();
  for (std::size_t k = 0; k < last.members.size(); ++k) weights[last.members[k]] = last.weights[k];
  if (common.json) {
    fmt::print("{}\n", nlohmann::ordered_json{{"file", options.output},
                                              {"units", fitted.data.units},
                                              {"vintages", fitted.vintages.size()},
                                              {"weights", weights}}
                           .dump(2));
  } else {
    fmt::print("{}: {} units, {} vintage{} to {}\n", options.output, fitted.data.units,
               fitted.vintages.size(), fitted.vintages.size() == 1 ? "" : "s",
               to_string(last.origin));
  }
}

}  // namespace

void add_fit(CLI::App& program, CommonOptions& common, ExitCode&) {
  const auto options = std::make_shared<FitOptions>();
  CLI::App& command = *program.add_subcommand(
      "fit", "Learn the model 'default' from a panel and write it as a small file");
  add_forecast_source_options(command, options->source,
                              "Day whose knowledge of the workspace the model learns from [today]");
  command
      .add_option("--octobers", options->octobers,
                  "Also fit at this many Octobers before, to test the model on the years since")
      ->check(CLI::Range(0, 50))
      ->capture_default_str()
      ->type_name("N");
  command
      .add_option("--neighbours", options->neighbours,
                  "CSV whose first two columns name units side by side [countries' land borders]")
      ->type_name("FILE");
  command.add_option("-o,--out", options->output, "Write here instead of to stdout")
      ->type_name("FILE");
  add_common_options(command, common);
  command.footer(kFitHelp);
  command.callback([options, &common] { run(*options, common); });
}

}  // namespace panj::app
