// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "panj/forecast/model.h"
#include "panj/forecast/models/hurdle_log_t.h"

namespace panj::forecast {

/// What the pool `default` knew at one origin: all that a machine without the training panel needs
/// to forecast with it.
struct PoolVintage {
  Month origin;                        ///< the last month it learnt from
  std::vector<std::string> members{};  ///< names of models
  std::vector<double> weights{};       ///< theirs, ≥ 0, with sum 1
  std::vector<HurdleLogT> bands{};     ///< the regressions of the member `ls`
};

/// On what a fitted model rests.
struct TrainingData {
  std::string file{};    ///< its name, without folders
  std::string sha256{};  ///< of the file
  std::string value{};   ///< the column that was forecast
  std::string unit{};    ///< the column of its units; empty in files that do not say it
  std::size_t units = 0;
  Month first{};
  Month last{};
};

/// A fitted `default`, at one origin or several, so that it can also be tested on the past: a
/// forecast takes the latest vintage that knew no more than its history.
struct FittedModel {
  TrainingData data{};
  std::vector<PoolVintage> vintages{};  ///< oldest first
};

/// Fits `default` at each of `origins` (ascending, within the panel) for leads 1 to 36. Throws
/// InvalidInput when the panel is too small for the regression.
FittedModel fit_model(const event::Panel& panel, TrainingData data,
                      const std::vector<Month>& origins, const ModelOptions& options,
                      unsigned threads);

/// The file as JSON text of some 10 KB a vintage; numbers keep eight digits.
std::string to_json_text(const FittedModel& model);

/// Reads what to_json_text wrote. Throws InvalidInput with every fault: not JSON, another format, a
/// list of the wrong length, a number that is not finite.
FittedModel read_fitted_model(const std::filesystem::path& path);
/// The same from text; `file` is for messages.
FittedModel parse_fitted_model(std::string_view text, const std::string& file);

/// Whether the model may forecast a panel with these columns: deaths are not counts, nor countries
/// provinces. Throws InvalidInput about `file` when the names say that they differ. Gives a
/// sentence of warning where names differ and do not say what they hold, or hold other deaths
/// ("deaths" for "deaths_sb"); nothing when all is well.
std::string caution_for(const TrainingData& data, const event::PanelColumns& columns,
                        const std::string& file);

/// `default` from a file. Its note says on what it was fitted, and `caution`; an origin before the
/// first vintage falls back to decay-6.
Model model_of(const FittedModel& fitted, const ModelOptions& options = {},
               const std::string& caution = {});

/// "deaths.csv" → "deaths.model.json": the fitted model that lies beside a panel.
std::filesystem::path fitted_model_beside(const std::filesystem::path& panel);

/// The model of that name for a panel with these columns; `default` from `file` when it is not
/// empty. Throws InvalidInput as find_model, read_fitted_model and caution_for do.
Model find_model_or_fitted(std::string_view name, const std::filesystem::path& file,
                           const event::PanelColumns& columns, const ModelOptions& options = {});

}  // namespace panj::forecast
