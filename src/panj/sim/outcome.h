// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "panj/sim/lanes.h"

namespace panj::sim {

/// What an outcome runs over: years, stretches, incident types. One entry of `labels` for each
/// place, or of `coordinates` (with their unit, such as "km" or "days since 2022-01-01").
struct Dimension {
  std::string name;
  std::vector<std::string> labels{};
  std::vector<double> coordinates{};
  std::string unit{};

  std::size_t size() const { return labels.empty() ? coordinates.size() : labels.size(); }
};

enum class Measure {
  count,   ///< whole numbers: quantiles are reported as whole numbers
  amount,  ///< anything else
};

/// One result of a replicate: a number, or an array over `dimensions`.
struct Outcome {
  std::string name;        ///< "fatalities": a CF variable name and a CSV column
  std::string unit = "1";  ///< "1": a pure number
  std::string description{};
  std::vector<std::string> dimensions{};  ///< names; the last runs fastest
  Measure measure = Measure::amount;
};

/// All outcomes of a model, with the dimensions they run over.
///
///     const OutcomeTable table({{"year", {"2022", "2023"}}},
///                              {{"fatalities", "1", "deaths in incidents", {"year"}}});
///     table.cells(0)          // 2
///     table.find("fatalities")  // 0
class OutcomeTable {
 public:
  OutcomeTable() = default;
  /// Names must be unique and every dimension known and not empty: a contract of the model.
  OutcomeTable(std::vector<Dimension> dimensions, std::vector<Outcome> outcomes);

  const std::vector<Dimension>& dimensions() const { return dimensions_; }
  const std::vector<Outcome>& outcomes() const { return outcomes_; }
  const Dimension& dimension(std::string_view name) const;

  /// Index of an outcome, which must exist.
  std::size_t find(std::string_view name) const;
  /// How many numbers an outcome has for each replicate: 1 without dimensions.
  std::size_t cells(std::size_t outcome) const { return offsets_[outcome + 1] - offsets_[outcome]; }
  /// The first cell of an outcome among the cells of all outcomes.
  std::size_t offset(std::size_t outcome) const { return offsets_[outcome]; }
  std::size_t total_cells() const { return offsets_.back(); }
  /// "fatalities[2025, attack]"
  std::string cell_name(std::size_t outcome, std::size_t cell) const;

 private:
  std::vector<Dimension> dimensions_;
  std::vector<Outcome> outcomes_;
  std::vector<std::size_t> offsets_{0};
};

/// The outcomes of one batch: for each cell of the table, a row with one number for each lane.
class OutcomeBlock {
 public:
  OutcomeBlock(const OutcomeTable& table, const Lanes& lanes);

  const OutcomeTable& table() const { return *table_; }
  const Lanes& lanes() const { return lanes_; }

  /// The row of one cell of one outcome: padded lanes, of which the first `lanes().count` count.
  std::span<double> row(std::size_t outcome, std::size_t cell = 0) {
    return cell_row(table_->offset(outcome) + cell);
  }
  std::span<const double> row(std::size_t outcome, std::size_t cell = 0) const {
    return cell_row(table_->offset(outcome) + cell);
  }
  /// The same by the cell's place among the cells of all outcomes.
  std::span<double> cell_row(std::size_t cell) {
    return std::span(values_).subspan(cell * lanes_.padded(), lanes_.padded());
  }
  std::span<const double> cell_row(std::size_t cell) const {
    return std::span(values_).subspan(cell * lanes_.padded(), lanes_.padded());
  }

 private:
  const OutcomeTable* table_;
  Lanes lanes_;
  std::vector<double> values_;
};

}  // namespace panj::sim
