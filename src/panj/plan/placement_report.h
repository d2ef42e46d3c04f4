// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "panj/plan/placement.h"
#include "panj/plan/placement_evaluate.h"
#include "panj/plan/placement_marginal.h"
#include "panj/plan/solution.h"

namespace panj::plan {

/// A mean, or the mean of a tail, with its Monte-Carlo error: half the width of ± one standard
/// deviation. Weighted by probability. The error is one of sampling only where the scenarios were
/// drawn at random; where they are all there is, the value is exact.
struct Estimate {
  double value = 0;
  double error = 0;
};
Estimate estimate_mean(const std::vector<double>& losses, const std::vector<double>& probabilities);
Estimate estimate_cvar(const std::vector<double>& losses, const std::vector<double>& probabilities,
                       double alpha);

/// Mobile attempts that go from one stretch to another within reach under a plan, in the mean over
/// the futures.
struct DisplacementFlow {
  std::size_t from = 0;
  std::size_t to = 0;
  double attempts = 0;
};
std::vector<DisplacementFlow> displacement_flow(const PlacementInstance& instance,
                                                const Purchases& plan);

/// Stretches that have no more posts than they must, at the end.
std::vector<std::size_t> binding_posts(const PlacementInstance& instance, const Purchases& plan);

/// The goal's value when nothing is bought (minimum posts left out).
double value_of_nothing(const PlacementInstance& instance, const PlacementResult& result);

/// Nested: what each level loses by being part of a chain, from a solve of each level alone.
struct NestingPrice {
  std::vector<double> loss;
  std::vector<double> loss_alone;
};
NestingPrice price_of_nesting(const PlacementInstance& instance, const PlacementResult& result,
                              const PlacementOptions& options);

/// Everything as JSON: the plan's tables by stretch, kind and year, money, losses, prices, the next
/// purchases, binding posts and displacement; or the smallest repair.
Solution report_placement(const PlacementInstance& instance, const PlacementResult& result,
                          const PlacementOptions& options, double extra_budget = -1);

}  // namespace panj::plan
