// SPDX-License-Identifier: Apache-2.0
#include "panj/spillover/tally.h"

namespace panj::spillover {

Distribution Tally::distribution() const {
  return {moments_.mean(), moments_.error(), histogram_.quantile(0.05), histogram_.quantile(0.5),
          histogram_.quantile(0.95)};
}

}  // namespace panj::spillover
