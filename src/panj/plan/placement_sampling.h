// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "panj/plan/placement.h"
#include "panj/plan/placement_report.h"

namespace panj::plan {

/// How far a plan made for a sample of futures may be from the best plan for all of them (sample
/// average approximation). Errors are half widths of 95 % intervals.
struct SamplingGap {
  Estimate out_of_sample;         ///< the plan on fresh futures
  std::optional<Estimate> lower;  ///< mean of proven bounds on independent batches: at most the
                                  ///< best value there is, in expectation
  std::size_t batches = 0;
  double gap = 0;       ///< out of sample − lower
  double gap_high = 0;  ///< the one-sided 95 % end of it: both errors added
};

/// For `expected` and `cvar`; `fresh` must be independent of the futures that the plan was made
/// for. With at least `batches` × their number of fresh futures, each batch is solved for its
/// bound; the batches are taken from the front and the plan is judged on the rest when half is
/// left. A bound over batches does not hold for regret, which is only known on its own futures.
SamplingGap sampling_gap(const PlacementInstance& instance, const PlacementResult& result,
                         const std::vector<AttemptScenario>& fresh, const PlacementOptions& options,
                         std::size_t batches = 10);

}  // namespace panj::plan
