// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "panj/spillover/simulate.h"

namespace panj::spillover {

/// What one lever contributes to the difference between two packages.
struct LeverEffect {
  std::string lever{};
  std::string acts_on{};           ///< the quantity it moves
  std::vector<double> mean{};      ///< as kHeadlines
  std::vector<double> mc_error{};  ///< likewise
};

/// The difference between two packages, lever by lever.
struct Explanation {
  std::string from{};
  std::string to{};
  std::vector<double> difference{};        ///< as kHeadlines: `to` less `from`, paired
  std::vector<double> difference_error{};  ///< Monte-Carlo
  std::vector<LeverEffect> effects{};      ///< add up to the difference
  std::uint64_t replicates = 0;
  std::size_t simulated = 0;  ///< combinations of levers
};

/// Takes the difference apart: the levers in which the packages differ are moved one after another,
/// each time on the same luck, and what a lever changes is averaged over the orders. With up to
/// four levers over all orders (Shapley 1953); with more over all rotations of their order and of
/// its reverse, in which each lever takes each place twice. So effects add up to the difference
/// exactly, in every replicate, and none depends on which lever happens to be named first.
Explanation explain(const Parameters& parameters, const Geometry& geometry, const Scenario& from,
                    const Scenario& to, const SimulationOptions& options);

}  // namespace panj::spillover
