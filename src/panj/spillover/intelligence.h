// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "panj/sim/pack.h"
#include "panj/spillover/levers.h"
#include "panj/spillover/parameters.h"

namespace panj::spillover {

/// The sources that may see preparation: the exposed member's own, the others' as far as they
/// share and the alliance holds together, and outside powers' where they coordinate.
class Sources {
 public:
  Sources(const Parameters& parameters, const LeverSettings& levers);

  /// I: the chance that at least one source sees, at cohesion C; they see independently.
  template <class Number>
  PANJ_INLINE Number seen(Number cohesion) const {
    Number missed = cohesion * 0.0 + (1.0 - own_);
    for (const double shared : shared_) missed = missed * (1.0 - shared * cohesion);
    return 1.0 - missed;
  }

 private:
  double own_ = 0.0;            ///< e of the exposed member
  std::vector<double> shared_;  ///< e_m S_m of the others, and e_W
};

}  // namespace panj::spillover
