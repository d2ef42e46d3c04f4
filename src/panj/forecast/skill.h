// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "panj/core/range.h"
#include "panj/forecast/backtest.h"

namespace panj::forecast {

/// Whether two models' losses differ by more than chance (Diebold & Mariano 1995) on the mean
/// losses of the windows: lags as far as windows overlap (Bartlett weights), small-sample
/// correction and Student-t of Harvey, Leybourne & Newbold 1997.
struct DieboldMariano {
  double statistic = 0;  ///< positive: the model's loss is below the reference's
  double p_value = 1;    ///< two-sided
};

/// Skill over the reference in per cent, with what it rests on.
struct SkillSummary {
  double mw = 0;       ///< mean over windows of each window's CRPS skill
  Range mw90{};        ///< 90 %: blocks of windows drawn again
  Range mw90_units{};  ///< 90 %: windows and units drawn again
  double pool = 0;     ///< from the mean CRPS over windows
  Range pool90{};      ///< 90 %, windows drawn again
  double log1p = 0;    ///< the same of CRPS on log(1 + ·)
  Range log1p90{};
  /// The same three without the largest contributors, which are those to the reference's CRPS.
  double mw_without = 0;
  double pool_without = 0;
  double log1p_without = 0;
  double brier1_quiet = 0;  ///< Brier skill at ≥ 1 on the cells of quiet units, pooled
  std::size_t wins = 0;     ///< windows with a positive skill
  DieboldMariano test{};    ///< on CRPS
};

struct SkillOptions {
  std::uint64_t seed = 1;
  int replicates = 2000;
  std::size_t contributors = 3;  ///< left out of mw_without and the like
};

/// The units that add most to the reference's CRPS over all windows, largest first.
std::vector<std::size_t> largest_contributors(const Backtest& backtest, std::size_t reference,
                                              std::size_t count);

/// Compares two models of a backtest. Blocks are circular: two windows long when windows are years,
/// twelve when they are months. Not a number where the reference's loss is 0; so are intervals of
/// fewer windows than two blocks and one more (5 years, 25 months).
SkillSummary summarise_skill(const Backtest& backtest, std::size_t model, std::size_t reference,
                             const SkillOptions& options = {});

/// Skill over the reference at one lead, in per cent.
struct LeadSkill {
  int lead = 0;
  std::size_t cells = 0;  ///< forecast and known
  double pool = 0;        ///< from the CRPS summed over windows and units
  Range pool90{};         ///< 90 %, blocks of windows drawn again
};

/// The same at each lead of the windows; blocks and what is not a number as above.
std::vector<LeadSkill> skill_by_lead(const Backtest& backtest, std::size_t model,
                                     std::size_t reference, const SkillOptions& options = {});

/// `loss_of_model` and `loss_of_reference` per window; windows overlap over `lags` others. Not a
/// number for fewer than 2 (lags + 1) + 1 windows.
DieboldMariano diebold_mariano(const std::vector<double>& loss_of_model,
                               const std::vector<double>& loss_of_reference, std::size_t lags);

}  // namespace panj::forecast
