// SPDX-License-Identifier: Apache-2.0
#include "panj/plan/placement_sampling.h"

#include <fmt/format.h>

#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <span>

#include "panj/core/contract.h"
#include "panj/plan/placement_units.h"

namespace panj::plan {
namespace {

constexpr double kTwoSided = 1.959964;  // normal quantile at 0.975
constexpr double kOneSided = 1.644854;  // at 0.95

std::vector<AttemptScenario> equally_likely(std::span<const AttemptScenario> futures) {
  std::vector<AttemptScenario> scenarios(futures.begin(), futures.end());
  for (AttemptScenario& scenario : scenarios) {
    scenario.probability = 1.0 / static_cast<double>(scenarios.size());
  }
  return scenarios;
}

double student(std::size_t freedom, double probability) {
  return boost::math::quantile(boost::math::students_t(static_cast<double>(freedom)), probability);
}

/// Proven bounds of the batches: mean and standard error.
Estimate batch_bounds(const PlacementInstance& instance, std::span<const AttemptScenario> fresh,
                      const PlacementOptions& options, std::size_t batches) {
  const std::size_t size = instance.scenarios.size();
  std::vector<double> bounds;
  bounds.reserve(batches);
  for (std::size_t m = 0; m < batches; ++m) {
    PlacementInstance batch = instance;
    batch.scenarios = equally_likely(fresh.subspan(m * size, size));
    bounds.push_back(solve_placement_in_its_units(batch, options).bound);
  }
  return estimate_mean(bounds, std::vector<double>(batches, 1.0 / static_cast<double>(batches)));
}

/// The plan on futures that are equally likely, with one standard error.
Estimate judge(const PlacementInstance& instance, const PlacementResult& result,
               std::span<const AttemptScenario> futures) {
  PlacementInstance all = instance;
  all.scenarios = equally_likely(futures);
  const std::vector<double> losses = evaluate(all, result.plan).losses[0];
  return instance.goal == PlacementGoal::cvar
             ? estimate_cvar(losses, probabilities(all), instance.alpha)
             : estimate_mean(losses, probabilities(all));
}

std::vector<std::string> sampling_warnings(const SamplingGap& gap, std::size_t size,
                                           std::size_t batches) {
  std::vector<std::string> warnings;
  if (!gap.lower && batches > 0) {
    warnings.push_back(
        fmt::format("the sampling gap is left out: {} fresh futures, and its lower bound takes {} "
                    "batches of {} and as many again to judge the plan on, {} in all",
                    gap.judged, batches, size, (batches + 1) * size));
  }
  if (gap.judged < kFreshPerFuture * size) {
    warnings.push_back(fmt::format(
        "the plan is judged on {} fresh futures, fewer than {} for each of the {} it was made for",
        gap.judged, kFreshPerFuture, size));
  }
  return warnings;
}

}  // namespace

SamplingGap sampling_gap(const PlacementInstance& instance, const PlacementResult& result,
                         const std::vector<AttemptScenario>& fresh, const PlacementOptions& options,
                         std::size_t batches) {
  PANJ_EXPECT(instance.goal == PlacementGoal::expected || instance.goal == PlacementGoal::cvar);
  PANJ_EXPECT(!fresh.empty() && batches != 1);
  SamplingGap gap;
  const std::size_t size = instance.scenarios.size();
  const std::size_t used = batches * size;
  std::span<const AttemptScenario> judged(fresh);
  double one_sided = 0;
  if (batches > 0 && fresh.size() >= used + size) {
    PlacementOptions quick = options;
    quick.effort = 0.1 * options.effort;
    Estimate lower = batch_bounds(instance, fresh, quick, batches);
    one_sided = student(batches - 1, 0.95) * lower.error;
    lower.error *= student(batches - 1, 0.975);
    gap.lower = lower;
    gap.batches = batches;
    judged = judged.subspan(used);
  }
  gap.judged = judged.size();
  gap.out_of_sample = judge(instance, result, judged);
  one_sided += kOneSided * gap.out_of_sample.error;
  gap.out_of_sample.error *= kTwoSided;
  if (gap.lower) {
    gap.gap = gap.out_of_sample.value - gap.lower->value;
    gap.gap_high = gap.gap + one_sided;
  }
  gap.warnings = sampling_warnings(gap, size, batches);
  return gap;
}

}  // namespace panj::plan
