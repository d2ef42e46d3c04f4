// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "panj/spillover/explain.h"
#include "panj/spillover/simulate.h"

namespace panj::app {

/// A simulation as `panj simulate --json` prints it, but for how fast it was.
nlohmann::ordered_json simulation_json(const spillover::SimulationResult& result);

/// The same for people: outcomes and paired effects of each package.
std::string simulation_text(const spillover::SimulationResult& result);

/// What each lever contributes, for machines and people.
nlohmann::ordered_json explanation_json(const spillover::Explanation& explanation);
std::string explanation_text(const spillover::Explanation& explanation);

// Tables, one row for each …
std::string outcomes_csv(const spillover::SimulationResult& result);    ///< package and outcome
std::string series_csv(const spillover::SimulationResult& result);      ///< … and year
std::string stretches_csv(const spillover::SimulationResult& result);   ///< package, stretch, type
std::string exceedance_csv(const spillover::SimulationResult& result);  ///< package and toll
/// … package, outcome, what it is of, and step; for a simulation with Settings::by_step.
std::string steps_csv(const spillover::SimulationResult& result);

}  // namespace panj::app
