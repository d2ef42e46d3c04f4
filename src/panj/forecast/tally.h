// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "panj/forecast/scores.h"

namespace panj::forecast {

/// Scores added up over cells (unit-months).
struct ScoreSum {
  Scores sum{};
  std::size_t cells = 0;

  void add(const Scores& scores);
  void add(const ScoreSum& other);
  Scores mean() const;  ///< not a number without cells
};

/// Kinds of cells that a mean over all hides. A unit is quiet when none of its known values in the
/// twelve months to the origin reached 1.
enum class CellKind : std::uint8_t {
  zero,    ///< the outcome is below 1
  event,   ///< the outcome is 1 or more
  onset,   ///< the same, and the unit was quiet: the hardest to foresee
  quiet,   ///< any outcome of a quiet unit
  active,  ///< any outcome of another
};
inline constexpr std::size_t kCellKinds = 5;
std::string_view to_string(CellKind kind);

/// Forecast chances of an event, in ten bins, beside how often it came.
struct Reliability {
  struct Bin {
    std::size_t cells = 0;
    double forecast = 0;  ///< sum of the chances
    std::size_t events = 0;
  };
  static constexpr std::size_t kBins = 10;

  double threshold = 1;  ///< the event is a value of at least this
  std::array<Bin, kBins> bins{};

  void add(std::span<const double> sample, double outcome);
  void add(const Reliability& other);
};

/// Histogram of the probability integral transform, for counts without randomisation: the mass of a
/// cell is spread evenly over [F(y − 1), F(y)] (Czado, Gneiting, Held 2009). Flat when calibrated,
/// a heap in the middle when too wide, heaps at the ends when too narrow.
struct PitHistogram {
  static constexpr std::size_t kBins = 20;
  std::array<double, kBins> mass{};

  void add(std::span<const double> sample, double outcome);
  void add(const PitHistogram& other);
};

/// All that is counted of one model's forecasts of one window. Tallies add up.
struct Tally {
  ScoreSum all{};
  std::vector<ScoreSum> by_unit{};  ///< by place in the panel
  std::vector<ScoreSum> by_lead{};  ///< from the window's first lead
  std::array<ScoreSum, kCellKinds> by_kind{};
  Reliability at_least_1{.threshold = 1};
  Reliability at_least_25{.threshold = 25};
  PitHistogram pit{};

  struct Cell {
    std::size_t unit = 0;
    std::size_t lead = 0;  ///< from the window's first
    bool quiet = false;
    double outcome = 0;
  };
  Tally() = default;
  Tally(std::size_t units, std::size_t leads) : by_unit(units), by_lead(leads) {}

  void add(const Cell& cell, std::span<const double> sample);
  void add(const Tally& other);
};

}  // namespace panj::forecast
