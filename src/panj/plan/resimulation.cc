// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/resimulation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace panj::plan {

spillover::SimulationResult resimulate(const Ground& ground, std::span<const Candidate> candidates,
                                       const ResimulationOptions& options) {
  std::vector<spillover::Scenario> scenarios;
  for (const Candidate& candidate : candidates) {
    scenarios.push_back({candidate.id, candidate.name, candidate.levers(ground.parameters)});
  }
  return spillover::simulate_packages(
      ground.parameters, ground.geometry, scenarios,
      {.replicates = options.replicates,
       .seed = options.seed,
       .threads = options.threads,
       .settings = ground.settings,
       .containment = ground.theatre.containment.value_or(theatre::Containment{}),
       .task = "simulate the plan"});
}

Contest contest_of(const spillover::SimulationResult& result, std::size_t plan,
                   std::string_view headline) {
  constexpr double kHalf90 = 1.645;
  const auto& paired = result.packages[plan].paired_to_first[spillover::headline(headline)];
  const double half = kHalf90 * paired.relative_error;
  return {.mean = paired.relative, .low = paired.relative - half, .high = paired.relative + half};
}

std::string verdict(const Contest& contest, const std::string& rival, const std::string& terms,
                    const std::string& of) {
  if (!contest.won() && !contest.lost()) {
    return fmt::format(
        "Beside {} {} the plan cannot be told apart: {} change by {:+.1f} % (90 % interval {:+.1f} "
        "to {:+.1f} %).",
        rival, terms, of, 100 * contest.mean, 100 * contest.low, 100 * contest.high);
  }
  const double small = 100 * std::min(std::abs(contest.low), std::abs(contest.high));
  const double large = 100 * std::max(std::abs(contest.low), std::abs(contest.high));
  return fmt::format("The plan {} {} {}: {:.1f} % {} {} (90 % interval {:.1f} to {:.1f} %).",
                     contest.won() ? "beats" : "does not beat", rival, terms,
                     100 * std::abs(contest.mean), contest.won() ? "fewer" : "more", of, small,
                     large);
}

}  // namespace panj::plan
