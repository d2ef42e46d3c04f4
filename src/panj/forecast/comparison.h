// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "panj/event/panel.h"
#include "panj/forecast/forecast_table.h"
#include "panj/forecast/model.h"
#include "panj/forecast/scores.h"
#include "panj/forecast/vintages.h"

namespace panj::forecast {

/// Scores of a forecast given as quantiles. `crps` is the weighted interval score, the mean over
/// the levels of twice the pinball loss (Bracher et al. 2021): the CRPS when levels lie close and
/// even. `crps_log1p` is the same of log(1 + ·). `mis90`, `coverage90` and `coverage50` need the
/// levels 0.05 and 0.95, or 0.25 and 0.75; what quantiles do not tell is not a number.
Scores score_quantiles(std::span<const double> values, std::span<const double> levels,
                       double outcome);

/// How forecasts of other people and of our models did on the same cells.
struct Comparison {
  struct Entry {
    std::string name;
    bool from_quantiles = false;  ///< any of its cells was given as quantiles
    std::size_t given = 0;        ///< cells it has, scored or not; of models, those scored
    Scores scores{};              ///< means over the cells
    /// 1 − CRPS / reference's CRPS, in per cent; where this entry gives quantiles, the reference is
    /// scored by its quantiles at the same levels. Not a number without a reference.
    double skill = 0;
  };
  std::vector<Entry> entries;  ///< the tables in their order, then the models
  std::size_t cells = 0;       ///< origin × unit × month that all have, with a known outcome
  /// Units of the tables that the panel does not name, and what models say of their fits, each
  /// once.
  std::vector<std::string> notes = {};
};

/// Scores on the cells that every table and model has. Models learn and forecast at the tables'
/// origins, from what was known then; outcomes are the latest. The first of `models`, if any, is
/// the reference of skill. Throws InvalidInput when no cell is left, or nothing was known at an
/// origin.
Comparison compare(std::span<const ForecastTable> tables, const Vintages& vintages,
                   std::span<const Model> models, std::uint64_t seed);

/// The same where every origin sees the panel's values of today, to that month.
Comparison compare(std::span<const ForecastTable> tables, const event::Panel& panel,
                   std::span<const Model> models, std::uint64_t seed);

}  // namespace panj::forecast
