// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "panj/core/range.h"
#include "panj/explore/regret.h"
#include "panj/explore/summary.h"
#include "panj/theatre/theatre.h"

namespace panj::explore {

/// What is known of the past, as ranges that a plausible future must have come through.
struct HistoryBand {
  Range incidents;  ///< reported armed incidents in the reference years together
  Range militants;  ///< in the middle of the last reference year
};

/// The theatre's own bands where it states them. Else: incidents within the 90 % interval of the
/// rate that its incident file supports (Jeffreys' prior, whole numbers above it), militants within
/// the range stated. Unbounded where nothing is known.
HistoryBand history_band(const theatre::Theatre& theatre);

enum class HistoryUse {
  ignore,  ///< all futures count alike
  filter,  ///< only futures whose means over replicates lie in both bands count
};

struct HistoryMatch {
  HistoryBand band;
  std::vector<double> weights;  ///< of the futures: 1 or 0
  Estimate passed;              ///< share of futures that reproduce the record
};

/// Judges each future by the first package of the summary: before measures start all packages share
/// one history. Throws InvalidInput when no future passes and that matters.
HistoryMatch match_history(const HistoryBand& band, const Summary& summary, HistoryUse use);

}  // namespace panj::explore
