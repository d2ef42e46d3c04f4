// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "panj/plan/placement.h"

namespace panj::plan {

/// What a plan does, computed from the definitions and from nothing that the solver uses.
struct PlacementEvaluation {
  double value = 0;                          ///< of the instance's goal
  std::vector<std::vector<double>> losses;   ///< [level][scenario]
  std::vector<std::vector<double>> spend;    ///< [level][year]
  std::vector<std::vector<double>> unspent;  ///< [level][year], cumulative with carry-over
  std::vector<std::string> violations;       ///< broken rules, in words; empty when feasible
};

/// Units in service of one plan, existing ones included.
int in_service(const PlacementInstance& instance, const Purchases& plan, std::size_t stretch,
               std::size_t kind, std::size_t year);

/// Undetected loss per attempt of every cell, before displacement.
std::vector<double> undetected_loss(const PlacementInstance& instance, const Purchases& plan);

/// The worst within reach of every cell: attenuation^|i−j| × undetected loss of j.
std::vector<double> displaced_loss(const PlacementInstance& instance,
                                   const std::vector<double>& undetected);

/// Loss of one future when every attempt costs `undetected`, and the mobile share `displaced`.
double loss_of(const PlacementInstance& instance, const AttemptScenario& scenario,
               const std::vector<double>& undetected, const std::vector<double>& displaced);

double mean(const std::vector<double>& losses, const std::vector<double>& probabilities);
/// Mean of the worst 1 − alpha of the probability, splitting the last atom.
double cvar(const std::vector<double>& losses, const std::vector<double>& probabilities,
            double alpha);

std::vector<double> probabilities(const PlacementInstance& instance);

/// `best_losses`: for regret, the best loss of each future alone.
PlacementEvaluation evaluate(const PlacementInstance& instance, const std::vector<Purchases>& plan,
                             const std::vector<double>& best_losses = {});

}  // namespace panj::plan
