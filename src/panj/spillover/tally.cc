// SPDX-License-Identifier: Apache-2.0
#include "panj/spillover/tally.h"

namespace panj::spillover {

Distribution Tally::distribution() const {
  const auto quantile = [&](double p) {
    return histogram_.quantile(p, whole_ ? sim::Measure::count : sim::Measure::amount);
  };
  return {.mean = moments_.mean(),
          .mc_error = moments_.error(),
          .q05 = quantile(0.05),
          .q25 = quantile(0.25),
          .q50 = quantile(0.5),
          .q75 = quantile(0.75),
          .q95 = quantile(0.95)};
}

}  // namespace panj::spillover
