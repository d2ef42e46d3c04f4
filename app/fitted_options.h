// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <string>

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

/// The model of that name: `default` from the file asked for, or from the one beside the panel.
inline forecast::Model find_model(const std::string& name, const FittedOptions& options,
                                  const std::string& panel) {
  forecast::ModelOptions model_options;
  if (!options.neighbours.empty()) {
    model_options.neighbours = forecast::Neighbours::from_csv(options.neighbours);
  }
  std::filesystem::path file = options.file;
  if (file.empty() && !options.refit) {
    file = forecast::fitted_model_beside(panel);
    if (!std::filesystem::exists(file)) file.clear();
  }
  return forecast::find_model_or_fitted(name, file, model_options);
}

}  // namespace panj::app
