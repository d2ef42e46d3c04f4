// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "panj/core/problem.h"
#include "panj/forecast/fitted_model.h"

namespace panj::app {

/// Where a model gets what it has learnt from.
struct FittedOptions {
  std::string file;
  std::string neighbours;
  bool refit = false;
};

inline void add_fitted_options(CLI::App& command, FittedOptions& options) {
  command
      .add_option("--fitted", options.file,
                  "Take 'default' from this file of panj fit [PANEL.model.json, if there is one]")
      ->type_name("FILE");
  command.add_flag("--from-panel", options.refit,
                   "Fit 'default' on the panel even when such a file lies beside it");
  command
      .add_option("--neighbours", options.neighbours,
                  "CSV whose first two columns name units side by side [countries' land borders]")
      ->type_name("FILE");
}

/// The panel that a model is to forecast.
struct ModelledPanel {
  std::string file{};  ///< empty for a workspace, which has none
  event::PanelColumns columns{};
  forecast::Neighbours neighbours =
      forecast::Neighbours::of_countries();  ///< unless a file is given
};

/// What a model needs beside the panel: neighbours from the CSV `file`, if one is named.
inline forecast::ModelOptions model_options(const std::string& file, const ModelledPanel& panel) {
  return {.neighbours = file.empty() ? panel.neighbours : forecast::Neighbours::from_csv(file)};
}

/// The model of that name: `default` from the file asked for, or from the one beside the panel.
inline forecast::Model find_model(const std::string& name, const FittedOptions& options,
                                  const ModelledPanel& panel) {
  std::filesystem::path file = options.file;
  if (file.empty() && !options.refit && !panel.file.empty()) {
    file = forecast::fitted_model_beside(panel.file);
    if (!std::filesystem::exists(file)) file.clear();
  }
  return forecast::find_model_or_fitted(name, file, panel.columns,
                                        model_options(options.neighbours, panel));
}

/// The models of those names, in their order. Throws InvalidInput when one is named twice.
inline std::vector<forecast::Model> find_models(const std::vector<std::string>& names,
                                                const FittedOptions& options,
                                                const ModelledPanel& panel) {
  std::vector<forecast::Model> models;
  for (const std::string& name : names) {
    forecast::Model model = find_model(name, options, panel);
    if (std::ranges::find(models, model.name, &forecast::Model::name) != models.end()) {
      throw InvalidInput(Problem{.field = "models",
                                 .what = "names '" + model.name + "' twice",
                                 .why = "a model is scored once"});
    }
    models.push_back(std::move(model));
  }
  return models;
}

}  // namespace panj::app
