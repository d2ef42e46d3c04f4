// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "panj/brief/content.h"
#include "panj/spillover/explain.h"
#include "panj/spillover/simulate.h"
#include "panj/theatre/theatre.h"

namespace panj::brief {

/// What the simulated border says, as parts of a brief's content. The simulation's first package is
/// the status quo.

/// The package with the greatest share of contained replicates, among those that cost at most
/// `budget` M$ a year more than the status quo; of equals the cheapest. 0, the status quo, when
/// none is affordable or there is no other.
std::size_t best_affordable(const spillover::SimulationResult& simulation,
                            std::optional<double> budget);

/// Series, packages' effects and the best package. `incidents` must have their stretch; those armed
/// and placed on the line are the record of the theatre's reference years.
SpilloverOutlook outlook_of(const spillover::SimulationResult& simulation, std::size_t best,
                            const theatre::Years& reference,
                            const std::vector<Incident>& incidents);

/// What each lever of a package brings, in per cent of the status quo's reported armed incidents.
std::vector<LeverShare> drivers_of(const spillover::Explanation& explanation,
                                   const spillover::SimulationResult& simulation);

/// The chance of at least one reported armed incident on each stretch while levers bite, under the
/// status quo and the best package. Stretches and simulation must have the same number of them.
void add_risks(std::vector<Stretch>& stretches, const spillover::SimulationResult& simulation,
               std::size_t best);

/// The answer to the theatre's question: the share of replicates contained under the status quo and
/// under the best affordable package. `ranges` gives the interval over plausible futures by package
/// id; without one it holds only the Monte-Carlo error, and the statement says so.
std::vector<Statement> containment_statements(const spillover::SimulationResult& simulation,
                                              std::size_t best,
                                              const theatre::Containment& containment,
                                              const std::optional<Exploration>& ranges);

}  // namespace panj::brief
