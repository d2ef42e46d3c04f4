// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "panj/forecast/history.h"
#include "panj/forecast/predictive_sample.h"

namespace panj::forecast {

// The benchmarks of the VIEWS prediction challenge 2023/24 (Hegre et al. 2025, "The 2023/24 VIEWS
// prediction challenge"). Each takes part in `model_families()`; call them by name through
// `find_model`. Units with fewer than N known months use those they have.

/// bm_zero: a single draw of 0.
PredictiveSample predict_zero(const History& history, PredictiveSample::Leads leads,
                              std::uint64_t seed);

/// bm_last_historical_poisson: Poisson with the unit's last known value as mean, drawn anew for
/// each lead.
PredictiveSample predict_last_poisson(const History& history, PredictiveSample::Leads leads,
                                      std::uint64_t seed);

/// bm_conflictology (N = 12): exactly the unit's last N known values as N equally likely draws, the
/// same for every lead. A unit with fewer repeats them, newest first, until there are N.
struct Conflictology {
  std::size_t months = 12;

  PredictiveSample operator()(const History& history, PredictiveSample::Leads leads,
                              std::uint64_t seed) const;
};

/// bm_boot_240 (N = 240): draws with replacement from the last N known values of all units pooled.
/// The published scores are those of the pool, not of each unit's own values: it says what the
/// world looks like to one who does not know the country.
struct Bootstrap {
  std::size_t months = 240;

  PredictiveSample operator()(const History& history, PredictiveSample::Leads leads,
                              std::uint64_t seed) const;
};

}  // namespace panj::forecast
