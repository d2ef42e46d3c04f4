// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "panj/forecast/model.h"

namespace panj::forecast {

/// Exponential-decay conflictology: all of the unit's known months, one that lies k months back
/// with weight ½^(k / half_life), the same for every lead. 1,000 draws at the levels (i + ½)/1000
/// of that distribution: the forecast holds no chance.
///
/// Half-life 6 is the safe fallback of models that need more data than there are; 3 is sharper and
/// fragile alone.
struct Decay {
  std::size_t half_life = 6;  ///< months

  PredictiveSample operator()(const History& history, PredictiveSample::Leads leads,
                              std::uint64_t seed) const;
};

/// Decay with half-life 6 in the place of a model that could not be fitted, saying so.
class FallenBack final : public Forecaster {
 public:
  FallenBack(const std::string& model, const std::string& why)
      : note_(model + " fell back to decay-6 (" + why + ")") {}

  PredictiveSample predict(const History& history, Leads leads, std::uint64_t seed) const override {
    return Decay{}(history, leads, seed);
  }
  std::string note() const override { return note_; }

 private:
  std::string note_;
};

}  // namespace panj::forecast
