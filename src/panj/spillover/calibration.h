// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "panj/core/progress.h"
#include "panj/core/range.h"
#include "panj/sim/smc.h"
#include "panj/spillover/parameters.h"
#include "panj/theatre/theatre.h"

namespace panj::spillover {

/// One number that calibration draws: an assumption, or one entry of a list
/// whose entries are free.
struct DrawnAssumption {
  std::size_t assumption = 0;          ///< index into Theatre::assumptions
  std::optional<std::size_t> entry{};  ///< none: all entries at the same place of their ranges
  bool logarithmic = false;            ///< the range spans a factor of ten or more

  /// The value of one entry with the draw at `place` in [0, 1] of its range.
  double value(const theatre::Assumption& of, std::size_t index, double place) const;
  /// The entry that stands for all: the first, or the first with a range.
  std::size_t shown(const theatre::Assumption& of) const;
};

/// All assumptions of a theatre that are not points. Before calibration each is
/// uniform on its range, on a logarithmic scale where that spans a factor of
/// ten or more.
std::vector<DrawnAssumption> drawn_assumptions(const theatre::Theatre& theatre);

/// What a draw, one place in [0, 1] each, sets.
std::vector<Override> overrides_of(const theatre::Theatre& theatre,
                                   std::span<const DrawnAssumption> drawn,
                                   std::span<const double> places);

struct CalibrationOptions {
  std::size_t draws = 256;        ///< of the assumptions, kept throughout
  std::uint32_t replicates = 32;  ///< of each draw
  std::uint64_t seed = 1;
  unsigned threads = 0;
  /// How far the yearly counts of a replicate may lie from the reported ones,
  /// summed over the years: one incident a year on average where none is given,
  /// less than chance alone makes of a record.
  std::optional<double> tolerance{};
  std::optional<std::size_t> stretches{};  ///< equal ones, in place of the theatre's own
  Progress::Output progress = Progress::Output::automatic;
};

/// What the reported incidents say about one assumption.
struct CalibratedAssumption {
  std::string key;
  std::string label;  ///< of the entry; empty for a single number or entries
                      ///< that move together
  std::string unit;
  theatre::Basis basis = theatre::Basis::assumption;
  bool moves_together = false;  ///< the numbers are those of the first entry
  bool logarithmic = false;
  double best = 0;  ///< as the theatre states it
  Range before{};
  double q05 = 0;  ///< after
  double q50 = 0;
  double q95 = 0;
  sim::Narrowing narrowing{};  ///< on the scale of the range
};

/// Reported incidents of one year: what was reported and what the model gives.
struct CalibratedYear {
  int year = 0;
  double reported = 0;
  double before_mean = 0;
  Range before{};  ///< 5 % to 95 % of replicates
  double after_mean = 0;
  Range after{};
};

/// Incidents that a draw leads one to expect in all reference years together: the mean of its
/// replicates, over draws. Many assumptions move it, so it may be narrowed where none of them is.
struct CalibratedLevel {
  double reported = 0;
  double before_mean = 0;
  Range before{};  ///< 5 % to 95 % of draws
  double after_mean = 0;
  Range after{};
};

struct Calibration {
  std::vector<CalibratedYear> years{};
  CalibratedLevel level{};
  std::vector<CalibratedAssumption> assumptions{};  ///< in file order
  std::vector<sim::SmcStage> stages{};
  double tolerance = 0;          ///< that was aimed at
  bool reached = false;          ///< and reached
  std::uint64_t runs = 0;        ///< draws simulated
  std::uint64_t impossible = 0;  ///< of them, draws with which the model cannot run
  std::string digest{};          ///< SHA-256 over all draws that are left
};

/// Narrows the theatre's assumptions to what `reported`, incidents in each of
/// its reference years, allows: sim::narrow on the status quo, with Σ
/// |simulated − reported| as distance. See docs/methods/calibration.md. Results
/// depend on seed and inputs alone. Throws InvalidInput where theatre and
/// counts do not fit.
Calibration calibrate(const theatre::Theatre& theatre, std::span<const double> reported,
                      const CalibrationOptions& options);

}  // namespace panj::spillover
