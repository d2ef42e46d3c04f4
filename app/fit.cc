// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "command.h"
#include "output.h"
#include "panel_options.h"
#include "panj/core/problem.h"
#include "panj/forecast/fitted_model.h"

namespace panj::app {
namespace {

constexpr const char* kFitHelp = R"(
Examples:
  panj fit --panel world.csv --out deaths.model.json          what a forecast of deaths.csv then uses
  panj fit --panel world.csv --octobers 5 --out deaths.model.json

The file is small: coefficients, quantiles of residuals, scales and weights, with the name, the
span and the SHA-256 of the panel. `panj forecast`, `panj backtest` and `panj brief` take the file
that lies beside a panel: deaths.model.json beside deaths.csv.)";

struct FitOptions {
  PanelOptions panel;
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

void run(const FitOptions& options, const CommonOptions& common) {
  forecast::ModelOptions model_options;
  if (!options.neighbours.empty()) {
    model_options.neighbours = forecast::Neighbours::from_csv(options.neighbours);
  }
  const event::Panel panel = event::read_panel(options.panel.file, options.panel.columns);
  if (panel.empty()) {
    throw InvalidInput(Problem{.file = options.panel.file, .what = "holds no unit and month"});
  }
  const std::filesystem::path file(options.panel.file);
  const auto fitted =
      forecast::fit_model(panel,
                          {.file = file.filename().string(),
                           .sha256 = sha256_of_file(file),
                           .value = options.panel.columns.value},
                          vintage_origins(panel, options.octobers), model_options, common.threads);
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
  add_panel_options(command, options->panel);
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
