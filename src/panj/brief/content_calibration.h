// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace panj::brief {

struct ReliabilityBin {
  double forecast = 0.0;  ///< mean chance that was given
  double observed = 0.0;  ///< how often it came
  std::size_t cells = 0;
};

/// Chances given in the past beside how often the event came.
struct Reliability {
  double threshold = 1.0;  ///< the event: at least so many deaths in a month
  std::vector<ReliabilityBin> bins{};
};

/// How far the issued model's chances could be taken at their word, over all past windows.
struct Calibration {
  std::size_t cells = 0;  ///< unit-months
  std::string reference{};
  double skill = 0.0;  ///< gain in CRPS over the reference, %: mean over windows
  double skill_low = 0.0;
  double skill_high = 0.0;
  std::vector<Reliability> reliability{};
  std::vector<double> pit{};  ///< ten bins; each is 1 when calibrated
};

/// How good the issued model was in the past, so many months ahead.
struct LeadSkill {
  int lead = 0;
  std::size_t cells = 0;        ///< unit-months
  double skill = 0.0;           ///< gain in CRPS over conflictology-12, %: all unit-months together
  std::optional<double> low{};  ///< 90 % interval; absent where too few origins tell
  std::optional<double> high{};
};

/// A forecast beside the one made a month before, over the months that both cover.
struct Move {
  std::string unit{};
  std::string first{};  ///< month
  std::string last{};
  double median_before = 0.0;  ///< deaths in a month, mean over the months
  double median_now = 0.0;
  double chance_before = 0.0;  ///< of at least 25 in a month, mean over the months
  double chance_now = 0.0;
};

}  // namespace panj::brief
