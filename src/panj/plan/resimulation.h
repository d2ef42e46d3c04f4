// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "panj/plan/ground.h"
#include "panj/spillover/simulate.h"

namespace panj::plan {

struct ResimulationOptions {
  std::uint32_t replicates = 1000;
  std::uint64_t seed = 1;
  unsigned threads = 0;
};

/// What a plan changes against a rival, with its 90 % interval: the paired difference of a
/// headline, relative to the rival's.
struct Contest {
  double mean = 0.0;
  double low = 0.0;
  double high = 0.0;

  bool won() const { return high < 0; }
  bool lost() const { return low > 0; }
};

/// Two candidates to tell apart, by their places.
struct Pairing {
  std::size_t rival = 0;
  std::size_t plan = 0;
};

/// Candidates simulated at the stated values, all on the same luck.
struct Resimulation {
  spillover::SimulationResult simulation;  ///< each compared to the first
  /// Of each pairing: reported armed incidents a year while levers bite.
  std::vector<Contest> contests;
};
Resimulation resimulate(const Ground& ground, std::span<const Candidate> candidates,
                        std::span<const Pairing> pairings, const ResimulationOptions& options);
spillover::SimulationResult resimulate(const Ground& ground, std::span<const Candidate> candidates,
                                       const ResimulationOptions& options);

/// `result` must have the rival first; `headline` is one of spillover::kHeadlines.
Contest contest_of(const spillover::SimulationResult& result, std::size_t plan,
                   std::string_view headline = "reported_incidents_per_year");

/// "The plan beats P1 at the same cost: 12 % fewer reported armed incidents (90 % interval 9 to 15
/// %)", or that it does not, or that the difference is too small to tell.
std::string verdict(const Contest& contest, const std::string& rival, const std::string& terms,
                    const std::string& of = "reported armed incidents");

}  // namespace panj::plan
