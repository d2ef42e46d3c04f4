// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/resimulation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "panj/core/contract.h"
#include "panj/sim/ensemble.h"
#include "panj/sim/moments.h"

namespace panj::plan {
namespace {

constexpr double kHalf90 = 1.645;

/// Takes the paired differences of candidates that are not the first.
class PairingSink : public sim::Sink {
 public:
  PairingSink(std::span<const Pairing> pairings, std::size_t years)
      : pairings_(pairings), years_(years), differences_(pairings.size() * years) {}

  void take(std::span<const sim::OutcomeBlock> blocks) override {
    for (std::size_t p = 0; p < pairings_.size(); ++p) {
      add(blocks[pairings_[p].rival], blocks[pairings_[p].plan], &differences_[p * years_]);
    }
  }

  /// The difference a year from the year of index `from` on, relative to what the rival has.
  Contest contest(std::size_t pairing, std::size_t from, double rival_a_year) const {
    const sim::Moments& sum = differences_[pairing * years_ + from];
    const double scale =
        rival_a_year == 0 ? 0 : 1 / (rival_a_year * static_cast<double>(years_ - from));
    const double half = kHalf90 * std::abs(sum.error() * scale);
    const double mean = sum.mean() * scale;
    return {.mean = mean, .low = mean - half, .high = mean + half};
  }

 private:
  /// Sums from each year to the last, as the first that counts is known only after the simulation.
  void add(const sim::OutcomeBlock& rival, const sim::OutcomeBlock& plan,
           sim::Moments* from) const {
    const std::size_t outcome = rival.table().find("reported_incidents");
    for (std::size_t lane = 0; lane < rival.lanes().count; ++lane) {
      double sum = 0;
      for (std::size_t y = years_; y-- > 0;) {
        sum += plan.row(outcome, y)[lane] - rival.row(outcome, y)[lane];
        from[y].add(sum);
      }
    }
  }

  std::span<const Pairing> pairings_;
  std::size_t years_;
  std::vector<sim::Moments> differences_;  ///< [(pairing, first year)]
};

spillover::SimulationResult simulate(const Ground& ground, std::span<const Candidate> candidates,
                                     const ResimulationOptions& options,
                                     std::vector<sim::Sink*> sinks) {
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
       .task = "simulate the plan",
       .sinks = std::move(sinks)});
}

}  // namespace

spillover::SimulationResult resimulate(const Ground& ground, std::span<const Candidate> candidates,
                                       const ResimulationOptions& options) {
  return simulate(ground, candidates, options, {});
}

Resimulation resimulate(const Ground& ground, std::span<const Candidate> candidates,
                        std::span<const Pairing> pairings, const ResimulationOptions& options) {
  for (const Pairing& pairing : pairings) {
    PANJ_EXPECT(pairing.rival < candidates.size() && pairing.plan < candidates.size());
  }
  PairingSink sink(pairings, static_cast<std::size_t>(ground.settings.years()));
  Resimulation result{simulate(ground, candidates, options, {&sink}), {}};
  const auto from =
      static_cast<std::size_t>(result.simulation.effects_from - result.simulation.first_year);
  result.contests.reserve(pairings.size());
  for (std::size_t p = 0; p < pairings.size(); ++p) {
    const auto& rival = result.simulation.packages[pairings[p].rival];
    result.contests.push_back(sink.contest(p, from, rival.of("reported_incidents_per_year").mean));
  }
  return result;
}

Contest contest_of(const spillover::SimulationResult& result, std::size_t plan,
                   std::string_view headline) {
  const auto& paired = result.packages[plan].paired_to_first[spillover::headline(headline)];
  const double half = kHalf90 * paired.relative_error;
  return {.mean = paired.relative, .low = paired.relative - half, .high = paired.relative + half};
}

std::string verdict(const Contest& contest, const std::string& rival, const std::string& terms,
                    const std::string& of) {
  if (std::isnan(contest.low)) {
    return fmt::format("Beside {} {} nothing can be told from a single replicate.", rival, terms);
  }
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
