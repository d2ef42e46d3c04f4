// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "panj/plan/placement.h"
#include "panj/plan/placement_report.h"

namespace panj::plan {

/// Fresh futures to judge a plan on, for each that it was made for: fewer make the value out of
/// sample as uncertain as the plan's own.
inline constexpr std::size_t kFreshPerFuture = 20;

/// How far a plan made for a sample of futures may be from the best plan for all of them (sample
/// average approximation). Errors are half widths of 95 % intervals.
struct SamplingGap {
  Estimate out_of_sample;         ///< the plan on fresh futures
  std::size_t judged = 0;         ///< fresh futures that it is judged on, none of them in a batch
  std::optional<Estimate> lower;  ///< mean of proven bounds on independent batches: at most the
                                  ///< best value there is, in expectation
  std::size_t batches = 0;
  double gap = 0;                     ///< out of sample − lower
  double gap_high = 0;                ///< the one-sided 95 % end of it: both errors added
  std::vector<std::string> warnings;  ///< what too few fresh futures leave out
};

/// For `expected` and `cvar`; `fresh` must be independent of the futures that the plan was made
/// for. Batches of their number are taken from the front, each solved for its bound, and the plan
/// is judged on the rest: the two must not share futures, as both errors are added. Where fewer
/// than their number would be left, there is no bound and the plan is judged on all. 0 batches: no
/// bound is wanted; one has no spread. A bound over batches does not hold for regret, which is only
/// known on its own futures.
SamplingGap sampling_gap(const PlacementInstance& instance, const PlacementResult& result,
                         const std::vector<AttemptScenario>& fresh, const PlacementOptions& options,
                         std::size_t batches = 10);

}  // namespace panj::plan
