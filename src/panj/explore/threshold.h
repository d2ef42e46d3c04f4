// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "panj/explore/summary.h"

namespace panj::explore {

/// What a package must reach in a future: "fatalities_per_year <= 5".
struct Threshold {
  std::size_t headline = 0;
  bool at_most = true;
  double bound = 0.0;

  bool holds(double value) const { return at_most ? value <= bound : value >= bound; }
};

/// Reads one such text, with <= or >=. Throws InvalidInput: unknown outcome (nearest name), no
/// bound, a share outside [0, 1].
Threshold parse_threshold(std::string_view text);
std::string to_string(const Threshold& threshold);

/// For a reader: "at least 50% of runs contained", "deaths in incidents a year … at most 5"; and
/// what it means to miss it: "fewer than 50% of runs contained", "deaths … above 5".
std::string in_words(const Threshold& threshold);
std::string miss_in_words(const Threshold& threshold);

/// Whether all thresholds hold for a package, in each future.
std::vector<bool> holds_in(const Summary& summary, std::size_t package,
                           std::span<const Threshold> thresholds);

}  // namespace panj::explore
